"""Which answers serve which law and guidance: as they stand, and as they were submitted."""

import re
from typing import NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.crosswalk_tree import answers_crosswalk, answers_document
from auditapp.assessments.setting import Setting, setting_of
from auditapp.assessments.sheet import sheet_of
from auditapp.assessments.submission_tree import submitted_at
from auditapp.assessments.submission_views import partnership_of
from auditapp.assessments.submissions import submission_of
from auditapp.core import clock
from auditapp.documents.apart import draw_apart
from auditapp.documents.files import FileForm
from auditapp.documents.tree import Document
from auditapp.policy.permissions import Permission, require
from auditapp.web.filters import when
from auditapp.web.sending import attached
from auditapp.web.session import current_session

FILE = "<any(pdf, docx, xlsx, csv, json):form>"


class _Page(NamedTuple):
    """A document, narrowed to the source or part in the address; and all it can be narrowed to."""

    setting: Setting
    document: Document
    choices: list[tuple[str, str]]


@blueprint.get("/assessments/<ref>/sources")
def show_sources(ref: str) -> ResponseReturnValue:
    """By source and part, each standard with its grade as it stands."""
    return render_template("assessments/sources.html", **_standing(ref)._asdict())


@blueprint.get(f"/assessments/<ref>/sources.{FILE}")
def sources_file(ref: str, form: str) -> ResponseReturnValue:
    """The same as a file."""
    return _sent(_standing(ref).document, form)


@blueprint.get("/assessments/<ref>/submission/sources")
def show_submitted_sources(ref: str) -> ResponseReturnValue:
    """The same of what was submitted, for whoever may read it."""
    return render_template("assessments/sources.html", **_submitted(ref)._asdict())


@blueprint.get(f"/assessments/<ref>/submission/sources.{FILE}")
def submitted_sources_file(ref: str, form: str) -> ResponseReturnValue:
    """The same as a file."""
    return _sent(_submitted(ref).document, form)


def _standing(ref: str) -> _Page:
    """The draft, or the living record after it: a contributor's own sections."""
    viewer, session = current_viewer(), current_session()
    setting = setting_of(session, viewer, ref)
    require(viewer, Permission.READ_ANSWERS, setting.assessment)
    crosswalk = answers_crosswalk(
        setting,
        sheet_of(session, setting, setting.sections_for(viewer)).lines,
        lambda line: url_for(
            "assessments.show_section",
            ref=ref,
            section_key=line.section_key,
            _anchor=line.question.key,
        ),
        wanted=request.args.get("part", ""),
    )
    document = answers_document(
        crosswalk,
        partnership_of(session, setting),
        organisation_name=setting.organisation_name,
        title=setting.title,
        as_at=f"As it stood on {when(clock.now(), year=True)}",
    )
    return _Page(setting, document, crosswalk.choices)


def _submitted(ref: str) -> _Page:
    viewer, session = current_viewer(), current_session()
    submission = submission_of(session, viewer, ref)
    crosswalk = answers_crosswalk(
        submission.setting,
        submission.lines,
        lambda line: url_for(
            "assessments.show_submission", ref=ref, _anchor=f"q-{line.question.key}"
        ),
        wanted=request.args.get("part", ""),
    )
    document = answers_document(
        crosswalk,
        partnership_of(session, submission.setting),
        organisation_name=submission.snapshot.organisation_name,
        title=submission.title,
        as_at=f"Submitted at {submitted_at(submission)}",
    )
    return _Page(submission.setting, document, crosswalk.choices)


def _sent(document: Document, form: str) -> ResponseReturnValue:
    words = " ".join((*document.captions, document.subtitle, "sources")).lower()
    name = "-".join(re.findall("[a-z0-9]+", words))
    file = draw_apart(document, FileForm(form))
    return attached(file.content, file.media_type, f"{name}.{form}")
