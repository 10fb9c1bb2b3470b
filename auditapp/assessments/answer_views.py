"""Saving one standard, as the page's script does after a pause."""

from flask import url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from auditapp.accounts.signing_in import current_viewer
from auditapp.assessments import answers
from auditapp.assessments.blueprint import blueprint
from auditapp.assessments.forms import AnswerForm, messages_of
from auditapp.assessments.models import Address
from auditapp.assessments.saving import AnswerStale, Saved
from auditapp.core.errors import RuleBroken
from auditapp.core.transactions import transaction
from auditapp.web.filters import time
from auditapp.web.given_back import name_fields
from auditapp.web.session import current_session


@blueprint.record_once
def _name_fields(state: BlueprintSetupState) -> None:
    name_fields(state.app, {field.short_name: field.label.text for field in AnswerForm()})


@blueprint.post("/assessments/<ref>/answers/<question_key>")
def save_answer(ref: str, question_key: str) -> ResponseReturnValue:
    """Keep one answer; what came of it as JSON, in the words of static/js/autosave.js."""
    viewer, session = current_viewer(), current_session()
    form = AnswerForm.sent(question_key)
    if not form.validate():
        return {"errors": form.messages}, 422
    try:
        with transaction(session):
            saved = answers.save_answer(session, viewer, Address(ref, question_key), form.saving)
    except AnswerStale as stale:
        section_key = stale.conflict.section_key
        page = url_for("assessments.show_section", ref=ref, section_key=section_key)
        who = "You, in another window," if stale.conflict.is_own else stale.conflict.who
        return {"conflict_url": f"{page}#{question_key}", "who": who}, 409
    except RuleBroken as broken:
        said = messages_of(broken).items()
        return {"errors": {f"{question_key}-{field}": message for field, message in said}}, 422
    return _as_json(saved)


def _as_json(saved: Saved) -> dict[str, object]:
    return {
        "saved_at": time(saved.saved_at),
        "revision": saved.revision,
        "state": saved.state.value,
        "needs": saved.needs,
        "late": saved.late,
        "asked": saved.asked,
    }
