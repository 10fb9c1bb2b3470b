"""The business unit's list of a round's feedback: what is ready, what waits, what is out."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.models import Assessment
from auditapp.assessments.progress import name_of
from auditapp.core.errors import NOT_FOUND, Missing, NotAllowed, RuleBroken, WrongState
from auditapp.core.transactions import transaction
from auditapp.moderation import releasing
from auditapp.moderation.forms import ReleaseForm
from auditapp.moderation.going_out import every, going_out, held_because
from auditapp.moderation.pages import blueprint
from auditapp.moderation.queue import Line, Stage, round_queue
from auditapp.moderation.released import earlier_letters
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404, visible
from auditapp.rounds.models import Round
from auditapp.web.errors import show_on
from auditapp.web.session import current_session


@blueprint.get("/rounds/<ref>/release")
def release_list(ref: str) -> ResponseReturnValue:
    """Which feedback is ready, which waits and for whom."""
    session, viewer, round_ = _managed(ref)
    return _page(session, viewer, round_, ReleaseForm())


@blueprint.post("/rounds/<ref>/release")
def release(ref: str) -> ResponseReturnValue:
    """Show what would go out; once that is confirmed, release each in a transaction of its own and
    say what was refused and why."""
    session, viewer, round_ = _managed(ref)
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _page(session, viewer, round_, form), 422
    lines = round_queue(session, viewer, round_)
    refs = list(dict.fromkeys(form.chosen.data or []))
    if form.every.data and not form.confirmed.data:
        refs = every(lines, form.every.data, viewer.person_id)
    chosen = _chosen(session, viewer, round_, refs)
    if not form.confirmed.data:
        return _confirmation(session, viewer, round_, form, lines, chosen)
    refused = [
        f"Not released: {name_of(session, assessment)}. {said}"
        for assessment in chosen.values()
        if (said := _refusal(session, viewer, assessment, form.save_id.data or ""))
    ]
    if released := len(chosen) - len(refused):
        flash(f"Released: {released}. The organisations are told by e-mail.", "success")
    for said in refused:
        flash(said, "warning")
    return redirect(url_for("moderation.release_list", ref=ref))


def _managed(ref: str) -> tuple[Session, Viewer, Round]:
    session, viewer = current_session(), current_viewer()
    round_ = get_visible_or_404(session, select(Round).where(Round.ref == ref), viewer)
    require(viewer, Permission.MANAGE_ROUND, round_)
    return session, viewer, round_


def _chosen(
    session: Session, viewer: Viewer, round_: Round, refs: list[str]
) -> dict[str, Assessment]:
    """What was chosen of the round, also what was opened again since: that is refused by name.

    Raises:
        Missing: one of them is not in the round, or not for this viewer.
    """
    query = select(Assessment).where(Assessment.ref.in_(refs), Assessment.round_id == round_.id)
    found = {one.ref: one for one in session.scalars(visible(query, viewer))}
    if set(found) != set(refs):
        raise Missing(NOT_FOUND)
    return {ref: found[ref] for ref in refs}


def _refusal(session: Session, viewer: Viewer, assessment: Assessment, save_id: str) -> str | None:
    """Release one; or the sentence that says why it was not."""
    ref = assessment.ref
    try:
        with transaction(session, locking=assessment):
            releasing.release(session, viewer, ref, save_id=save_id)
    except (NotAllowed, RuleBroken, WrongState) as error:
        return error.message
    return None


def _confirmation(
    session: Session,
    viewer: Viewer,
    round_: Round,
    form: ReleaseForm,
    lines: list[Line],
    chosen: dict[str, Assessment],
) -> ResponseReturnValue:
    """The page that lists what goes out, and what was opened again since it was chosen; the list
    again where nothing of it may."""
    listed = {line.ref for line in lines}
    going = going_out(lines, [ref for ref in chosen if ref in listed], viewer.person_id)
    away = [name_of(session, one) for ref, one in chosen.items() if ref not in listed]
    if not going.lines:
        show_on(form, RuleBroken("You cannot release any of these now.", field="chosen"))
        return _page(session, viewer, round_, form), 422
    held = {line.ref: held_because(line, viewer.person_id) for line in going.held}
    page = {"round": round_, "form": form, "going": going, "held": held, "away": away}
    return render_template("moderation/confirm_release.html", **page)


def _page(session: Session, viewer: Viewer, round_: Round, form: ReleaseForm) -> str:
    lines = round_queue(session, viewer, round_)
    return render_template(
        "moderation/release_list.html",
        round=round_,
        form=form,
        ready=[line for line in lines if line.stage is Stage.TO_RELEASE],
        unread=[line for line in lines if line.stage is Stage.GIVE_OUT],
        held={line.ref: held_because(line, viewer.person_id) for line in lines},
        waiting=[
            line for line in lines if line.stage in {Stage.REVEAL, Stage.SETTLE, Stage.MARKING}
        ],
        released=[line for line in lines if line.stage is Stage.RELEASED],
        earlier=earlier_letters(session, viewer, round_),
    )
