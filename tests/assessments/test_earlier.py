"""Last round's answers beside what their questions have become: none lost, none misplaced."""

from datetime import timedelta
from random import Random
from types import SimpleNamespace

import pytest
import yaml

from auditapp.assessments.earlier import each_once, earlier_answers
from auditapp.assessments.setting import setting_of
from auditapp.core import clock
from auditapp.core.transactions import transaction
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.states import Status
from auditapp.questionnaires.library import publish, questionnaire_of
from auditapp.questionnaires.mapping import confirm_mapping
from auditapp.questionnaires.schema import as_json
from tests.factories import small_questionnaire
from tests.questionnaires.edits import Edited
from tests.statements import statements

OLD = small_questionnaire()
EDITS = 10  # between two versions


@pytest.fixture
def area(session, make):
    """A school with boarders (it is asked everything), and who publishes."""
    place = make.organisation(boarding=True)
    administrator = make.membership(Role.ADMINISTRATOR)
    lead = make.membership(Role.LEAD, organisation_id=place.id)
    return SimpleNamespace(
        session=session,
        make=make,
        place=place,
        lead_row=lead,
        publisher=Viewer(
            person_id=administrator.person_id,
            membership_id=administrator.id,
            role=Role.ADMINISTRATOR,
            partnership_ids=frozenset({administrator.partnership_id}),
        ),
        lead=Viewer(
            person_id=lead.person_id,
            membership_id=lead.id,
            role=Role.LEAD,
            organisation_id=place.id,
        ),
        age=[400],  # days since the next round opened: each later than the one before
    )


def published(area, text):
    owner = next(iter(area.publisher.partnership_ids))
    version = publish(area.session, text, owner_id=owner)
    area.session.commit()
    return version


def asked_in(area, version, status=Status.IN_PROGRESS):
    """The school's assessment in a round on that version."""
    area.age[0] -= 1
    opened = clock.today() - timedelta(days=area.age[0])
    title = f"Round {area.age[0]}"
    round_ = area.make.round_row(
        questionnaire_version_id=version.id, opens_on=opened, period=title, title=title
    )
    return area.make.assessment(round_=round_, organisation=area.place, status=status)


def confirm(area, before, after, *pairs):
    refs = before.ref, after.ref
    area.session.rollback()
    with transaction(area.session):
        confirm_mapping(area.session, area.publisher, *refs, frozenset(pairs))


def earlier(area, assessment):
    setting = setting_of(area.session, area.lead, assessment.ref)
    return earlier_answers(area.session, area.lead, setting, setting.asked.keys)


def shown(area, assessment):
    """Key now -> the commentaries of last round that stand beside it."""
    return {
        key: {one.content.commentary for one in first.all}
        for key, first in earlier(area, assessment).items()
    }


def said(*keys):
    return {f"What we say of {key}." for key in keys}


def second(*edits):
    text = OLD.replace("version: 1", "version: 2", 1)
    for old, new in edits:
        text = text.replace(old, new, 1)
    return text


def test_a_renamed_question_has_its_answer_once_somebody_said_what_became_of_it(area):
    old, new = published(area, OLD), published(area, second(("key: c1", "key: first")))
    asked_in(area, old, Status.SUBMITTED)
    now = asked_in(area, new)

    assert "first" not in shown(area, now)
    confirm(area, old, new, ("c1", "first"))
    found = shown(area, now)
    assert found["first"] == said("c1") and found["c2"] == said("c2")


def test_a_split_question_has_its_answer_beside_both_and_a_merged_one_has_both(area):
    split = second(("key: c1", "key: first"), ("key: c2", "key: both"))
    old, new = published(area, OLD), published(area, split)
    asked_in(area, old, Status.SUBMITTED)
    now = asked_in(area, new)
    confirm(area, old, new, ("c1", "first"), ("c1", "both"), ("c2", "both"))

    found = earlier(area, now)

    assert shown(area, now)["first"] == said("c1")
    assert shown(area, now)["both"] == said("c1", "c2")
    assert found["both"].change.breaks == ("merged",)
    assert len(each_once(found)) == 6  # though one of them stands twice


def test_what_was_confirmed_leads_over_a_version_that_the_school_was_never_asked(area):
    old, between = published(area, OLD), published(area, second(("key: c1", "key: first")))
    third = second(("key: c1", "key: again")).replace("version: 2", "version: 3", 1)
    new = published(area, third)
    asked_in(area, old, Status.SUBMITTED)
    now = asked_in(area, new)
    confirm(area, old, between, ("c1", "first"))
    confirm(area, between, new, ("first", "again"))

    assert shown(area, now)["again"] == said("c1")


def test_it_costs_two_statements_over_any_number_of_versions(app, area):
    old, new = published(area, OLD), published(area, second(("key: c1", "key: first")))
    asked_in(area, old, Status.SUBMITTED)
    now = asked_in(area, new)
    confirm(area, old, new, ("c1", "first"))
    setting = setting_of(area.session, area.lead, now.ref)
    earlier_answers(area.session, area.lead, setting, setting.asked.keys)  # versions are read once

    with statements(area.session.get_bind()) as sent:
        earlier_answers(area.session, area.lead, setting, setting.asked.keys)

    assert len(sent) == 2


def test_a_grade_on_another_scale_is_marked_beside_it_and_compared_with_nothing(area, client_for):
    old = published(area, OLD)
    text = second(
        ("edition: 2026-09", "edition: 2027-09"),
        ("text: Culture standard 2 is", "text: Culture is"),
    )
    new = published(area, text)
    asked_in(area, old, Status.SUBMITTED)
    now = asked_in(area, new)
    area.make.answer(now, "c1", "exceeded")
    client = client_for(area.lead_row)

    page = client.get(f"/assessments/{now.ref}/sections/culture").text
    assert page.count("Graded on another scale: 2026-09 edition") == 3
    assert page.count("Wording changed since") == 1
    assert earlier(area, now)["c1"].is_comparable is False
    check = client.get(f"/assessments/{now.ref}/check").text
    assert "raised from" not in check


def test_a_merged_question_brings_the_texts_of_all_its_origins_forward(area, client_for):
    old, new = published(area, OLD), published(area, second(("key: c2", "key: other")))
    asked_in(area, old, Status.SUBMITTED)
    now = asked_in(area, new)
    confirm(area, old, new, ("c2", "c1"))
    client = client_for(area.lead_row)

    page = client.get(f"/assessments/{now.ref}/sections/culture").text

    assert "Since merged" in page and "Bring these texts forward" in page
    assert "Asked then as “Culture standard 2”." in page


@pytest.mark.proof
def test_edits_between_versions_with_open_rounds_lose_no_answer(area, rounds, seed, proof_figure):
    """Again and again: a round is submitted, a round on the same version stays open, and the next
    version comes; what stood and what was submitted is looked for where the truth says it went."""
    random, edits = Random(seed), rounds(30, 1000)
    wrong, unmarked, tried = [], [], 0
    version = published(area, OLD)
    while tried < edits:
        asked_in(area, version, Status.SUBMITTED)
        still_open = asked_in(area, version)
        held = shown(area, still_open)
        edited = Edited(questionnaire_of(area.session, version.id), random).edit(EDITS)
        tried += EDITS
        newer = published(area, yaml.safe_dump(as_json(edited.after)))
        if edited.pairs or set(edited.origins) != {it.key for it in edited.before.questions}:
            confirm(area, version, newer, *edited.pairs)
        found = earlier(area, asked_in(area, newer))
        for key, origins in edited.origins.items():
            got = {one.content.commentary for one in found[key].all} if key in found else set()
            wrong += [] if got == said(*origins) else [(version.version, key, got, origins)]
            if key in found and bool(found[key].change.breaks) != edited.breaks(key):
                unmarked.append((version.version, key))
        wrong += [] if shown(area, still_open) == held else [(version.version, "open round")]
        version = newer

    proof_figure(
        f"edits between versions, {area.session.get_bind().dialect.name}",
        f"{len(wrong)} answers lost or misplaced and {len(unmarked)} breaks unmarked of {tried}",
    )
    assert (wrong, unmarked) == ([], [])
