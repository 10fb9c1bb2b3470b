"""What was submitted: to be read, printed, and its evidence opened."""

import re

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.setting import Setting
from auditapp.assessments.submission_tree import receipt_document, submission_document
from auditapp.assessments.submissions import cited_file, submission_of
from auditapp.documents.apart import draw_apart
from auditapp.documents.files import FileForm
from auditapp.evidence.serving import send_blob
from auditapp.organisations.models import Partnership
from auditapp.web.sending import attached
from auditapp.web.session import current_session

DOCUMENTS = {"submission": submission_document, "receipt": receipt_document}


@blueprint.get("/assessments/<ref>/submission")
def show_submission(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    submission = submission_of(session, viewer, ref)
    return render_template("assessments/submission.html", submission=submission)


@blueprint.get("/assessments/<ref>/receipt")
def show_receipt(ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    submission = submission_of(session, viewer, ref)
    return render_template(
        "assessments/receipt.html", submission=submission, viewer_role=viewer.role
    )


@blueprint.get("/assessments/<ref>/<any(submission, receipt):name>.pdf")
def submission_file(ref: str, name: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    submission = submission_of(session, viewer, ref)
    document = DOCUMENTS[name](submission, partnership_of(session, submission.setting))
    words = f"{submission.title} {submission.snapshot.organisation_name} {name}"
    file_name = "-".join(re.findall(r"[a-z0-9]+", words.lower()))
    file = draw_apart(document, FileForm.PDF)
    return attached(file.content, file.media_type, f"{file_name}.pdf")


@blueprint.get("/cited/<ref>")
def download_cited(ref: str) -> ResponseReturnValue:
    """A file as it was when it was submitted, whatever the library holds now."""
    viewer, session = current_viewer(), current_session()
    citation, blob = cited_file(session, viewer, ref)
    return send_blob(blob, citation.file_name)


def partnership_of(session: Session, setting: Setting) -> Partnership:
    """Whose round it is: its name and hue are on the document."""
    wanted = Partnership.id == setting.round.partnership_id
    return session.scalars(select(Partnership).where(wanted)).one()
