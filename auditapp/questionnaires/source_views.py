"""What a questionnaire cites, read both ways, and the same as files."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.core import clock
from auditapp.documents.apart import draw_apart
from auditapp.documents.files import FileForm
from auditapp.documents.tree import Document
from auditapp.documents.words import Link, Prose
from auditapp.organisations.pages import managed_partnership
from auditapp.policy.permissions import Permission
from auditapp.policy.scope import get_visible_or_404
from auditapp.questionnaires.crosswalk import AskedLine, CitedSource, crosswalk_of, lines_of
from auditapp.questionnaires.crosswalk_tree import Crosswalk, elsewhere
from auditapp.questionnaires.library import questionnaire_of
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.queries import questionnaires_shown, version_by_ref
from auditapp.questionnaires.schema import Asked
from auditapp.questionnaires.shipped_sources import register
from auditapp.questionnaires.views import blueprint
from auditapp.web.sending import attached
from auditapp.web.session import current_session

__all__ = ["blueprint"]


@blueprint.get("/<ref>/sources")
def show_sources(ref: str) -> ResponseReturnValue:
    """By source and part, by standard, and which editions were replaced."""
    version, document, choices = _document(ref)
    page = {"version": version, "document": document, "choices": choices}
    return render_template("questionnaires/show_sources.html", **page)


@blueprint.get("/<ref>/sources.<any(pdf, docx, xlsx, csv, json):form>")
def sources_file(ref: str, form: str) -> ResponseReturnValue:
    """The same as a file."""
    version, document, _ = _document(ref)
    file = draw_apart(document, FileForm(form))
    name = f"sources-{version.key}.v{version.version}.{form}"
    return attached(file.content, file.media_type, name)


def _document(ref: str) -> tuple[QuestionnaireVersion, Document, list[tuple[str, str]]]:
    """Narrowed to the source or part in the address; and all that it can be narrowed to."""
    viewer, session = current_viewer(), current_session()
    partnership = managed_partnership(session, Permission.SEE_QUESTIONNAIRES)
    version = get_visible_or_404(session, version_by_ref(ref), viewer)
    questionnaire, on = questionnaire_of(session, version.id), clock.today()
    lines = lines_of(Asked(questionnaire, None))
    crosswalk = Crosswalk(
        lines=lines,
        cited=crosswalk_of(questionnaire, lines, register(), on),
        on=on,
        link_to=lambda line: url_for(
            "questionnaires.show_questionnaire", ref=ref, _anchor=f"q-{line.question.key}"
        ),
        wanted=request.args.get("part", ""),
    )
    document = Document(
        title="Law and guidance it cites",
        subtitle=f"{questionnaire.title}, version {version.version}",
        author=partnership.name,
        brand=partnership.hue,
        parts=(*crosswalk.parts, *elsewhere(crosswalk.shown, _others(version))),
    )
    return version, document, crosswalk.choices


def _others(version: QuestionnaireVersion) -> dict[Prose, tuple[CitedSource[AskedLine], ...]]:
    """What the other questionnaires that the viewer can see cite, by a link to each."""
    found: dict[Prose, tuple[CitedSource[AskedLine], ...]] = {}
    for line in questionnaires_shown(current_session(), current_viewer()):
        other = line.questionnaire
        if line.newest.id != version.id:
            address = url_for("questionnaires.show_sources", ref=line.newest.ref)
            name = (Link(f"{other.title}, version {other.version}", address),)
            lines = lines_of(Asked(other, None))
            found[name] = crosswalk_of(other, lines, register(), clock.today())
    return found
