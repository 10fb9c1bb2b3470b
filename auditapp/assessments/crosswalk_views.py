"""Which answers serve which law and guidance: as they stand, and as they were submitted."""

import re

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.crosswalk_tree import answers_document
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
from auditapp.questionnaires.shipped_sources import register
from auditapp.web.filters import when
from auditapp.web.sending import attached
from auditapp.web.session import current_session

FILE = "<any(pdf, xlsx, csv, json):form>"


@blueprint.get("/assessments/<ref>/sources")
def show_sources(ref: str) -> ResponseReturnValue:
    """By source and part, each standard with its grade as it stands."""
    setting, document = _standing(ref)
    return render_template("assessments/sources.html", setting=setting, document=document)


@blueprint.get(f"/assessments/<ref>/sources.{FILE}")
def sources_file(ref: str, form: str) -> ResponseReturnValue:
    """The same as a file."""
    return _sent(_standing(ref)[1], form)


@blueprint.get("/assessments/<ref>/submission/sources")
def show_submitted_sources(ref: str) -> ResponseReturnValue:
    """The same of what was submitted, for whoever may read it."""
    setting, document = _submitted(ref)
    return render_template("assessments/sources.html", setting=setting, document=document)


@blueprint.get(f"/assessments/<ref>/submission/sources.{FILE}")
def submitted_sources_file(ref: str, form: str) -> ResponseReturnValue:
    """The same as a file."""
    return _sent(_submitted(ref)[1], form)


def _standing(ref: str) -> tuple[Setting, Document]:
    """The draft, or the living record after it: a contributor's own sections."""
    viewer, session = current_viewer(), current_session()
    setting = setting_of(session, viewer, ref)
    require(viewer, Permission.READ_ANSWERS, setting.assessment)
    document = answers_document(
        setting,
        sheet_of(session, setting, setting.sections_for(viewer)).lines,
        partnership_of(session, setting),
        register(),
        link_to=lambda line: url_for(
            "assessments.show_section",
            ref=ref,
            section_key=line.section_key,
            _anchor=line.question.key,
        ),
        organisation_name=setting.organisation_name,
        title=setting.title,
        as_at=f"As it stood on {when(clock.now(), year=True)}",
    )
    return setting, document


def _submitted(ref: str) -> tuple[Setting, Document]:
    viewer, session = current_viewer(), current_session()
    submission = submission_of(session, viewer, ref)
    document = answers_document(
        submission.setting,
        submission.lines,
        partnership_of(session, submission.setting),
        register(),
        link_to=lambda line: url_for(
            "assessments.show_submission", ref=ref, _anchor=f"q-{line.question.key}"
        ),
        organisation_name=submission.snapshot.organisation_name,
        title=submission.title,
        as_at=f"Submitted at {submitted_at(submission)}",
    )
    return submission.setting, document


def _sent(document: Document, form: str) -> ResponseReturnValue:
    words = " ".join((*document.captions, document.subtitle, "sources")).lower()
    file = draw_apart(document, FileForm(form))
    return attached(
        file.content, file.media_type, f"{'-'.join(re.findall('[a-z0-9]+', words))}.{form}"
    )
