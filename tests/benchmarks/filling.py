"""The rows of an area's organisations: places, answers, submissions, and the panel's work."""

from datetime import date, timedelta
from itertools import count

from sqlalchemy.orm import Session

from auditapp.accounts.models import Assignment, Membership, Person
from auditapp.accounts.queries import viewer_of
from auditapp.actions.models import Action, ActionRevision
from auditapp.assessments.models import (
    Answer,
    AnswerRevision,
    Assessment,
    AssessmentPartnership,
    Citation,
    Snapshot,
    SnapshotAnswer,
    SnapshotCitation,
)
from auditapp.assessments.setting import setting_of
from auditapp.assessments.sheet import sheet_of
from auditapp.assessments.snapshots import document_of, hash_of
from auditapp.core import clock
from auditapp.evidence.models import EvidenceItem
from auditapp.moderation.composing import Wording, automatic_sheet
from auditapp.moderation.models import (
    Feedback,
    FeedbackRevision,
    Moderation,
    PanelMark,
    PanelMarkRevision,
    SettledGrade,
    SettledGradeRevision,
)
from auditapp.moderation.queries import submission_of
from auditapp.organisations.models import (
    Organisation,
    OrganisationPartnership,
    Partnership,
    Registration,
)
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import Invitee
from tests.benchmarks.area import (
    FACTS,
    LIVE,
    MEMBERS,
    PARTNERSHIP,
    PAST,
    PEOPLE,
    TRUSTS,
    Area,
    Rows,
    people,
    settle_numbers,
)

GRADES = ("met", "exceeded", "met", "partly-met", "met", "not-met", "exceeded", "met")
GAPS = {"partly-met", "not-met"}
ITEMS = 8  # of evidence that each organisation holds
LIVE_IDS = 10_000  # assessments of the live round are numbered from here
PAST_STATES = {
    0: Status.SUBMITTED,
    1: Status.FEEDBACK_RELEASED,
    2: Status.IN_MODERATION,
    3: Status.MODERATION_COMPLETED,
}
PANELLED = (1, 2, 3)  # which of them the panel has read
COMMENTARY = (
    "Every member of staff is trained when they join and again each September, and the record is "
    "kept by the office. The lead meets the governor for safeguarding every half term. Last year "
    "we changed how concerns are passed on at the end of the day, because pupils told us that "
    "they did not know whom to ask."
)
IMPACT = "A pupil in year 5 told her teacher the same day, and early help began within the week."


def grow(area: Area, to: int) -> None:
    """Fill the area until it has `to` organisations."""
    first, area.organisations = area.organisations + 1, to
    numbers = range(first, to + 1)
    rows = Rows()
    for number in numbers:
        _place(rows, number)
    rows.write(area.engine)
    if first == 1:
        people(area)
    rows = Rows()
    for number in numbers:
        _past_answers(rows, area, number)
        _live_answers(rows, area, number)
    rows.write(area.engine)
    _submissions(area, numbers)
    settle_numbers(area.engine)


def grade_of(place: int, number: int) -> str:
    """The self-grade of standard `place` at organisation `number`: varied, always the same."""
    return GRADES[(place * 3 + number * 5) % len(GRADES)]


def _place(rows: Rows, number: int) -> None:
    name = f"Exampleshire School {number}"
    rows.add(
        Organisation,
        id=number,
        ref=f"o{number:09}",
        name=name,
        responsible_body_id=number % TRUSTS + 1 if number % 3 == 0 else None,
    )
    rows.add(
        OrganisationPartnership,
        organisation_id=number,
        partnership_id=PARTNERSHIP,
        joined_on=date(2020, 9, 1),
    )
    urn = {"scheme": "urn", "code": str(900_000 + number), "name": name}
    rows.add(Registration, id=number, organisation_id=number, **urn, **FACTS)
    lead = 1000 + number
    rows.add(Person, id=lead, name=f"Lead {number}", email=f"lead.of.{number}@example.org")
    rows.add(
        Membership,
        id=lead,
        person_id=lead,
        role=Role.LEAD,
        organisation_id=number,
        starts_on=date(2020, 9, 1),
    )
    for item in range(ITEMS):
        rows.add(
            EvidenceItem,
            id=number * ITEMS + item,
            ref=f"e{number * ITEMS + item:09}",
            organisation_id=number,
            title=f"Minute of meeting {item}",
            url=f"https://example.org/minutes/{item}",
            added_by=lead,
        )


def _past_answers(rows: Rows, area: Area, number: int) -> None:
    status, submitted = PAST_STATES[number % 4], clock.now() - timedelta(days=200)
    _assessment(rows, number, PAST, f"p{number:09}", number, status, submitted_at=submitted)
    _answers(rows, area, number, number, len(area.keys))


def _live_answers(rows: Rows, area: Area, number: int) -> None:
    given = {1: len(area.keys) - 1, 2: 0, 0: len(area.keys) // 4}[number % 3]
    status = Status.IN_PROGRESS if given else Status.NOT_STARTED
    at = LIVE_IDS + number
    _assessment(rows, at, LIVE, f"l{number:09}", number, status, submitted_at=None)
    _answers(rows, area, at, number, given)


def _assessment(
    rows: Rows,
    at: int,
    round_id: int,
    ref: str,
    number: int,
    status: Status,
    **fields: object,
) -> None:
    rows.add(
        Assessment,
        id=at,
        ref=ref,
        round_id=round_id,
        organisation_id=number,
        registration_id=number,
        status=status,
        snapshot_number=1 if round_id == PAST else 0,
        released_number=1 if status is Status.FEEDBACK_RELEASED else 0,
        **fields,
    )
    rows.add(AssessmentPartnership, assessment_id=at, partnership_id=PARTNERSHIP)
    rows.add(Invitee, round_id=round_id, organisation_id=number)


def _answers(rows: Rows, area: Area, at: int, number: int, given: int) -> None:
    """The first `given` standards of assessment `at`; every other one cites an item."""
    author = 1000 + number
    for place, key in enumerate(area.keys[:given]):
        head, grade = at * 100 + place, grade_of(place, number)
        if grade in GAPS:
            _action(rows, head, at, number, key)
        rows.add(Answer, id=head, assessment_id=at, question_key=key, number=1, grade_key=grade)
        rows.add(
            AnswerRevision,
            id=head,
            answer_id=head,
            number=1,
            save_id="s",
            value=_value(grade),
            grade_key=grade,
            author_id=author,
        )
        if place % 2 == 0:
            rows.add(
                Citation,
                assessment_id=at,
                question_key=key,
                evidence_item_id=number * ITEMS + place // 2 % ITEMS,
                pointer="page 4",
                cited_by=author,
            )


def _value(grade: str) -> dict[str, object]:
    words: dict[str, object] = {"commentary": COMMENTARY, "impact": IMPACT}
    plan = {"what": "Train all", "owner": "Head", "due": _due().isoformat()}
    return words | ({"action": plan} if grade in GAPS else {})


def _due() -> date:
    return clock.today() + timedelta(days=90)


def _action(rows: Rows, head: int, at: int, number: int, key: str) -> None:
    rows.add(
        Action,
        id=head,
        organisation_id=number,
        standard_key=key,
        assessment_id=at,
        number=1,
        due_on=_due(),
    )
    rows.add(
        ActionRevision,
        action_id=head,
        number=1,
        what="Train all",
        owner="Head",
        due_on=_due(),
        author_id=1000 + number,
    )


def _submissions(area: Area, numbers: range) -> None:
    """Submissions share one document, that of organisation 1, and so do released letters."""
    if "document" not in area.kept:
        area.kept["document"] = _document(area)
    rows = Rows()
    for number in numbers:
        _submission(rows, area, number)
    rows.write(area.engine)
    if "letter" not in area.kept:
        area.kept["letter"] = _letter(area)
    rows, ids = Rows(), count((numbers[0] - 1) * 1000 + 1)
    for number in numbers:
        _panel(rows, area, number, ids)
    rows.write(area.engine)


def _document(area: Area) -> dict[str, object]:
    with Session(area.engine) as session:
        lead = viewer_of(session, PEOPLE[Role.LEAD], PEOPLE[Role.LEAD])
        setting = setting_of(session, lead, f"p{1:09}")
        sheet = sheet_of(session, setting)
        return document_of(setting, sheet, number=1, at=clock.now(), body="")


def _submission(rows: Rows, area: Area, number: int) -> None:
    document = area.kept["document"]
    rows.add(
        Snapshot,
        id=number,
        ref=f"s{number:09}",
        assessment_id=number,
        number=1,
        signed_by=PEOPLE[Role.SIGNATORY],
        organisation_name=f"Exampleshire School {number}",
        registration_code=str(900_000 + number),
        responsible_body=f"Trust {number % TRUSTS + 1}" if number % 3 == 0 else "",
        document=document,
        hash=hash_of(document),
        **{name: FACTS[name] for name in ("type", "group", "phase", "duty")},
    )
    for place, key in enumerate(area.keys):
        cites = place % 2 == 0
        rows.add(
            SnapshotAnswer,
            id=number * 100 + place,
            snapshot_id=number,
            question_key=key,
            value=_value(grade_of(place, number)),
            grade_key=grade_of(place, number),
            citations=int(cites),
        )
        if cites:
            item = number * ITEMS + place // 2 % ITEMS
            rows.add(
                SnapshotCitation,
                snapshot_answer_id=number * 100 + place,
                evidence_item_id=item,
                title="Minute of meeting",
                pointer="page 4",
                url="https://example.org/minutes/1",
            )


def _letter(area: Area) -> dict[str, object]:
    wording = Wording(strengths="Training\nListening", developments="Records\nAttendance")
    with Session(area.engine) as session:
        lead = viewer_of(session, PEOPLE[Role.LEAD], PEOPLE[Role.LEAD])
        assessment = session.get_one(Assessment, 1)
        submission = submission_of(session, lead, assessment)
        partnership = session.get_one(Partnership, PARTNERSHIP)
        letter = automatic_sheet(
            submission, wording, partnership=partnership, has_panel=True, on=clock.today()
        )
        return letter.model_dump(mode="json")


def _panel(rows: Rows, area: Area, number: int, ids: count) -> None:
    """Each of two members marked every standard, a tenth of them apart from the self-grade."""
    if number % 4 not in PANELLED:
        return
    status, chair = PAST_STATES[number % 4], PEOPLE[Role.PANEL_CHAIR]
    done = status is not Status.IN_MODERATION
    rows.add(
        Moderation,
        id=number,
        snapshot_id=number,
        revealed_at=clock.now(),
        revealed_by=chair,
        completed_at=clock.now() if done else None,
        completed_by=chair if done else None,
    )
    for member in MEMBERS:
        rows.add(Assignment, membership_id=member, assessment_id=number)
    for place in range(len(area.keys)):
        answer, own = number * 100 + place, grade_of(place, number)
        settled = "partly-met" if place % 10 == 0 else own
        graded = {"number": 1, "grade_key": settled}
        words = {"number": 1, "self_grade_key": own, "grade_key": settled, "rationale": "Unproven."}
        for member in MEMBERS:
            mark = next(ids)
            rows.add(PanelMark, id=mark, snapshot_answer_id=answer, member_id=member, **graded)
            rows.add(PanelMarkRevision, mark_id=mark, save_id="s", **words)
        if done:
            rows.add(SettledGrade, id=answer, snapshot_answer_id=answer, **graded)
            rows.add(
                SettledGradeRevision, settled_id=answer, save_id="s", settled_by=chair, **words
            )
    if done:
        released = clock.now() if status is Status.FEEDBACK_RELEASED else None
        rows.add(
            Feedback, id=number, snapshot_id=number, kind="panel", number=1, released_at=released
        )
        rows.add(
            FeedbackRevision,
            feedback_id=number,
            number=1,
            save_id="draft",
            strengths="Training",
            developments="Records",
            document=area.kept["letter"] if released else None,
        )
