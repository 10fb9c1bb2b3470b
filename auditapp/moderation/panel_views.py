"""Pages on which a member of the panel reads and marks."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auditapp.core import clock
from auditapp.core.errors import RuleBroken, Stale
from auditapp.core.transactions import transaction
from auditapp.moderation import marking
from auditapp.moderation.forms import AGREE, MarkForm, RestForm
from auditapp.moderation.pages import allowed, blueprint
from auditapp.moderation.reading import SectionPage, section_page
from auditapp.policy.permissions import Permission
from auditapp.policy.roles import Viewer
from auditapp.web.errors import show_on
from auditapp.web.fields import new_save_id
from auditapp.web.filters import plural

MARKED_MEANWHILE = "One of them was marked after you opened the page, so nothing was agreed."


@blueprint.get("/assessments/<ref>/panel/sections/<section_key>")
def read_section(ref: str, section_key: str) -> ResponseReturnValue:
    """One standard beside the member's mark, with the section's others in a list."""
    session, viewer, assessment = allowed(ref, Permission.MARK)
    page = section_page(session, viewer, assessment, section_key, request.args.get("standard"))
    return _drawn(page, MarkForm.of(page.current))


@blueprint.route("/assessments/<ref>/panel/standards/<question_key>", methods=["GET", "POST"])
def mark_answer(ref: str, question_key: str) -> ResponseReturnValue:
    """Keep the member's mark and go on to the next standard without one. A refusal leaves this
    address in the browser: opened again, it leads to the standard."""
    session, viewer, assessment = allowed(ref, Permission.MARK)
    page = section_page(session, viewer, assessment, None, question_key)
    if request.method != "POST":
        return redirect(_reading(page, question_key))
    form, onward = MarkForm.of(page.current), _onward(page)
    if form.validate_on_submit():
        try:
            with transaction(session, locking=assessment):
                marking.mark_answer(session, viewer, ref, question_key, form.marking)
            return redirect(onward)
        except RuleBroken as error:
            show_on(form, error)
        except Stale as error:
            page = section_page(session, viewer, assessment, None, question_key)
            return _conflict(page, form, error), 409
    page = section_page(session, viewer, assessment, None, question_key)
    return _drawn(page, form), 422


@blueprint.route("/assessments/<ref>/panel/sections/<section_key>/agree", methods=["GET", "POST"])
def agree_with_rest(ref: str, section_key: str) -> ResponseReturnValue:
    """Agree with every standard of the section that the page named as left; what was chosen or
    typed for the open one is kept first, as its mark. A refusal keeps neither, and leaves this
    address in the browser: opened again, it leads to the standard."""
    session, viewer, assessment = allowed(ref, Permission.MARK)
    page = section_page(session, viewer, assessment, section_key, request.args.get("standard"))
    key, onward = page.current.key, _after_section(page)
    if request.method != "POST":
        return redirect(_reading(page, key))
    form = RestForm.of(page.current)
    if form.validate_on_submit():
        try:
            with transaction(session, locking=assessment):
                said = _mark_and_agree(session, viewer, page, form)
            flash(said, "success")
            return redirect(onward)
        except RuleBroken as error:
            show_on(form, error)
        except Stale as error:
            page = section_page(session, viewer, assessment, section_key, key)
            return _marked_meanwhile(page, form, error)
    return _drawn(section_page(session, viewer, assessment, section_key, key), form), 422


def _mark_and_agree(session: Session, viewer: Viewer, page: SectionPage, form: RestForm) -> str:
    """Keep the open mark if there is one, then agree with the others: what to say of both."""
    one, ref, said = page.current, page.submission.assessment.ref, []
    touched = form.is_touched(one)
    if touched:
        mark = marking.mark_answer(session, viewer, ref, one.key, form.marking)
        given = one.scale.grade(mark.grade_key).label.lower() if mark.grade_key else one.self_words
        said.append(f"{one.number} is saved: {given}.")
    agreeing = form.agreeing(but=one.key if touched else None)
    if agreeing.question_keys or not touched:
        agreed = marking.agree_with_rest(session, viewer, ref, page.section.key, agreeing)
        count = plural(len(agreed), "standard")
        said.append(f"You agreed with {count}. It is recorded as one act.")
    return " ".join(said)


def _marked_meanwhile(page: SectionPage, form: RestForm, error: Stale) -> ResponseReturnValue:
    """The open standard was, or one of the others: what was chosen and typed here is given back."""
    if not form.is_touched(page.current):
        flash(MARKED_MEANWHILE, "warning")
        return redirect(_reading(page, page.current.key))
    if form.based_on.data != page.current.revision:
        return _conflict(page, form, Stale(f"{error.message} Nothing was agreed.")), 409
    show_on(form, RuleBroken(MARKED_MEANWHILE))
    return _drawn(page, form), 409


def _drawn(page: SectionPage, form: MarkForm) -> str:
    done = next((one for one in page.readings if one.key == request.args.get("done")), None)
    return render_template(
        "moderation/read_section.html",
        page=page,
        form=form,
        done=done if done and done.mark else None,
        today=clock.today(),
        agree=AGREE,
    )


def _conflict(page: SectionPage, form: MarkForm, error: Stale) -> str:
    return render_template(
        "moderation/mark_conflict.html",
        page=page,
        form=form,
        message=error.message,
        save_id=new_save_id(),
    )


def _reading(page: SectionPage, key: str, done: str | None = None) -> str:
    return url_for(
        "moderation.read_section",
        ref=page.submission.assessment.ref,
        section_key=page.section.key,
        standard=key,
        done=done,
        _anchor="reading",
    )


def _onward(page: SectionPage) -> str:
    """The next standard of the section without a mark; then the next section, then the whole."""
    if page.onward is not None:
        return _reading(page, page.onward.key, page.current.key)
    return _after_section(page)


def _after_section(page: SectionPage) -> str:
    ref = page.submission.assessment.ref
    if page.next_section is None:
        return url_for("moderation.show_assessment", ref=ref)
    return url_for("moderation.read_section", ref=ref, section_key=page.next_section)
