"""Pages on which a member of the panel reads and marks."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.core import clock
from auditapp.core.errors import RuleBroken, Stale
from auditapp.core.transactions import transaction
from auditapp.moderation import marking
from auditapp.moderation.forms import AGREE, AgreeForm, MarkForm
from auditapp.moderation.pages import allowed, blueprint
from auditapp.moderation.reading import SectionPage, section_page
from auditapp.policy.permissions import Permission
from auditapp.web.errors import show_on
from auditapp.web.fields import new_save_id
from auditapp.web.filters import plural


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


@blueprint.post("/assessments/<ref>/panel/sections/<section_key>/agree")
def agree_with_rest(ref: str, section_key: str) -> ResponseReturnValue:
    """Agree with every standard of the section that the page named as left."""
    session, viewer, assessment = allowed(ref, Permission.MARK)
    page = section_page(session, viewer, assessment, section_key, None)
    form, onward, back = AgreeForm(), _after_section(page), _reading(page, page.current.key)
    if not form.validate_on_submit():
        return redirect(back)
    try:
        with transaction(session, locking=assessment):
            agreed = marking.agree_with_rest(session, viewer, ref, section_key, form.agreeing)
            said = f"You agreed with {plural(len(agreed), 'standard')}. It is recorded as one act."
    except Stale:
        flash("One of them was marked after you opened the page, so nothing was agreed.", "warning")
        return redirect(back)
    flash(said, "success")
    return redirect(onward)


def _drawn(page: SectionPage, form: MarkForm) -> str:
    done = next((one for one in page.readings if one.key == request.args.get("done")), None)
    return render_template(
        "moderation/read_section.html",
        page=page,
        form=form,
        done=done if done and done.mark else None,
        today=clock.today(),
        agree_id=new_save_id(),
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
