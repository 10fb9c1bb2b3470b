"""Pages of drafts: those there are, one as a whole, and what becomes of it."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.authoring import drafting
from auditapp.authoring.beginning import begin, begin_from, text_of_file
from auditapp.authoring.drafting import Action, Save
from auditapp.authoring.fields import PartForm
from auditapp.authoring.forms import FileForm, RestoreForm, StartForm
from auditapp.authoring.pages import DraftPage, draft_page
from auditapp.authoring.part_views import blueprint
from auditapp.authoring.parts import WHOLE, find
from auditapp.authoring.queries import open_drafts, revisions_of, saved_as
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.organisations.pages import managed_partnership
from auditapp.policy.permissions import Permission, may, require
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.examples import BY_KEY, EXAMPLES, counts, minutes_for
from auditapp.questionnaires.places import Fault, Unreadable
from auditapp.questionnaires.queries import version_by_ref
from auditapp.questionnaires.schema import Asked
from auditapp.questionnaires.workbook_grid import MAX_BYTES
from auditapp.web.errors import show_on
from auditapp.web.fields import new_save_id
from auditapp.web.session import current_session

__all__ = ["blueprint"]


@blueprint.get("/")
def list_drafts() -> ResponseReturnValue:
    """What the partnership is writing."""
    partnership = managed_partnership(current_session(), Permission.SEE_QUESTIONNAIRES)
    drafts = open_drafts(current_session(), current_viewer())
    may_write = may(current_viewer(), Permission.PUBLISH_QUESTIONNAIRES, partnership)
    return render_template("authoring/list_drafts.html", drafts=drafts, may_write=may_write)


@blueprint.route("/start/<version_ref>", methods=["GET", "POST"])
def start(version_ref: str) -> ResponseReturnValue:
    """Begin a draft from a published version."""
    viewer, session = current_viewer(), current_session()
    partnership, form = (
        managed_partnership(session, Permission.PUBLISH_QUESTIONNAIRES),
        StartForm(based_on=0),
    )
    version = get_visible_or_404(session, version_by_ref(version_ref), viewer)
    if form.validate_on_submit():
        said = {"own_title": form.own_title, "save_id": form.save_id.data or ""}
        with transaction(session, locking=partnership):
            ref = begin_from(session, viewer, version_ref, **said).ref
        return redirect(url_for("drafts.show_draft", ref=ref))
    status = 422 if form.errors else 200
    return render_template("authoring/start.html", version=version, form=form), status


@blueprint.route("/start", methods=["GET", "POST"])
def start_from_file() -> ResponseReturnValue:
    """Begin a draft from a file."""
    viewer, session = current_viewer(), current_session()
    partnership, form = (
        managed_partnership(session, Permission.PUBLISH_QUESTIONNAIRES),
        FileForm(based_on=0),
    )
    faults: list[Fault] = []
    if form.validate_on_submit():
        text, faults = _text_in(form)
        if text:
            with transaction(session, locking=partnership):
                draft = begin(session, viewer, text, save_id=form.save_id.data or "")
                ref = draft.ref
            return redirect(url_for("drafts.show_draft", ref=ref))
    shown = {"form": form, "faults": faults, "page": None}
    return render_template("authoring/choose_file.html", **shown), 422 if form.errors else 200


@blueprint.get("/<ref>")
def show_draft(ref: str) -> ResponseReturnValue:
    """What a draft asks, part by part, and what it lacks to be published."""
    page = _page(ref)
    whole = find(page.document, WHOLE)
    shown = _acts(page) | {
        "listings": page.listings(whole),
        "asked": counts(page.questionnaire),
        "new_id": new_save_id,
    }
    return render_template("authoring/show_draft.html", page=page, **shown)


@blueprint.get("/<ref>/preview")
def preview(ref: str) -> ResponseReturnValue:
    """What one kind of organisation would be asked, and how long that takes."""
    page = _page(ref)
    example = BY_KEY.get(request.args.get("for", ""))
    shown = {
        "asked": Asked(page.questionnaire, example.facts if example else None),
        "example": example,
        "examples": EXAMPLES,
        "minutes": minutes_for(page.questionnaire, example) if example else None,
    }
    return render_template("authoring/preview.html", page=page, **shown)


@blueprint.get("/<ref>/file")
def download(ref: str) -> ResponseReturnValue:
    """The draft as YAML, with every comment that is in it."""
    page = _page(ref)
    name = f"{page.draft.key}.v{page.draft.version}.yaml"
    sent = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(page.text, mimetype="application/yaml", headers=sent)


@blueprint.route("/<ref>/replace", methods=["GET", "POST"])
def replace(ref: str) -> ResponseReturnValue:
    """Put a file in the place of what the draft says."""
    page = _page(ref, Permission.PUBLISH_QUESTIONNAIRES)
    form = FileForm(based_on=page.draft.revision)
    faults: list[Fault] = []
    if form.validate_on_submit():
        if saved_as(current_session(), page.draft, form.save_id.data or ""):
            return redirect(url_for("drafts.show_draft", ref=ref))
        text, faults = _text_in(form)
        if text:
            based_on, save_id = int(form.based_on.data or 0), form.save_id.data or ""
            document = drafting.document_of(text)
            saved = Save(text, document, Action.REPLACED, WHOLE, based_on, save_id)
            with transaction(current_session(), locking=page.draft):
                drafting.save(current_session(), current_viewer(), ref, saved)
            flash("The draft says what the file says. History brings back what it said.", "success")
            return redirect(url_for("drafts.show_draft", ref=ref))
    shown = {"form": form, "faults": faults, "page": page}
    return render_template("authoring/choose_file.html", **shown), 422 if form.errors else 200


@blueprint.get("/<ref>/history")
def history(ref: str) -> ResponseReturnValue:
    """Every saved state, with who and when."""
    page = _page(ref)
    shown = _acts(page) | {
        "revisions": revisions_of(current_session(), page.draft),
        "new_id": new_save_id,
    }
    return render_template("authoring/history.html", page=page, **shown)


@blueprint.post("/<ref>/restore")
def restore(ref: str) -> ResponseReturnValue:
    """Go back to a saved state."""
    page, form = _page(ref, Permission.PUBLISH_QUESTIONNAIRES), RestoreForm()
    if form.validate():
        number, session = form.number.data or 0, current_session()
        saved = drafting.Restored(number, int(form.based_on.data or 0), form.save_id.data or "")
        with transaction(session, locking=page.draft):
            drafting.restore(session, current_viewer(), ref, saved)
        flash(f"The draft says what it said at save {number}.", "success")
    return redirect(url_for("drafts.show_draft", ref=ref))


@blueprint.route("/<ref>/publish", methods=["GET", "POST"])
def publish(ref: str) -> ResponseReturnValue:
    """Say what publishing fixes, and publish."""
    page = _page(ref, Permission.PUBLISH_QUESTIONNAIRES)
    form = PartForm(based_on=page.draft.revision)
    if form.validate_on_submit():
        try:
            with transaction(current_session(), locking=page.draft):
                read = int(form.based_on.data or 0)
                version = drafting.publish_draft(current_session(), current_viewer(), ref, read)
                published = version.ref
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash("It is published, and can be chosen for a round.", "success")
            return redirect(url_for("questionnaires.show_questionnaire", ref=published))
    return render_template("authoring/publish.html", page=page, form=form), (
        422 if form.errors else 200
    )


@blueprint.route("/<ref>/discard", methods=["GET", "POST"])
def discard(ref: str) -> ResponseReturnValue:
    """Say what discarding does, and do it."""
    page = _page(ref, Permission.PUBLISH_QUESTIONNAIRES)
    if request.method == "POST":
        with transaction(current_session(), locking=page.draft):
            drafting.discard(current_session(), current_viewer(), ref)
        flash("The draft is discarded.", "success")
        return redirect(url_for("drafts.list_drafts"))
    return render_template("authoring/discard.html", page=page)


def _text_in(form: FileForm) -> tuple[str, list[Fault]]:
    """The text of the file; empty, with its faults, where it cannot be a draft."""
    name = form.file.data.filename
    try:
        return text_of_file(form.file.data.stream.read(MAX_BYTES + 1), name), []
    except Unreadable as error:
        show_on(form, RuleBroken("This file has mistakes, listed below.", field="file"))
        return "", error.faults
    except RuleBroken as error:
        show_on(form, error)
        return "", []


def _page(ref: str, permission: Permission = Permission.SEE_QUESTIONNAIRES) -> DraftPage:
    page = draft_page(current_session(), current_viewer(), ref)
    require(current_viewer(), permission, page.draft)
    return page


def _acts(page: DraftPage) -> dict[str, Any]:
    may_write = may(current_viewer(), Permission.PUBLISH_QUESTIONNAIRES, page.draft)
    return {"may_write": may_write and page.draft.is_open}
