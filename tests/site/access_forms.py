"""For each form what a person would send, so that it does what it is for: every field it has."""

import io
from datetime import date, timedelta
from uuid import UUID

from auditapp.core import clock
from tests.factories import small_questionnaire
from tests.organisations.lists import content
from tests.site.access_world import AGENCIES, REFS

SAVE = str(UUID(int=7, version=4))
PASSWORD = "violet-harbour-ninety-lanterns"


def typed(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"


def in_days(days: int) -> str:
    return typed(clock.today() + timedelta(days))


def form_for(endpoint: str, refs: REFS) -> dict[str, object]:
    """The form's fields; of a button that sends none, an empty one."""
    make = FORMS.get(endpoint)
    return make(refs) if make else {}


def _answer(refs: REFS, revision: int = 3) -> dict[str, object]:
    fields = {
        "grade": "met",
        "reason": "",
        "what": "",
        "owner": "",
        "due": "",
        "commentary": "We do this now.",
        "impact": "A child was safer.",
        "based_on": str(revision),
        "save_id": SAVE,
    }
    return {f"{refs['question']}-{name}": value for name, value in fields.items()}


def _versions(refs: REFS) -> dict[str, object]:
    parts = ("grade", "commentary", "impact", "action")
    chosen = {f"{refs['question']}-keep-{part}": "mine" for part in parts}
    joined = {f"{refs['question']}-keep-joined_{part}": "" for part in ("commentary", "impact")}
    return _answer(refs) | chosen | joined | {"then": ""}


def _draft(**more: object) -> dict[str, object]:
    return {"based_on": "1", "save_id": SAVE} | more


def _plan(refs: REFS) -> dict[str, object]:
    return {
        "title": "Section 11, 2027",
        "period": "2027",
        "version_ref": refs["questionnaire"],
        "statutory": "statutory",
        "sign_off": "before-submission",
        "owner_ref": "",
        "opens_on": in_days(1),
        "due_on": in_days(30),
        "final_on": in_days(60),
        "moderation_ends_on": in_days(90),
        "feedback_by": in_days(100),
    }


def _person(**more: object) -> dict[str, object]:
    return {"name": "A newcomer", "email": "newcomer@example.org"} | more


def _letter(based_on: int) -> dict[str, object]:
    words = {"strengths": "Culture: strong.", "developments": "Online: more."}
    return words | {"based_on": str(based_on), "save_id": SAVE}


FORMS = {
    "dev.components": lambda refs: {"title": "A title"},
    "accounts.sign_in": lambda refs: {"email": "a@b.example", "password": "wrong", "next": ""},
    "accounts.choose_role": lambda refs: {"membership": refs.get("own", "")},
    "accounts.forgotten_password": lambda refs: {"email": "a@b.example"},
    "accounts.set_password": lambda refs: {"password": PASSWORD},
    "accounts.invite_colleague": lambda refs: _person(
        role="CTB", sections=[f"{refs['assessment']}:culture"]
    ),
    "accounts.invite_person": lambda refs: _person(
        role="LEAD", organisation_ref=refs["organisation"], round_ref=""
    ),
    "accounts.invite_administrator": lambda refs: _person(
        role="PA", partnership_ref=refs["partnership"]
    ),
    "organisations.edit_organisation": lambda refs: {
        "name": "Another name",
        "locality": "North",
        "commissions": "y",
    },
    "organisations.add_contact": lambda refs: {
        "contact-name": "A head",
        "contact-email": "head@example.org",
        "contact-role": "SIGN",
    },
    "organisations.remove_contact": lambda refs: {"role": "LEAD", "email": refs["contact"]},
    "organisations.upload_schools": lambda refs: {
        "file": (io.BytesIO(content("july-135.csv")), "schools.csv"),
        "links": (io.BytesIO(b""), ""),
    },
    "organisations.upload_agencies": lambda refs: {
        "agencies-file": (io.BytesIO(AGENCIES), "agencies.csv")
    },
    "organisations.edit_settings": lambda refs: {
        "name": "Another Partnership",
        "email": "unit@example.org",
        "hue": "#1d4b63",
        "logo": (io.BytesIO(b""), ""),
        "removes_logo": "",
        "names_organisations_to_viewers": "",
    },
    "questionnaires.publish_file": lambda refs: {
        "file": (io.BytesIO(small_questionnaire("newer").encode()), "newer.yaml")
    },
    "files.review_file": lambda refs: {},
    "drafts.start": lambda refs: _draft(which="own", title="One of our own"),
    "drafts.start_from_file": lambda refs: _draft(
        file=(io.BytesIO(small_questionnaire("newer").encode()), "newer.yaml")
    ),
    "drafts.replace": lambda refs: _draft(
        file=(io.BytesIO(small_questionnaire("newer").encode()), "newer.yaml")
    ),
    "drafts.edit_part": lambda refs: _draft(
        number="7b", title="Another title", text="Another text.", why="Why"
    ),
    "drafts.add_part": lambda refs: _draft(source="law", part="section 157"),
    "drafts.change_answer": lambda refs: _draft(answer="text"),
    "drafts.move_part": lambda refs: _draft(to="down"),
    "drafts.remove_part": lambda refs: _draft(),
    "drafts.describe": lambda refs: _draft(),
    "drafts.restore": lambda refs: _draft(number="1"),
    "drafts.publish": lambda refs: _draft(),
    "versions.confirm": lambda refs: {"became-o2": "o9", "part-o9": ""},
    "rounds.create_round": _plan,
    "rounds.edit_round": _plan,
    "rounds.choose_organisations": lambda refs: {
        "act": "all",
        "organisation": [refs["organisation"]],
        "codes": "",
    },
    "invitations.extend_round": lambda refs: {
        "due_on": in_days(40),
        "final_on": in_days(70),
        "reason": "A flood.",
    },
    "invitations.extend_assessment": lambda refs: {"due_on": in_days(45), "reason": "A flood."},
    "invitations.excuse_assessment": lambda refs: {"why": "excused", "reason": "A flood."},
    "invitations.reinstate_assessment": lambda refs: {"reason": "The flood is over."},
    "invitations.reopen_assessment": lambda refs: {"reason": "A page was missing."},
    "assessments.save_section": lambda refs: _answer(refs) | {"then": "stay"},
    "assessments.save_answer": _answer,
    "assessments.resolve_conflict": _versions,
    "assessments.restore_version": lambda refs: {"based_on": "3"},
    "assessments.add_evidence": lambda refs: {
        "item": refs["link"],
        "title": "",
        "file": (io.BytesIO(b""), ""),
        "url": "",
        "pointer": "page 9",
    },
    "assessments.sign": lambda refs: {
        "read": refs["read"],
        "declared": "y",
        "comment": "Read.",
    },
    "assessments.send_back": lambda refs: {"back-comment": "Say more."},
    "evidence.edit_evidence": lambda refs: {
        "title": "Other minutes",
        "owner": "IT manager",
        "review_on": in_days(90),
    },
    "actions.edit_action": lambda refs: {
        "done_on": in_days(0),
        "outcome": "It helped.",
        "based_on": "1",
    },
    "moderation.mark_answer": lambda refs: {
        "act": "",
        "grade": "exceeded",
        "rationale": "Seen in the minutes.",
        "note": "Ask again.",
        "based_on": "0",
        "save_id": SAVE,
    },
    "moderation.agree_with_rest": lambda refs: {
        "standards": [refs["question"]],
        "grade": "",
        "rationale": "",
        "note": "",
        "based_on": "0",
        "save_id": SAVE,
    },
    "moderation.allocate": lambda refs: {"members": [refs["panel"]], "based_on": refs["panel"]},
    "moderation.settle_answer": lambda refs: {
        "act": "",
        "grade": "partly-met",
        "rationale": "The minutes say less.",
        "based_on": "0",
        "save_id": SAVE,
    },
    "moderation.complete": lambda refs: {"save_id": SAVE},
    "moderation.edit_feedback": lambda refs: _letter(0),
    "moderation.correct_feedback": lambda refs: _letter(1),
    "moderation.release": lambda refs: {
        "chosen": [refs["assessment"]],
        "confirmed": "yes",
        "save_id": SAVE,
    },
}
