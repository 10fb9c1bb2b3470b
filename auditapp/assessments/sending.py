"""On the way to the signatory and back: sending for sign-off, taking back, sending back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Person
from auditapp.accounts.queries import refreshed
from auditapp.assessments.answers import locked
from auditapp.assessments.lifecycle import Action
from auditapp.assessments.models import Move
from auditapp.assessments.moving import move
from auditapp.assessments.notices import people_with, tell
from auditapp.assessments.rules import Need
from auditapp.assessments.setting import Setting
from auditapp.assessments.sheet import Line, Sheet, sheet_of
from auditapp.assessments.submitting import ROUND_CLOSED, check_comment, submit_by
from auditapp.core.days import in_words
from auditapp.core.errors import RuleBroken, WrongState
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Role, Viewer


class Incomplete(RuleBroken):
    """Something is missing before the assessment can be sent; `missing` says what."""

    def __init__(self, missing: list[tuple[Line, Need]]) -> None:
        super().__init__("Finish what is missing before you send it.")
        self.missing = missing


class NobodySigns(RuleBroken):
    """Sent, it would be locked, and would wait for nobody."""


def send_for_sign_off(session: Session, viewer: Viewer, ref: str) -> Move:
    """Send a complete assessment to the signatory; where the round asks for none, submit it.

    Sending what one has just sent gives that move. Call it inside a `transaction`: the assessment
    is locked here.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not send it.
        WrongState: it is not in progress, its last day has passed, or the round has closed.
        Incomplete: answers are missing something.
        NobodySigns: the organisation has no signatory yet.
    """
    setting = locked(session, viewer, ref)
    viewer = refreshed(session, viewer)
    require(viewer, Permission.SEND_FOR_SIGN_OFF, setting.assessment)
    if sent := _sent_already(session, viewer, setting):
        return sent
    check_time(setting)
    sheet = sheet_of(session, setting)
    if sheet.missing:
        raise Incomplete(sheet.missing)
    if not setting.needs_signature:
        return _submitted(session, viewer, setting, sheet)
    if not people_with(session, setting.assessment.organisation_id, Role.SIGNATORY):
        raise NobodySigns(f"Nobody can sign yet. Invite your {setting.signatory} first.")
    step = move(session, setting.assessment, setting.round, Action.SEND, person_id=viewer.person_id)
    tell(
        session,
        setting,
        Role.SIGNATORY,
        "sent-for-sign-off",
        step,
        sent_by=_name(session, viewer),
        due_on=in_words(setting.due_on),
        path=f"/assessments/{ref}/sign-off",
    )
    return step


def take_back(session: Session, viewer: Viewer, ref: str) -> Move:
    """Take what was sent for sign-off back into writing. Raises as `send_for_sign_off`."""
    setting = locked(session, viewer, ref)
    viewer = refreshed(session, viewer)
    require(viewer, Permission.TAKE_BACK, setting.assessment)
    return move(
        session, setting.assessment, setting.round, Action.TAKE_BACK, person_id=viewer.person_id
    )


def send_back(session: Session, viewer: Viewer, ref: str, comment: str) -> Move:
    """Send it back to be changed, with the signatory's comment, and tell the leads.

    Raises:
        Missing, NotAllowed, WrongState: as `send_for_sign_off`.
        RuleBroken: no comment, or a long one.
    """
    setting = locked(session, viewer, ref)
    viewer = refreshed(session, viewer)
    require(viewer, Permission.SEND_BACK, setting.assessment)
    comment = comment.strip()
    check_comment(comment)
    if not comment:
        raise RuleBroken("Say what should change, so that they know.", field="comment")
    step = move(
        session,
        setting.assessment,
        setting.round,
        Action.SEND_BACK,
        person_id=viewer.person_id,
        comment=comment,
    )
    sent_by = _name(session, viewer)
    path = f"/assessments/{ref}"
    tell(session, setting, Role.LEAD, "sent-back", step, sent_by=sent_by, path=path)
    return step


def check_time(setting: Setting) -> None:
    """Nothing is sent after the last day, or once the round has closed; what is written stays."""
    if setting.is_past_last_day:
        raise WrongState(
            f"The last day was {in_words(setting.last_day)}. Your answers are kept; ask the "
            "business unit for more time."
        )
    if setting.has_closed:
        raise WrongState(ROUND_CLOSED)


def _submitted(session: Session, viewer: Viewer, setting: Setting, sheet: Sheet) -> Move:
    return submit_by(session, viewer, setting, sheet, Action.SUBMIT, "")[1]


def _sent_already(session: Session, viewer: Viewer, setting: Setting) -> Move | None:
    """The latest step, if it is the viewer's own sending: the button was pressed twice."""
    query = (
        select(Move)
        .where(Move.assessment_id == setting.assessment.id, Move.status_before != Move.status_after)
        .order_by(Move.id.desc())
        .limit(1)
    )
    last = session.scalars(query).one_or_none()
    if last is None or last.status_after != setting.status:
        return None
    is_own = last.person_id == viewer.person_id
    return last if is_own and last.action in {Action.SEND, Action.SUBMIT} else None


def _name(session: Session, viewer: Viewer) -> str:
    return session.scalars(select(Person.name).where(Person.id == viewer.person_id)).one()
