"""An answer's versions: those in conflict, and those of before."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments.answers import save_answer
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.conflict_page import Clash, clash_of, draw_clashes
from auditapp.assessments.forms import AnswerForm
from auditapp.assessments.models import Address
from auditapp.assessments.queries import versions_of
from auditapp.assessments.saving import AnswerStale, Conflict
from auditapp.assessments.section_page import SectionPage, section_page
from auditapp.assessments.setting import setting_of
from auditapp.assessments.settling import saving_of, settle_versions
from auditapp.assessments.standing import content_of
from auditapp.core.errors import NOT_FOUND, Missing, RuleBroken
from auditapp.core.transactions import transaction
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.questionnaires.values import shown_of
from auditapp.web.session import current_session


@blueprint.route("/assessments/<ref>/sections/<section_key>/two-versions", methods=["GET", "POST"])
def resolve_conflict(ref: str, section_key: str) -> ResponseReturnValue:
    """Take what an answer should say from two versions. The page itself came with the refusal."""
    viewer, session = current_viewer(), current_session()
    page = section_page(session, viewer, ref, section_key)
    require(viewer, Permission.EDIT_ANSWERS, page.setting.subject_of(section_key))
    if request.method != "POST":
        return redirect(url_for("assessments.show_section", ref=ref, section_key=section_key))
    clashes = _clashes(page)
    later = request.form.get("then") == "later"
    try:
        _settle(session, viewer, ref, clashes, later=later)
    except RuleBroken as broken:
        return draw_clashes(page, clashes, broken), 422
    except AnswerStale:
        again = section_page(session, viewer, ref, section_key)
        return draw_clashes(again, _clashes(again, over_again=True)), 409
    keys = [clash.line.key for clash in clashes]
    flash(_said(clashes, later), "success")
    settled = ",".join(keys)
    return redirect(
        url_for(
            "assessments.show_section",
            ref=ref,
            section_key=section_key,
            settled=settled,
            _anchor=keys[0] if keys else "",
        )
    )


def _settle(
    session: Session, viewer: Viewer, ref: str, clashes: list[Clash], *, later: bool
) -> None:
    """All choices are looked at before anything is kept."""
    results = [clash.conflict.content if later else clash.result for clash in clashes]
    for clash, result in zip(clashes, results, strict=True):
        with transaction(session):
            settle_versions(
                session,
                viewer,
                Address(ref, clash.line.key),
                clash.saving,
                result,
                clash.line.question,
            )


def _clashes(page: SectionPage, *, over_again: bool = False) -> list[Clash]:
    """The standards that the page was about. `over_again`: someone saved since it was drawn, so
    what is saved now stands beside what was typed, and nothing is chosen."""
    clashes = []
    for line, _ in page.part.in_order:
        if AnswerForm.was_sent(line.key):
            said = line.answer
            now = Conflict(
                line.section_key,
                line.revision,
                line.content,
                who=said.author if said else "Nobody",
                saved_at=said.saved_at if said else None,
                is_own=said is not None and said.author_id == page.viewer.person_id,
            )
            mine = AnswerForm.sent(line.key, line.question)
            clashes.append(clash_of(page, line, now, mine, sent=not over_again))
    return clashes


def _said(clashes: list[Clash], later: bool) -> str:
    numbers = " and ".join(clash.line.number for clash in clashes)
    if later:
        return f"{numbers}: theirs stays for now; yours is among the saved versions."
    return f"{numbers}: saved. Both versions stay in the history."


@blueprint.get("/assessments/<ref>/answers/<question_key>/versions")
def show_versions(ref: str, question_key: str) -> ResponseReturnValue:
    viewer, session = current_viewer(), current_session()
    setting = setting_of(session, viewer, ref)
    section = setting.section_key_of(question_key)
    require(viewer, Permission.READ_ANSWERS, setting.subject_of(section))
    found = versions_of(session, setting.assessment.id, question_key)
    versions = [(revision, content_of(revision), author) for revision, author in found]
    entry, due_on = setting.asked.question(question_key).answer, setting.round.due_on
    return render_template(
        "assessments/versions.html",
        setting=setting,
        section=setting.asked.section(section),
        question_key=question_key,
        versions=versions,
        shown={it.number: shown_of(entry, content.value, due_on) for it, content, _ in versions},
        may_edit=setting.may_edit(viewer, section),
    )


@blueprint.post("/assessments/<ref>/answers/<question_key>/versions/<int:number>/restore")
def restore_version(ref: str, question_key: str, number: int) -> ResponseReturnValue:
    """Make the answer say again what it said: a new version, after those that there are."""
    viewer, session = current_viewer(), current_session()
    setting = setting_of(session, viewer, ref)
    section = setting.section_key_of(question_key)
    require(viewer, Permission.EDIT_ANSWERS, setting.subject_of(section))
    found = versions_of(session, setting.assessment.id, question_key)
    old = next((revision for revision, _ in found if revision.number == number), None)
    if old is None:
        raise Missing(NOT_FOUND)
    saving = saving_of(
        content_of(old),
        setting.asked.question(question_key),
        based_on=request.form.get("based_on", 0, int),
    )
    with transaction(session):
        save_answer(session, viewer, Address(ref, question_key), saving)
    flash("That version is the answer again. The others stay in the history.", "success")
    return redirect(
        url_for("assessments.show_section", ref=ref, section_key=section, _anchor=question_key)
    )
