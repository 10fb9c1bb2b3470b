"""Adding evidence to an answer, and taking it off."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments import citing
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.citing import Citing, cite
from auditapp.assessments.models import Address
from auditapp.assessments.setting import setting_of
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.evidence.forms import AddForm
from auditapp.evidence.queries import library
from auditapp.evidence.service import Adding, keep_upload
from auditapp.evidence.serving import storage
from auditapp.policy.permissions import Permission, require
from auditapp.web.errors import show_on
from auditapp.web.session import current_session


@blueprint.route("/assessments/<ref>/answers/<question_key>/evidence", methods=["GET", "POST"])
def add_evidence(ref: str, question_key: str) -> ResponseReturnValue:
    """Cite something held, or add a file or a link and cite that."""
    viewer, session = current_viewer(), current_session()
    setting = setting_of(session, viewer, ref)
    section_key = setting.section_key_of(question_key)
    require(viewer, Permission.EDIT_ANSWERS, setting.subject_of(section_key))
    form = AddForm()
    form.offer(library(session, viewer))
    back = url_for(
        "assessments.show_section", ref=ref, section_key=section_key, _anchor=question_key
    )
    if form.validate_on_submit():
        try:
            wanted = citing_in(form)
            with transaction(session):
                cite(session, viewer, Address(ref, question_key), wanted)
        except RuleBroken as error:
            show_on(form, error)
        else:
            flash(f"Added to {setting.asked.number_of(question_key)}.", "success")
            return redirect(back)
    page = {"setting": setting, "question_key": question_key, "form": form, "back": back}
    status = 422 if form.is_submitted() else 200
    return render_template("assessments/add_evidence.html", **page), status


@blueprint.post("/assessments/<ref>/citations/<citation_ref>/remove")
def remove_citation(ref: str, citation_ref: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    with transaction(session):
        question_key = citing.remove_citation(session, viewer, ref, citation_ref)
    section_key = setting_of(session, viewer, ref).section_key_of(question_key)
    return redirect(
        url_for("assessments.show_section", ref=ref, section_key=section_key, _anchor=question_key)
    )


def citing_in(form: AddForm) -> Citing:
    """What the form cites. An upload is checked and kept here, before any transaction.

    Raises:
        RuleBroken: the file may not be kept.
    """
    pointer = form.pointer.data or ""
    if form.item.data:
        return Citing(item_ref=form.item.data, pointer=pointer)
    sent = form.file.data
    kept = keep_upload(storage(), sent.filename or "", sent.stream) if sent else None
    adding = Adding(
        title=(form.title.data or "").strip(), file=kept, url=(form.url.data or "").strip()
    )
    return Citing(adding=adding, pointer=pointer)
