"""Submitting: the snapshot that others read from then on, whatever is written afterwards."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Assignment, Membership
from auditapp.accounts.queries import refreshed
from auditapp.assessments import rules
from auditapp.assessments.answers import locked
from auditapp.assessments.lifecycle import Action, after
from auditapp.assessments.models import Move, Snapshot, SnapshotAnswer, SnapshotCitation
from auditapp.assessments.moving import move
from auditapp.assessments.notices import tell
from auditapp.assessments.queries import Cited
from auditapp.assessments.setting import Setting
from auditapp.assessments.sheet import Line, Sheet, sheet_of
from auditapp.assessments.snapshots import digest_of, document_of, hash_of, receipt_number
from auditapp.assessments.standing import numeric_of, value_of
from auditapp.core import clock
from auditapp.core.days import in_words
from auditapp.core.errors import RuleBroken, Stale, WrongState
from auditapp.core.events import Audience, Happening, record
from auditapp.organisations.models import Organisation, Partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role, Viewer
from auditapp.rounds.models import RoundState

COMMENT_MAX_CHARS = 2_000
CHANGED = "The answers changed since you opened this page. Read them again, then sign."
ROUND_CLOSED = "The round has closed. The answers are kept; nothing can be sent or signed any more."


@dataclass(frozen=True, kw_only=True)
class AssessmentSubmitted(Happening):
    """`withdrawn` are memberships: the panel members who had the submission before."""

    kind: ClassVar[str] = "assessment-submitted"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    assessment_id: int
    snapshot_id: int
    number: int
    hash: str
    withdrawn: list[int]


def submit(
    session: Session, viewer: Viewer, ref: str, comment: str = "", *, read: str | None = None
) -> Snapshot:
    """Submit the assessment `ref`: by a signature, or by its lead where the round asks for none.

    What is written then is frozen: the document with its hash, a row for every standard asked
    (those left blank too), and the content of each file cited. `read` is the digest of the answers
    that the signatory's page showed; None where no page was read. Signing what one has signed
    already gives that submission. Call it inside a `transaction`: the assessment is locked here.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not sign it.
        WrongState: it is not awaiting sign-off, the round is closed, or one person would both
            send and sign.
        RuleBroken: a long comment.
        Stale: other answers were read than those that would be frozen.

    Source: docs/policy/access.md, "Life of an assessment in a round" and rule 2.
    """
    setting = locked(session, viewer, ref)
    viewer = refreshed(session, viewer)
    if setting.needs_signature:
        require(viewer, Permission.SIGN, setting.assessment)
        if signed := _signed_already(session, viewer, setting):
            return signed
        _check_two_people(session, viewer, setting)
        action = Action.SIGN
    else:
        require(viewer, Permission.SEND_FOR_SIGN_OFF, setting.assessment)
        action = Action.SUBMIT
    comment = comment.strip()
    check_comment(comment)
    if setting.round.state is RoundState.CLOSED:
        raise WrongState(ROUND_CLOSED)
    after(setting.status, action)  # what was taken back is not signed, whatever was read
    sheet = sheet_of(session, setting)
    if read is not None and read != digest_of(sheet):
        raise Stale(CHANGED)
    return submit_by(session, viewer, setting, sheet, action, comment)[0]


def submit_by(
    session: Session,
    viewer: Viewer,
    setting: Setting,
    sheet: Sheet,
    action: Action,
    comment: str,
) -> tuple[Snapshot, Move]:
    """As `submit`, for a locked assessment whose viewer was checked."""
    step = move(
        session,
        setting.assessment,
        setting.round,
        action,
        person_id=viewer.person_id,
        comment=comment,
    )
    snapshot = _snapshot(session, viewer, setting, sheet, action, comment)
    _write_answers(session, snapshot, sheet)
    submitted = AssessmentSubmitted(
        partnership_id=setting.round.partnership_id,
        organisation_id=setting.assessment.organisation_id,
        round_id=setting.round.id,
        assessment_id=setting.assessment.id,
        snapshot_id=snapshot.id,
        number=snapshot.number,
        hash=snapshot.hash,
        withdrawn=_take_from_panel(session, snapshot) if snapshot.number > 1 else [],
    )
    record(session, submitted, actor_id=viewer.person_id)
    at = snapshot.submitted_at.astimezone(clock.LONDON)
    tell(
        session,
        setting,
        Role.LEAD,
        "submitted",
        step,
        submitted_at=f"{in_words(at)}, {at:%H:%M}",
        signed=action is Action.SIGN,
        receipt=receipt_number(snapshot.hash),
        path=f"/assessments/{setting.assessment.ref}/receipt",
    )
    return snapshot, step


def check_comment(comment: str) -> None:
    if len(comment) > COMMENT_MAX_CHARS:
        raise RuleBroken(f"Use {COMMENT_MAX_CHARS:,} characters or fewer.", field="comment")


def sent_by(session: Session, assessment_id: int) -> int | None:
    """Id of the person who sent it for sign-off last."""
    query = (
        select(Move.person_id)
        .where(Move.assessment_id == assessment_id, Move.action == Action.SEND.value)
        .order_by(Move.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def _take_from_panel(session: Session, snapshot: Snapshot) -> list[int]:
    """A later submission is given out anew: ids of the memberships that had the one before.

    Source: docs/policy/moderation.md, "Giving out".
    """
    held = session.scalars(
        select(Assignment)
        .join(Membership, Membership.id == Assignment.membership_id)
        .where(
            Assignment.assessment_id == snapshot.assessment_id,
            Assignment.withdrawn_at.is_(None),
            Membership.role == Role.PANEL_MEMBER,
        )
        .order_by(Assignment.membership_id)
    ).all()
    for row in held:
        row.withdrawn_at = clock.now()
    return [row.membership_id for row in held]


def _signed_already(session: Session, viewer: Viewer, setting: Setting) -> Snapshot | None:
    """The submission as it stands, if the viewer signed it: the button was pressed twice."""
    if not setting.is_submitted:
        return None
    query = select(Snapshot).where(
        Snapshot.assessment_id == setting.assessment.id,
        Snapshot.number == setting.assessment.snapshot_number,
        Snapshot.signed_by == viewer.person_id,
    )
    return session.scalars(query).one_or_none()


def _check_two_people(session: Session, viewer: Viewer, setting: Setting) -> None:
    types = session.scalars(
        select(Partnership.one_person_types).where(Partnership.id == setting.round.partnership_id)
    ).one()
    sender = sent_by(session, setting.assessment.id)
    allowed = setting.registration.type in types
    rules.check_two_people(sender, viewer.person_id, one_may_do_both=allowed)


def _snapshot(
    session: Session, viewer: Viewer, setting: Setting, sheet: Sheet, action: Action, comment: str
) -> Snapshot:
    assessment, registration = setting.assessment, setting.registration
    assessment.snapshot_number += 1
    now = clock.now()
    place = session.get_one(Organisation, assessment.organisation_id)
    body = place.responsible_body.name if place.responsible_body else ""
    document = document_of(setting, sheet, number=assessment.snapshot_number, at=now, body=body)
    snapshot = Snapshot(
        assessment_id=assessment.id,
        number=assessment.snapshot_number,
        submitted_at=now,
        signed_by=viewer.person_id if action is Action.SIGN else None,
        comment=comment,
        organisation_name=setting.organisation_name,
        registration_code=registration.code,
        type=registration.type,
        group=registration.group,
        phase=registration.phase,
        duty=setting.duty_key,
        responsible_body=body,
        variant=setting.asked.variant,
        document=document,
        hash=hash_of(document),
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def _write_answers(session: Session, snapshot: Snapshot, sheet: Sheet) -> None:
    rows = [(_answer(snapshot, line), line) for line in sheet.submitted]
    session.add_all(row for row, _ in rows)
    session.flush()
    session.add_all(_citation(row, cited) for row, line in rows for cited in line.cited)
    session.flush()


def _answer(snapshot: Snapshot, line: Line) -> SnapshotAnswer:
    return SnapshotAnswer(
        snapshot_id=snapshot.id,
        question_key=line.key,
        number=line.number,
        value=value_of(line.sent),
        grade_key=line.content.grade,
        numeric_value=numeric_of(line.basis, line.content),
        # Still without its reason it was left blank, and is counted as such.
        not_applicable_reason=line.content.reason or None,
        citations=len(line.cited),
    )


def _citation(answer: SnapshotAnswer, cited: Cited) -> SnapshotCitation:
    return SnapshotCitation(
        snapshot_answer_id=answer.id,
        evidence_item_id=cited.item.id,
        blob_id=cited.item.blob_id,
        title=cited.item.title,
        pointer=cited.pointer,
        url=cited.item.url,
        file_name=cited.item.file_name,
    )
