"""A section's page: answering, standard by standard."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.citing import remove_citation
from auditapp.assessments.conflict_page import clashes_of, draw_clashes
from auditapp.assessments.forms import AnswerForm
from auditapp.assessments.section_page import SectionPage, forms_of, save_section, section_page
from auditapp.core.transactions import transaction
from auditapp.policy.roles import Viewer
from auditapp.web.session import current_session


@blueprint.get("/assessments/<ref>/sections/<section_key>")
def show_section(ref: str, section_key: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    page = section_page(session, viewer, ref, section_key)
    return _drawn(page, forms_of(page, request.args.get("bring", "")))


@blueprint.post("/assessments/<ref>/sections/<section_key>", endpoint="save_section")
def save_page(ref: str, section_key: str) -> ResponseReturnValue:
    """Save the whole page. What another person changed meanwhile comes back as two versions."""
    viewer, session = current_viewer(), current_session()
    page = section_page(session, viewer, ref, section_key)
    page.check_open()
    asked = [line.question for line, _ in page.part.in_order]
    forms = {it.key: AnswerForm.sent(it.key, it) for it in asked if AnswerForm.was_sent(it.key)}
    outcome = save_section(session, viewer, page, forms)
    if outcome.refused:
        again = section_page(session, viewer, ref, section_key)
        if _refused(again, forms):
            return _drawn(again, forms_of(again) | forms), 422
    if outcome.conflicts:
        again = section_page(session, viewer, ref, section_key)
        clashes = clashes_of(again, outcome.conflicts, forms)
        return draw_clashes(again, clashes), 409
    return redirect(_onwards(session, viewer, ref, page))


def _drawn(page: SectionPage, forms: dict[str, AnswerForm]) -> str:
    settled = frozenset(request.args.get("settled", "").split(","))
    shown = replace(page, settled=settled)
    return render_template(
        "assessments/section.html", page=shown, forms=forms, refused=_refused(page, forms)
    )


def _refused(page: SectionPage, forms: Mapping[str, AnswerForm]) -> dict[str, AnswerForm]:
    """By number, what cannot be kept of what is asked now; what is not asked refuses nothing."""
    sent = {line.number: forms[line.key] for line in page.part.lines if line.key in forms}
    return {number: form for number, form in sent.items() if form.errors}


def _onwards(session: Session, viewer: Viewer, ref: str, page: SectionPage) -> str:
    """Where the button leads: on, or to what was asked for at one question, or to what the answers
    ask now besides."""
    section_key = page.part.section.key
    here = partial(url_for, "assessments.show_section", ref=ref, section_key=section_key)
    act, _, about = request.form.get("then", "").partition(":")
    if act == "evidence":
        return url_for("assessments.add_evidence", ref=ref, question_key=about)
    if act == "bring":
        return here(bring=about, _anchor=about)
    if act == "remove":
        with transaction(session):
            key = remove_citation(session, viewer, ref, about)
        return here(_anchor=key)
    if act == "stay":
        return here()
    again = section_page(session, viewer, ref, section_key)
    before = {line.key for line in page.part.lines}
    more = [line for line in again.part.lines if line.key not in before]
    if more:
        numbers = ", ".join(line.number for line in more)
        flash(f"Your answers are saved. They ask for more: {numbers}.", "notice")
        return here(_anchor=more[0].key)
    following = again.next_part
    if following is None:
        return url_for("assessments.check_answers", ref=ref)
    return here(section_key=following.section.key)
