"""Every endpoint x eleven roles x own and foreign: who gets in, written a second time in words.

`WHO` says for each endpoint which roles may use it, over something of their own. Over something
foreign nobody may, and it looks as if it were not there. What a role may do in which state of an
assessment is the permission table's (tests/policy/test_table.py); here it is shown that each page
asks for it.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from auditapp.actions.models import Action, ActionRevision
from auditapp.assessments.models import Assessment, SnapshotCitation
from auditapp.evidence.models import EvidenceItem
from auditapp.moderation.models import Feedback, FeedbackRevision, Moderation
from auditapp.organisations.models import Contact, Partnership
from auditapp.policy.endpoints import ENDPOINTS
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from auditapp.rounds.models import Round

SIGNED_IN = "CTB LEAD SIGN PM PC PA SCR PV SYS"
EVERYONE = f"{SIGNED_IN} SUR ANO"
READERS = "PM PC PA SCR"
# Endpoint -> roles that may use it; after a colon, the state in which it is tried (submitted
# unless said). Two names for a state: before and after it is submitted.
WHO = {
    "static": EVERYONE,
    "dev.components": EVERYONE,
    "health.healthz": EVERYONE,
    "health.readyz": EVERYONE,
    "health.show": "SYS",
    "home.home": SIGNED_IN,
    "home.help": EVERYONE,
    "home.accessibility": EVERYONE,
    "home.privacy": EVERYONE,
    "accounts.sign_in": EVERYONE,
    "accounts.sign_out": SIGNED_IN,
    "accounts.no_role": SIGNED_IN,
    "accounts.choose_role": SIGNED_IN,
    "accounts.forgotten_password": EVERYONE,
    "accounts.set_password": EVERYONE,
    "accounts.list_colleagues": "LEAD",
    "accounts.invite_colleague": "LEAD",
    "accounts.end_colleague": "LEAD",
    "accounts.list_people": "PA",
    "accounts.invite_person": "PA",
    "accounts.end_membership": "PA",
    "accounts.list_accounts": "SYS",
    "accounts.invite_administrator": "SYS",
    "accounts.end_account": "SYS",
    "messages.list_messages": "PA",
    "messages.show_message": "PA",
    "organisations.list_organisations": "PA",
    "organisations.show_organisation": "PA",
    "organisations.edit_organisation": "PA",
    "organisations.add_contact": "PA",
    "organisations.remove_contact": "PA",
    "organisations.choose_import": "PA",
    "organisations.upload_schools": "PA",
    "organisations.upload_agencies": "PA",
    "organisations.import_schools": "PA",
    "organisations.import_agencies": "PA",
    "organisations.agencies_template": "PA",
    "organisations.edit_settings": "PA",
    "organisations.theme": EVERYONE,
    "organisations.logo": EVERYONE,
    "questionnaires.list_questionnaires": "PA SCR",
    "questionnaires.show_questionnaire": "PA SCR",
    "questionnaires.download": "PA SCR",
    "questionnaires.publish_file": "PA",
    "rounds.list_rounds": "PA",
    "rounds.create_round": "PA",
    "rounds.edit_round": "PA",
    "rounds.choose_organisations": "PA",
    "invitations.show_round": "PA",
    "invitations.open_round": "PA",
    "invitations.extend_round": "PA",
    "invitations.close_round": "PA",
    "invitations.remind": "PA",
    "invitations.extend_assessment": "PA: in-progress",
    "invitations.excuse_assessment": "PA: in-progress",
    "invitations.reinstate_assessment": "PA: excused",
    "invitations.reopen_assessment": "PA",
    "assessments.current": "LEAD SIGN CTB",
    "assessments.show_task_list": "LEAD SIGN CTB",
    "assessments.show_section": "LEAD SIGN CTB",
    "assessments.save_section": "LEAD CTB",
    "assessments.save_answer": "LEAD CTB",
    "assessments.show_versions": "LEAD SIGN CTB",
    "assessments.restore_version": "LEAD CTB",
    "assessments.resolve_conflict": "LEAD CTB",
    "assessments.add_evidence": "LEAD CTB",
    "assessments.remove_citation": "LEAD CTB",
    "assessments.check_answers": "LEAD SIGN CTB: in-progress",
    "assessments.send_for_sign_off": "LEAD: in-progress",
    "assessments.take_back": "LEAD: awaiting-sign-off",
    "assessments.show_sign_off": "SIGN: awaiting-sign-off",
    "assessments.sign": "SIGN: awaiting-sign-off",
    "assessments.send_back": "SIGN: awaiting-sign-off",
    "assessments.show_receipt": f"LEAD SIGN CTB {READERS}",
    "assessments.show_submission": f"LEAD SIGN CTB {READERS}",
    "assessments.submission_file": f"LEAD SIGN CTB {READERS}",
    "assessments.download_cited": f"LEAD SIGN CTB {READERS}",
    "evidence.list_evidence": "LEAD SIGN CTB",
    "evidence.download": "LEAD SIGN CTB",
    "evidence.edit_evidence": "LEAD",
    "evidence.remove_evidence": "LEAD",
    "actions.list_actions": "LEAD SIGN PA SCR PV",
    "actions.edit_action": "LEAD",
    "moderation.queue": READERS,
    "moderation.show_assessment": READERS,
    "moderation.read_section": "PM: in-moderation",
    "moderation.mark_answer": "PM: in-moderation",
    "moderation.agree_with_rest": "PM: in-moderation",
    "moderation.allocate": "PC PA",
    "moderation.reveal": "PC: in-moderation",
    "moderation.settle": "PC: in-moderation",
    "moderation.settle_answer": "PC: in-moderation",
    "moderation.complete": "PC: in-moderation",
    "moderation.edit_feedback": "PC PA: moderation-completed",
    "moderation.correct_feedback": "PA: feedback-released",
    "moderation.release_list": "PA",
    "moderation.release": "PA",
    "moderation.feedback_list": f"LEAD SIGN {READERS}",
    "moderation.show_feedback": f"LEAD SIGN {READERS}: feedback-released",
    "moderation.preview_feedback": f"{READERS}: moderation-completed",
    "moderation.feedback_file": f"LEAD SIGN {READERS}: feedback-released",
    "moderation.confirm_read": "LEAD SIGN: feedback-released",
    "reports.list_reports": "PA SCR PV",
    "reports.completion": "PA SCR PV",
    "reports.completion_file": "PA SCR PV",
    "reports.overview": "PA SCR PV PM PC",
    "reports.overview_file": "PA SCR PV PM PC",
}
# Pages about the viewer's own place: there is nothing foreign to ask for.
STATELESS_TOKENS = {"token": "a-token-nobody-has", "sha256": "0" * 64, "message_id": "x"}


def roles_of(endpoint):
    return set(WHO[endpoint].partition(":")[0].split())


def status_of(endpoint):
    return Status(WHO[endpoint].partition(":")[2].strip() or "submitted")


@dataclass
class Area:
    """One partnership with one of everything, and somebody in each role."""

    values: dict[str, dict[str, object]]  # blueprint -> values of its addresses' parameters
    people: dict[Role, object]


def build(make, status):
    partnership = make.partnership()
    round_ = make.round_row(partnership=partnership)
    place = make.organisation(partnership=partnership)
    assessment = make.assessment(
        status=status if status in (Status.EXCUSED,) else status,
        organisation=place,
        round_=round_,
    )
    answer = make.answer(assessment)
    people = everyone(make, partnership, round_, assessment)
    values = objects(make, partnership, round_, place, assessment, people, answer)
    return Area(values, people)


def everyone(make, partnership, round_, assessment):
    place = assessment.organisation_id
    held = {
        Role.LEAD: make.membership(Role.LEAD, organisation_id=place),
        Role.SIGNATORY: make.membership(Role.SIGNATORY, organisation_id=place),
        Role.CONTRIBUTOR: make.contributor(assessment, "culture"),
        Role.PANEL_MEMBER: make.panel_member(assessment, round_id=round_.id),
        Role.PANEL_CHAIR: make.membership(Role.PANEL_CHAIR, round_id=round_.id),
        Role.SYSTEM_ADMINISTRATOR: make.membership(Role.SYSTEM_ADMINISTRATOR),
    }
    for role in (Role.ADMINISTRATOR, Role.SCRUTINEER, Role.PARTNERSHIP_VIEWER):
        held[role] = make.membership(role, partnership_id=partnership.id)
    return held


def objects(make, partnership, round_, place, assessment, people, answer):
    """What each blueprint's addresses name, in this area."""
    person_id = people[Role.LEAD].person_id
    item = make.keep(
        EvidenceItem(
            organisation_id=place.id, title="Minutes", url="https://x.example", added_by=person_id
        )
    )
    action = make.keep(
        Action(
            organisation_id=place.id,
            standard_key="c1",
            assessment_id=assessment.id,
            number=1,
            due_on=date(2030, 1, 1),
        )
    )
    make.keep(ActionRevision(action_id=action.id, number=1, what="Do it", author_id=person_id))
    contact = make.keep(
        Contact(organisation_id=place.id, role="LEAD", name="A lead", email="lead@x.example")
    )
    citation = cited(make, assessment, item)
    letter(make, assessment, people)
    in_assessment = {
        "ref": assessment.ref,
        "section_key": "culture",
        "question_key": "c1",
        "number": 1,
        "citation_ref": citation,
    }
    in_round = {"ref": round_.ref, "assessment_ref": assessment.ref, "format": "csv"}
    del answer
    return {
        "assessments": in_assessment,
        "moderation": in_assessment,
        "invitations": in_round,
        "rounds": in_round,
        "reports": in_round,
        "organisations": {"ref": place.ref, "contact": contact.id},
        "evidence": {"ref": item.ref},
        "actions": {"ref": action.ref},
        "partnership": {"ref": partnership.ref},
        "colleague": {"ref": people[Role.CONTRIBUTOR].ref},
        "member": {"ref": people[Role.SCRUTINEER].ref},
        "account": {"ref": people[Role.SYSTEM_ADMINISTRATOR].ref},
        "round": in_round,
    }
