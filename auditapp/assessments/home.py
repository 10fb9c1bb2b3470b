"""The first pages of an organisation's people; home/views.py sends each role to its own."""

from collections.abc import Iterable
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auditapp.assessments.decisions import decisions_about
from auditapp.assessments.setting import Setting, settings_of
from auditapp.assessments.tasks import is_live, task_page
from auditapp.policy.roles import Viewer
from auditapp.policy.states import OUTSIDE_BASE, Status

_ASKED = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS})  # what one has still to answer


def lead_home(viewer: Viewer, session: Session) -> ResponseReturnValue:
    """What needs the lead now: of the one open assessment, or a choice between several."""
    return _home(viewer, session)


def contributor_home(viewer: Viewer, session: Session) -> ResponseReturnValue:
    """What was given to a colleague, by when."""
    return _home(viewer, session)


def signatory_home(viewer: Viewer, session: Session) -> ResponseReturnValue:
    """What waits for a signature, and how far the rest is."""
    settings = settings_of(session, viewer)
    live = in_turn(setting for setting in settings if is_live(setting))
    waiting = [s for s in live if s.status is Status.AWAITING_SIGN_OFF and s.needs_signature]
    return render_template(
        "assessments/to_sign.html",
        waiting=waiting,
        others=[setting for setting in live if setting not in waiting],
        **_past(session, viewer, settings),
    )


def _home(viewer: Viewer, session: Session) -> ResponseReturnValue:
    settings = settings_of(session, viewer)
    live = in_turn(setting for setting in settings if is_live(setting))
    past = _past(session, viewer, settings)
    if len(live) == 1:
        page = task_page(session, viewer, live[0])
        return render_template("assessments/task_list.html", page=page, **past)
    return render_template("assessments/choose_assessment.html", live=live, **past)


def in_turn(live: Iterable[Setting]) -> list[Setting]:
    """What can be answered now before what is sent, and what is due first before the rest."""
    return sorted(live, key=lambda setting: (setting.status not in _ASKED, setting.due_on))


def _past(session: Session, viewer: Viewer, settings: list[Setting]) -> dict[str, Any]:
    """The rounds before, and why the organisation was left out of some; a statement if it was."""
    past = [setting for setting in settings if not is_live(setting)]
    out = [setting.assessment.id for setting in past if setting.status in OUTSIDE_BASE]
    return {"past": past, "decided": decisions_about(session, viewer, out) if out else {}}
