"""Sending for sign-off, signing, sending back; and what is frozen by it."""

import json
import re
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from auditapp.accounts.models import Person
from auditapp.accounts.queries import viewer_of
from auditapp.assessments import sending
from auditapp.assessments.models import Citation, Move, Snapshot, SnapshotAnswer, SnapshotCitation
from auditapp.assessments.sending import Incomplete
from auditapp.assessments.submission_tree import receipt_document, submission_document
from auditapp.assessments.submissions import submission_of
from auditapp.assessments.submitting import submit
from auditapp.core import clock
from auditapp.core.errors import Missing, NotAllowed, RuleBroken, WrongState
from auditapp.core.events import Event
from auditapp.core.jobs import Job
from auditapp.core.transactions import transaction
from auditapp.documents.tree import Heading
from auditapp.evidence.models import Blob, EvidenceItem
from auditapp.policy.roles import Role
from auditapp.policy.states import SUBMITTED_STATES, Status
from auditapp.rounds.models import RoundState
from tests.assessments.savings import save
from tests.clients import text_of

STANDARDS = ("c1", "c2", "c3", "o1", "o2")


@pytest.fixture
def assessment(make):
    make.assessment(status=Status.SUBMITTED)  # another organisation's
    return make.assessment()


@pytest.fixture
def lead(make, assessment):
    return make.membership(Role.LEAD, organisation_id=assessment.organisation_id)


@pytest.fixture
def head(make, assessment):
    return make.membership(Role.SIGNATORY, organisation_id=assessment.organisation_id)


@pytest.fixture
def complete(session, lead, assessment):
    """Every standard met, but one that plans an action."""
    due = clock.today() + timedelta(days=30)
    for key in STANDARDS:
        plan = {
            "grade": "not-met",
            "action_what": "Review it",
            "action_owner": "Head",
            "action_due": due,
        }
        save(session, lead, assessment, key=key, **(plan if key == "c2" else {}))
    return assessment


@pytest.fixture
def waiting(session, lead, head, complete):
    act(sending.send_for_sign_off, session, lead, complete)
    return complete


def act(service, session, member, assessment, *words):
    """A use case as a request would run it."""
    viewer, ref = viewer_of(session, member.person_id, member.id), assessment.ref
    with transaction(session):
        return service(session, viewer, ref, *words)


def letters(session):
    return session.scalars(select(Job.unique_key).where(Job.kind == "mail").order_by(Job.id)).all()


def test_a_complete_assessment_goes_to_the_signatory_who_is_told(session, complete, lead, head):
    act(sending.send_for_sign_off, session, lead, complete)

    (mail,) = session.scalars(select(Job).where(Job.kind == "mail"))
    assert complete.status == Status.AWAITING_SIGN_OFF
    assert complete.sent_at is not None
    assert mail.payload["to"] == session.get_one(Person, head.person_id).email
    assert "We do this." not in json.dumps(mail.payload)
    assert "Choose a password first. The link works once, for 72 hours:" in mail.payload["text"]


def test_what_is_missing_stops_the_sending_and_is_named(session, assessment, lead):
    save(session, lead, assessment, key="c1", grade="not-met")

    with pytest.raises(Incomplete) as refused:
        act(sending.send_for_sign_off, session, lead, assessment)

    said = [f"{line.label}: {need.act}" for line, need in refused.value.missing]
    assert said[:2] == [
        "1.1 Culture standard 1: say what you will do",
        "1.2 Culture standard 2: choose a grade",
    ]
    assert assessment.status == Status.IN_PROGRESS


def test_nothing_is_sent_after_the_last_day(session, make, complete, lead, head):
    make.round.final_on = clock.today() - timedelta(days=1)
    session.commit()
    with pytest.raises(WrongState, match="ask the business unit"):
        act(sending.send_for_sign_off, session, lead, complete)

    complete.due_on = clock.today()
    session.commit()
    assert (
        act(sending.send_for_sign_off, session, lead, complete).status_after == "awaiting-sign-off"
    )


def test_the_lead_takes_it_back(session, waiting, lead):
    act(sending.take_back, session, lead, waiting)

    assert waiting.status == Status.IN_PROGRESS


def test_the_signatory_sends_it_back_with_a_comment_and_the_leads_are_told(
    session, waiting, lead, head
):
    with pytest.raises(RuleBroken) as refused:
        act(sending.send_back, session, head, waiting, "  ")
    act(sending.send_back, session, head, waiting, "Say more about 1.2.")

    steps = session.scalars(select(Move).order_by(Move.id)).all()
    assert refused.value.field == "comment"
    assert waiting.status == Status.IN_PROGRESS
    assert steps[-1].comment == "Say more about 1.2."
    assert letters(session)[-1].startswith("sent-back:")


def test_signing_submits_with_a_snapshot_of_everything_asked(session, waiting, lead, head):
    snapshot = act(submit, session, head, waiting, "Well done.")

    rows = session.scalars(
        select(SnapshotAnswer).where(SnapshotAnswer.snapshot_id == snapshot.id)
    ).all()
    assert waiting.status == Status.SUBMITTED
    assert (snapshot.number, snapshot.signed_by, snapshot.comment) == (
        1,
        head.person_id,
        "Well done.",
    )
    assert [row.question_key for row in rows] == list(STANDARDS)
    assert [row.grade_key for row in rows] == ["met", "not-met", "met", "met", "met"]
    assert rows[1].value["action"]["owner"] == "Head"
    assert (snapshot.duty, snapshot.type, snapshot.phase) == ("s175", "community-school", "primary")
    assert letters(session)[-1].startswith("submitted:")


def test_the_seal_is_of_the_document(session, waiting, head):
    snapshot = act(submit, session, head, waiting)
    session.expire_all()

    canonical = json.dumps(snapshot.document, sort_keys=True, separators=(",", ":"))
    assert snapshot.hash == sha256(canonical.encode()).hexdigest()
    assert snapshot.document["registration"]["duty"] == "s175"
    assert [one["key"] for one in snapshot.document["answers"]] == list(STANDARDS)


def test_what_was_left_blank_is_a_row_without_a_grade(session, make, head, assessment, lead):
    save(session, lead, assessment, key="c1")
    save(session, lead, assessment, key="c2", grade="not-applicable", commentary="")
    assessment.status = Status.AWAITING_SIGN_OFF
    session.commit()
    snapshot = act(submit, session, head, assessment)

    rows = session.scalars(
        select(SnapshotAnswer).where(SnapshotAnswer.snapshot_id == snapshot.id)
    ).all()
    assert [(row.grade_key, row.not_applicable_reason) for row in rows] == [
        ("met", None),
        (None, None),
        (None, None),
        (None, None),
        (None, None),
    ]


def test_cited_evidence_is_pinned_as_it_was(session, make, complete, lead, head):
    blob = make.keep(Blob(sha256="a" * 64, size=10, media_type="application/pdf"))
    item = make.keep(
        EvidenceItem(
            organisation_id=complete.organisation_id,
            title="Policy 2026",
            blob_id=blob.id,
            file_name="policy.pdf",
            added_by=lead.person_id,
        )
    )
    make.keep(
        Citation(
            assessment_id=complete.id,
            question_key="c1",
            evidence_item_id=item.id,
            pointer="page 4",
            cited_by=lead.person_id,
        )
    )
    act(sending.send_for_sign_off, session, lead, complete)
    snapshot = act(submit, session, head, complete)
    item.title = "Renamed"
    session.commit()

    pinned = session.scalars(select(SnapshotCitation)).one()
    assert (pinned.title, pinned.pointer, pinned.blob_id) == ("Policy 2026", "page 4", blob.id)
    assert snapshot.document["answers"][0]["citations"][0]["sha256"] == "a" * 64


def test_submitting_is_recorded_without_words(session, waiting, head):
    snapshot = act(submit, session, head, waiting, "Well done.")

    events = session.scalars(select(Event).where(Event.actor_id == head.person_id)).all()
    assert [event.kind for event in events] == ["assessment-moved", "assessment-submitted"]
    assert events[1].facts["hash"] == snapshot.hash
    assert all("Well done." not in json.dumps(event.facts) for event in events)


def test_who_sends_and_who_signs_are_two_people(session, make, waiting, lead):
    also_head = make.membership(
        Role.SIGNATORY, organisation_id=waiting.organisation_id, person_id=lead.person_id
    )
    with pytest.raises(WrongState, match="someone else must sign"):
        act(submit, session, also_head, waiting)

    make.partnership_row.one_person_types = ["community-school"]
    session.commit()
    assert act(submit, session, also_head, waiting).number == 1


def test_where_no_signature_is_asked_sending_submits(session, make, complete, lead):
    make.round.sign_off = "none"
    session.commit()

    act(sending.send_for_sign_off, session, lead, complete)

    assert complete.status == Status.SUBMITTED
    snapshot = session.scalars(select(Snapshot).where(Snapshot.assessment_id == complete.id)).one()
    assert snapshot.signed_by is None


def test_opened_again_it_is_submitted_again_as_another_snapshot(session, waiting, lead, head):
    first = act(submit, session, head, waiting)
    waiting.status = Status.IN_PROGRESS  # as reopening does
    session.commit()
    save(session, lead, waiting, key="c1", grade="met", commentary="More.", based_on=1)
    act(sending.send_for_sign_off, session, lead, waiting)
    second = act(submit, session, head, waiting)

    assert (first.number, second.number) == (1, 2)
    assert first.hash != second.hash


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.AWAITING_SIGN_OFF}))
def test_only_what_awaits_a_signature_is_signed(session, make, status):
    assessment = make.assessment(status=status)
    head = make.membership(Role.SIGNATORY, organisation_id=assessment.organisation_id)

    with pytest.raises(WrongState):
        act(submit, session, head, assessment)
    assert assessment.snapshot_number == (status in SUBMITTED_STATES)


def test_nothing_is_signed_in_a_closed_round(session, make, waiting, head):
    make.round.state = RoundState.CLOSED
    session.commit()

    with pytest.raises(WrongState):
        act(submit, session, head, waiting)


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.SIGNATORY, Role.RESPONDENT, Role.ANONYMOUS})
)
def test_nobody_else_signs(session, make, waiting, role):
    fields = {}
    if role in {Role.LEAD, Role.CONTRIBUTOR}:
        fields = {"organisation_id": waiting.organisation_id}
    with pytest.raises((Missing, NotAllowed)):
        act(submit, session, make.membership(role, **fields), waiting)
    assert waiting.snapshot_number == 0


def test_a_signatory_elsewhere_finds_nothing_to_sign(session, make, waiting):
    with pytest.raises(Missing):
        act(submit, session, make.membership(Role.SIGNATORY), waiting)


def read_on(page):
    """Which answers the page to sign says it shows."""
    return re.search(r'name="read" value="([0-9a-f]+)"', page).group(1)


def test_the_whole_way_from_sending_to_the_receipt(client_for, complete, lead, head):
    dsl, signatory = client_for(lead), client_for(head)
    ref = complete.ref
    sent = dsl.post(f"/assessments/{ref}/send", follow_redirects=True)
    to_sign = text_of(signatory.get("/"))
    pack = text_of(signatory.get(f"/assessments/{ref}/sign-off"))
    unread = signatory.post(f"/assessments/{ref}/sign", data={})
    signed = signatory.post(
        f"/assessments/{ref}/sign",
        data={"declared": "y", "comment": "", "read": read_on(pack)},
        follow_redirects=True,
    )
    receipt = text_of(signed)

    assert "Sent to your head teacher at" in text_of(sent)
    assert "Read and sign: Section 175 assessment 2026" in to_sign
    assert "The weakest answers" in pack and "Review it" in pack
    assert unread.status_code == 422
    assert "Tick the box once you have read the answers." in text_of(unread)
    assert "Receipt" in receipt and "Submitted at" in receipt
    assert "We do this." in text_of(dsl.get(f"/assessments/{ref}/submission"))
    for name in ("submission", "receipt"):
        pdf = dsl.get(f"/assessments/{ref}/{name}.pdf")
        assert pdf.data.startswith(b"%PDF")
        assert pdf.mimetype == "application/pdf"


@pytest.mark.parametrize("draw", [receipt_document, submission_document])
def test_both_documents_have_the_receipt_number_and_the_counts_before_the_answers(
    session, make, waiting, head, draw
):
    act(submit, session, head, waiting)
    viewer = viewer_of(session, head.person_id, head.id)
    submission = submission_of(session, viewer, waiting.ref)
    facts, heading, counts, *_ = draw(submission, make.partnership_row).parts
    (mail,) = session.scalars(select(Job).where(Job.unique_key.startswith("submitted:")))
    number = dict(facts.items)["Receipt number"]

    assert number == submission.snapshot.hash[:12] and number in mail.payload["text"]
    assert isinstance(heading, Heading)
    assert ("Met", "4") in counts.items and ("Left blank", "0") in counts.items


def test_a_pack_that_is_signed_already_leads_to_its_receipt(session, client_for, waiting, head):
    act(submit, session, head, waiting)

    response = client_for(head).get(f"/assessments/{waiting.ref}/sign-off")
    assert response.location.endswith("/receipt")


def test_sending_back_asks_for_a_comment_beside_its_field(client_for, waiting, head):
    client = client_for(head)
    refused = client.post(f"/assessments/{waiting.ref}/send-back", data={})
    sent = client.post(f"/assessments/{waiting.ref}/send-back", data={"back-comment": "More."})

    assert refused.status_code == 422 and 'href="#back-comment"' in text_of(refused)
    assert sent.status_code == 302


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.SCRUTINEER, 200),
        (Role.PANEL_CHAIR, 200),
        (Role.PARTNERSHIP_VIEWER, 404),
        (Role.LEAD, 404),  # of another organisation
    ],
)
def test_a_submission_is_read_by_those_whom_the_policy_names(
    session, make, client_for, waiting, head, role, expected
):
    act(submit, session, head, waiting)
    client = client_for(make.membership(role))

    assert client.get(f"/assessments/{waiting.ref}/submission").status_code == expected


def test_a_contributor_reads_their_section_of_the_submission(
    session, make, client_for, waiting, head
):
    colleague = make.contributor(waiting, "culture")
    act(submit, session, head, waiting)
    page = text_of(client_for(colleague).get(f"/assessments/{waiting.ref}/submission"))

    assert "Culture standard 1" in page and "Online standard 1" not in page
