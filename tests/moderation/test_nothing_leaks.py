"""Unreleased grades, notes and rationales reach nobody at the organisation, by any road."""

import re
from itertools import product
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from auditapp.assessments.models import SnapshotAnswer, SnapshotCitation
from auditapp.core import clock
from auditapp.core.events import Audience, Event
from auditapp.evidence.models import EvidenceItem
from auditapp.moderation.models import (
    Feedback,
    FeedbackRevision,
    Moderation,
    PanelMark,
    PanelMarkRevision,
    SettledGrade,
    SettledGradeRevision,
)
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.web.session import current_session

SECRET = "Zebra crossing patrol"  # words that stand nowhere else
MASKS = (
    (r'name="csrf_token" value="[^"]*"', "csrf"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "save-id"),
)


def masked(body):
    text = body.decode("utf-8", "surrogateescape")
    for sign, word in MASKS:
        text = re.sub(sign, word, text)
    return text


@pytest.fixture
def colleagues(panel_on, make, session):
    """`colleagues(status)`: the panel, and one of each role at the organisation."""

    def colleagues(status):
        panel = panel_on(status=status, c2="not-met", c3=None)
        place = panel.assessment.organisation_id
        members = {
            role: make.membership(role, organisation_id=place)
            for role in (Role.LEAD, Role.SIGNATORY)
        }
        members[Role.CONTRIBUTOR] = make.contributor(panel.assessment, "culture")
        answer = make.snapshot_answer(panel.assessment)
        item = make.keep(
            EvidenceItem(
                organisation_id=place,
                title="A policy",
                url="https://example.org/policy",
                added_by=members[Role.LEAD].person_id,
            )
        )
        make.keep(
            SnapshotCitation(
                snapshot_answer_id=answer.id,
                evidence_item_id=item.id,
                title=item.title,
                url=item.url,
            )
        )
        return panel, members

    return colleagues


def addresses(app, session, panel):
    """Every address that can be fetched: below /assessments with this assessment, below /rounds
    and /reports with its round, elsewhere with every reference there is."""
    round_ref = panel.make.round.ref
    others = [
        session.scalars(select(SnapshotCitation.ref)).one(),
        session.scalars(select(EvidenceItem.ref)).one(),
        panel.make.partnership_row.ref,
    ]
    refs = {"assessments": [panel.ref], "rounds": [round_ref], "reports": [round_ref]}
    known = {
        "section_key": ["culture", "online-safety"],
        "question_key": ["c1", "c2", "c3"],
        "form": ["pdf", "docx", "xlsx", "csv", "json"],
        "paper": ["pdf", "docx"],
        "name": ["submission", "receipt"],
        "address": ["questionnaire", "sections.culture"],
        "place": ["sections", "references"],
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        here = refs.get(rule.rule.split("/")[1], [panel.ref, round_ref, *others])
        names = sorted(rule.arguments)
        for values in product(*(known.get(name, here) for name in names)):
            yield adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))


def fetched(client, paths, at):
    """What comes back at that instant: some pages say when they were drawn."""
    answers = {}
    for path in paths:
        with clock.moved_to(at), client.get(path) as response:
            answers[path] = (response.status_code, response.content_type, masked(response.data))
    return answers


def write_everything(session, panel):
    """As much as a panel can hold before release: marks, notes, settled grades, a letter."""
    answers = session.scalars(
        select(SnapshotAnswer).where(SnapshotAnswer.snapshot_id == panel.moderation.snapshot_id)
    ).all()
    for answer, member in product(answers, (panel.one, panel.two)):
        mark = PanelMark(
            snapshot_answer_id=answer.id,
            member_id=member.person_id,
            number=1,
            grade_key="exceeded",
        )
        session.add_all([mark, _revision(PanelMarkRevision, answer, mark=mark, note=SECRET)])
    for answer in answers:
        settled = SettledGrade(snapshot_answer_id=answer.id, number=1, grade_key="exceeded")
        by = {"settled": settled, "settled_by": panel.chair.person_id}
        session.add_all([settled, _revision(SettledGradeRevision, answer, **by)])
    letter = Feedback(snapshot_id=panel.moderation.snapshot_id, kind="panel", number=1)
    words = {"strengths": SECRET, "developments": SECRET, "save_id": str(uuid4())}
    session.add_all([letter, FeedbackRevision(feedback=letter, number=1, **words)])
    moderation = session.get_one(Moderation, panel.moderation.id)
    moderation.revealed_at, moderation.revealed_by = clock.now(), panel.chair.person_id
    session.commit()


def _revision(model, answer, **fields):
    return model(
        number=1,
        save_id=str(uuid4()),
        self_grade_key=answer.grade_key,
        grade_key="exceeded",
        rationale=SECRET,
        **fields,
    )


@pytest.mark.slow
@pytest.mark.parametrize("status", [Status.IN_MODERATION, Status.MODERATION_COMPLETED])
def test_what_an_organisation_can_fetch_is_the_same_byte_for_byte(
    app, session, colleagues, client_for, status
):
    panel, members = colleagues(status)
    clients = {role: client_for(member) for role, member in members.items()}
    paths = sorted(set(addresses(app, session, panel)))
    for client in clients.values():
        client.get("/")  # whatever a first visit leaves
    at = clock.now()
    before = {role: fetched(client, paths, at) for role, client in clients.items()}
    session.rollback()

    write_everything(session, panel)

    assert len(paths) > 100
    for role, client in clients.items():
        after = fetched(client, paths, at)
        for path in paths:
            assert after[path] == before[role][path], (role, path)
            assert SECRET not in after[path][2]


def test_the_same_walk_finds_the_words_once_they_are_released(app, session, colleagues, client_for):
    panel, members = colleagues(Status.MODERATION_COMPLETED)
    write_everything(session, panel)

    panel.release()

    page = client_for(members[Role.LEAD]).get(f"/assessments/{panel.ref}/feedback")
    assert SECRET in page.text


def test_a_page_that_told_how_far_the_panel_is_would_be_noticed(
    app, session, colleagues, client_for, monkeypatch
):
    """The control: were the comparison blind, it would be blind to this."""
    panel, members = colleagues(Status.IN_MODERATION)

    def count_marks():
        return str(current_session().scalar(select(func.count(PanelMark.id))))

    monkeypatch.setitem(app.view_functions, "moderation.feedback_list", count_marks)
    client = client_for(members[Role.LEAD])
    at = clock.now()
    before = fetched(client, ["/feedback"], at)
    session.rollback()

    write_everything(session, panel)

    assert fetched(client, ["/feedback"], at) != before


def test_no_event_that_an_organisation_reads_tells_of_marks_or_grades(panel, session):
    panel.revealed(c1="not-met")
    panel.settle("c1", "partly-met", SECRET)
    panel.complete()
    panel.release()

    organisation = select(Event).where(Event.audience == Audience.ORGANISATION.value)
    facts = [event.facts for event in session.scalars(organisation)]
    assert facts
    assert not any("met" in str(value) for each in facts for value in each.values())


def test_no_event_holds_words(panel, session):
    panel.revealed(c1="not-met")
    panel.settle("c1", "partly-met", SECRET)
    panel.mark(panel.one, "c1", "not-met", SECRET, note=SECRET, based_on=1)

    assert SECRET not in str([event.facts for event in session.scalars(select(Event))])


def test_marking_is_blind_until_the_reveal(panel, client_for, session):
    """What a member fetches is the same whatever the others have marked meanwhile."""
    client = client_for(panel.one)
    paths = [
        "/panel",
        f"/assessments/{panel.ref}/panel",
        f"/assessments/{panel.ref}/panel/sections/culture",
        f"/assessments/{panel.ref}/panel/sections/culture?standard=c2",
        f"/assessments/{panel.ref}/submission",
    ]
    client.get("/panel")
    at = clock.now()
    before = fetched(client, paths, at)
    session.rollback()

    panel.mark_all(panel.two, SECRET, c1="not-met")
    panel.allocate(panel.chair, panel.one, panel.two, panel.make.panel_member())

    assert fetched(client, paths, at) == before
    names = client.get(paths[1]).text
    assert "Person" not in names.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("who", ["administrator", "scrutineer"])
def test_nobody_outside_the_panel_sees_marks_before_the_reveal(panel, client_for, session, who):
    reader = panel.administrator
    if who == "scrutineer":
        reader = panel.make.membership(Role.SCRUTINEER)
    client = client_for(reader)
    paths = ["/panel", f"/assessments/{panel.ref}/panel", f"/assessments/{panel.ref}/submission"]
    client.get("/panel")
    at = clock.now()
    before = fetched(client, paths, at)
    session.rollback()

    panel.mark_all(panel.one, SECRET, c1="not-met")

    assert fetched(client, paths, at) == before
    assert client.get(f"/assessments/{panel.ref}/feedback/preview").status_code == 409
