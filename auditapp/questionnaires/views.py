"""Pages of questionnaires: what there is, what each would ask, and publishing a file."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.core.errors import Missing, RuleBroken
from auditapp.documents.apart import draw_apart
from auditapp.documents.files import FileForm
from auditapp.organisations.pages import managed_partnership
from auditapp.policy.permissions import Permission, may
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.blank_form import blank_form
from auditapp.questionnaires.comparison_page import version_facts
from auditapp.questionnaires.describing import asked_only
from auditapp.questionnaires.examples import BY_KEY, EXAMPLES
from auditapp.questionnaires.file_views import kept_address
from auditapp.questionnaires.forms import PublishForm
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.places import Unreadable
from auditapp.questionnaires.publishing import check_own, take
from auditapp.questionnaires.queries import questionnaires_shown, version_by_ref
from auditapp.questionnaires.schema import Asked
from auditapp.questionnaires.shelves import shelves_of
from auditapp.questionnaires.workbook_grid import MAX_BYTES as MOST_BYTES
from auditapp.web.errors import show_on
from auditapp.web.sending import attached
from auditapp.web.session import current_session

blueprint = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")
blueprint.add_app_template_filter(asked_only)


@blueprint.get("/")
def list_questionnaires() -> ResponseReturnValue:
    """What ships, and what the partnership has published itself."""
    viewer, session = current_viewer(), current_session()
    partnership = managed_partnership(session, Permission.SEE_QUESTIONNAIRES)
    page = {
        "shelves": shelves_of(questionnaires_shown(session, viewer)),
        "may_publish": may(viewer, Permission.PUBLISH_QUESTIONNAIRES, partnership),
    }
    return render_template("questionnaires/list_questionnaires.html", **page)


@blueprint.get("/<ref>")
def show_questionnaire(ref: str) -> ResponseReturnValue:
    """Every standard with its descriptors, or those that one kind of organisation is asked."""
    version = _version(ref)
    partnership = managed_partnership(current_session(), Permission.SEE_QUESTIONNAIRES)
    questionnaire = questionnaire_of(current_session(), version.id)
    example = BY_KEY.get(request.args.get("for", ""))
    page = {
        "may_publish": may(current_viewer(), Permission.PUBLISH_QUESTIONNAIRES, partnership),
        "version": version,
        "questionnaire": questionnaire,
        "asked": Asked(questionnaire, example.facts if example else None),
        "example": example,
        "examples": EXAMPLES,
    }
    page |= version_facts(current_session(), current_viewer(), version)
    return render_template("questionnaires/show_questionnaire.html", **page)


@blueprint.get("/<ref>/file")
def download(ref: str) -> ResponseReturnValue:
    """The file as it was published."""
    version = _version(ref)
    name = f"{version.key}.v{version.version}.yaml"
    sent = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(version.yaml_text, mimetype="application/yaml", headers=sent)


@blueprint.get("/<ref>/blank-form.<any(pdf, docx):paper>")
def blank_form_file(ref: str, paper: str) -> ResponseReturnValue:
    """Every question with the boxes that its answer takes, or those of one kind of organisation."""
    session, version = current_session(), _version(ref)
    partnership = managed_partnership(session, Permission.SEE_QUESTIONNAIRES)
    example = BY_KEY.get(request.args.get("for", ""))
    questionnaire = questionnaire_of(session, version.id)
    try:
        form = blank_form(questionnaire, example, author=partnership.name, brand=partnership.hue)
    except ValueError as error:
        raise Missing(str(error)) from None
    file = draw_apart(form, FileForm(paper))
    whom = f"-{example.key}" if example else ""
    name = f"{version.key}.v{version.version}-blank-form{whom}.{paper}"
    return attached(file.content, file.media_type, name)


@blueprint.route("/publish", methods=["GET", "POST"])
def publish_file() -> ResponseReturnValue:
    """Take a file and show what it would ask, or say every mistake with its place."""
    viewer, session = current_viewer(), current_session()
    partnership = managed_partnership(session, Permission.PUBLISH_QUESTIONNAIRES)
    form, faults = PublishForm(), []
    if form.validate_on_submit():
        name = form.file.data.filename
        try:
            taken = take(form.file.data.stream.read(MOST_BYTES + 1), name)
            ref = check_own(session, viewer, taken, name)
        except Unreadable as error:
            faults = error.faults
            show_on(form, RuleBroken("This file has mistakes, listed below.", field="file"))
        except RuleBroken as error:
            show_on(form, error)
        else:
            if ref is not None:
                flash("It is published already.", "success")
                return redirect(url_for("questionnaires.show_questionnaire", ref=ref))
            return redirect(kept_address(partnership, taken))
    status = 422 if form.is_submitted() else 200
    return render_template("questionnaires/publish_file.html", form=form, faults=faults), status


def _version(ref: str) -> QuestionnaireVersion:
    session = current_session()
    managed_partnership(session, Permission.SEE_QUESTIONNAIRES)
    return get_visible_or_404(session, version_by_ref(ref), current_viewer())
