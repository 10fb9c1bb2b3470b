"""Who gets in, in words: written from docs/policy/access.md, not from the permission table.

`WHO` says for each endpoint which roles may use it over something of their own; after a comma, from
when on. `REACH` says what is a role's own, `SEES` which of its own things a role knows of at all.
"""

from auditapp.policy.states import SUBMITTED_STATES

SIGNED_IN = "CTB LEAD SIGN PM PC PA SCR PV SYS"
STRANGERS = "SUR ANO"  # neither has an account
EVERYONE = f"{SIGNED_IN} {STRANGERS}"
READERS = "PM PC PA SCR"  # of what was submitted, outside the organisation
ONCE_SUBMITTED = ", once submitted"  # also while it is open again
WHILE_SUBMITTED = ", while submitted"
ONCE_RELEASED = ", once released"

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
    "questionnaires.blank_form_file": "PA SCR",
    "questionnaires.show_sources": "PA SCR",
    "questionnaires.sources_file": "PA SCR",
    "questionnaires.publish_file": "PA",
    "files.download_template": "PA SCR",
    "files.download_workbook": "PA SCR",
    "files.review_file": "PA",
    "drafts.list_drafts": "PA SCR",
    "drafts.show_draft": "PA SCR",
    "drafts.preview": "PA SCR",
    "drafts.download": "PA SCR",
    "drafts.history": "PA SCR",
    "drafts.start": "PA",
    "drafts.start_from_file": "PA",
    "drafts.edit_part": "PA",
    "drafts.add_part": "PA",
    "drafts.change_answer": "PA",
    "drafts.move_part": "PA",
    "drafts.remove_part": "PA",
    "drafts.describe": "PA",
    "drafts.replace": "PA",
    "drafts.restore": "PA",
    "drafts.publish": "PA",
    "drafts.discard": "PA",
    "versions.compare": "PA SCR",
    "versions.confirm": "PA",
    "versions.retire": "PA",
    "rounds.list_rounds": "PA",
    "rounds.create_round": "PA",
    "rounds.edit_round": "PA",
    "rounds.choose_organisations": "PA",
    "invitations.show_round": "PA",
    "invitations.open_round": "PA",
    "invitations.extend_round": "PA",
    "invitations.close_round": "PA",
    "invitations.remind": "PA",
    "invitations.extend_assessment": "PA",
    "invitations.excuse_assessment": "PA",
    "invitations.reinstate_assessment": "PA",
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
    "assessments.check_answers": "LEAD SIGN CTB",
    "assessments.show_sources": "LEAD SIGN CTB",
    "assessments.sources_file": "LEAD SIGN CTB",
    "assessments.send_for_sign_off": "LEAD",
    "assessments.take_back": "LEAD",
    "assessments.show_sign_off": "SIGN",
    "assessments.sign": "SIGN",
    "assessments.send_back": "SIGN",
    "assessments.show_receipt": f"LEAD SIGN CTB {READERS}" + ONCE_SUBMITTED,
    "assessments.show_submission": f"LEAD SIGN CTB {READERS}" + ONCE_SUBMITTED,
    "assessments.submission_file": f"LEAD SIGN CTB {READERS}" + ONCE_SUBMITTED,
    "assessments.show_submitted_sources": f"LEAD SIGN CTB {READERS}" + ONCE_SUBMITTED,
    "assessments.submitted_sources_file": f"LEAD SIGN CTB {READERS}" + ONCE_SUBMITTED,
    "assessments.download_cited": f"LEAD SIGN CTB {READERS}" + ONCE_SUBMITTED,
    "evidence.list_evidence": "LEAD SIGN CTB",
    "evidence.download": "LEAD SIGN CTB",
    "evidence.edit_evidence": "LEAD",
    "evidence.remove_evidence": "LEAD",
    "actions.list_actions": "LEAD SIGN PA SCR PV",
    "actions.edit_action": "LEAD",
    "moderation.queue": READERS,
    "moderation.show_assessment": READERS + WHILE_SUBMITTED,
    "moderation.read_section": "PM" + WHILE_SUBMITTED,
    "moderation.mark_answer": "PM" + WHILE_SUBMITTED,
    "moderation.agree_with_rest": "PM" + WHILE_SUBMITTED,
    "moderation.allocate": "PC PA" + WHILE_SUBMITTED,
    "moderation.reveal": "PC" + WHILE_SUBMITTED,
    "moderation.settle": "PC" + WHILE_SUBMITTED,
    "moderation.settle_answer": "PC" + WHILE_SUBMITTED,
    "moderation.complete": "PC" + WHILE_SUBMITTED,
    "moderation.edit_feedback": "PC" + WHILE_SUBMITTED,
    "moderation.correct_feedback": "PA" + WHILE_SUBMITTED,
    "moderation.release_list": "PA",
    "moderation.release": "PA",
    "moderation.feedback_list": f"LEAD SIGN {READERS}",
    "moderation.show_feedback": f"LEAD SIGN {READERS}" + ONCE_RELEASED,
    "moderation.preview_feedback": READERS + WHILE_SUBMITTED,
    "moderation.feedback_file": f"LEAD SIGN {READERS}" + ONCE_RELEASED,
    "moderation.confirm_read": "LEAD SIGN" + ONCE_RELEASED,
    "reports.list_reports": "PA SCR PV",
    "reports.completion": "PA SCR PV",
    "reports.completion_file": "PA SCR PV",
    "reports.answers": "PA SCR PV PM PC",
    "reports.answers_file": "PA SCR PV PM PC",
    "reports.overview": "PA SCR PV PM PC",
    "reports.overview_file": "PA SCR PV PM PC",
}

# Places, seen from the people of an area: `home` is their school; `neighbour` another school in
# the same round; `later` their school in another round of the same partnership; `elsewhere` a
# school in another partnership. `aside` is a section of home that the contributor was not given.
# A panel is of one round; its member was given home alone.
REACH = {
    "LEAD": "home later aside",
    "SIGN": "home later aside",
    "CTB": "home",
    "PM": "home aside",
    "PC": "home neighbour aside",
    "PA": "home neighbour later aside",
    "SCR": "home neighbour later aside",
    "PV": "home neighbour later aside",
    "SYS": "",
}

# What an address names -> who knows that one of their own is there. Whoever does not is told
# exactly what they would be told of one that does not exist.
SEES = {
    "assessment": ("LEAD SIGN CTB PA", "PM PC SCR" + ONCE_SUBMITTED),
    "cited": (f"LEAD SIGN CTB {READERS}" + ONCE_SUBMITTED,),
    "round": ("PA SCR PV PM PC",),
    "draft": ("PA SCR PV",),
    "organisation": ("PA LEAD SIGN CTB",),
    "item": ("LEAD SIGN CTB",),
    "link": ("LEAD SIGN CTB",),
    "action": ("LEAD SIGN PA SCR",),
    "questionnaire": ("PA SCR PV",),
    "newer": ("PA SCR PV",),
    "writing": ("PA SCR",),
}

# Words on pages that tell where they come from: who may ever read them, within their reach.
# `draft`: an organisation's own, living; `sent`: what it submitted; `mark`: a member's rationale
# and panel-only note.
READS = {
    "draft": ("LEAD SIGN CTB",),
    "sent": ("LEAD SIGN CTB", READERS + ONCE_SUBMITTED),
    "note": ("PM" + WHILE_SUBMITTED, "PC PA SCR, while revealed"),
    "why": (
        "PM" + WHILE_SUBMITTED,
        "PC PA SCR, while revealed",
        f"LEAD SIGN {READERS}" + ONCE_RELEASED,
    ),
}

# Answers besides 2xx, 3xx, 409 and 422 that are as good: a link that was used, a disk too full.
AS_GOOD = {"accounts.set_password": {410}, "health.readyz": {503}}
# An upload that is kept no longer leads back to the page where one chooses it again.
GONE = dict.fromkeys(
    ("organisations.import_schools", "organisations.import_agencies", "files.review_file"), 302
)

CONDITIONS = {
    "once submitted": lambda stage: "sign" in stage.steps,
    "while submitted": lambda stage: stage.status in SUBMITTED_STATES,
    "while revealed": lambda stage: stage.revealed and stage.status in SUBMITTED_STATES,
    "once released": lambda stage: "release" in stage.steps,
}


def among(role, words, stage):
    """Whether `role` is one of `words` ("PA SCR, once submitted") at that stage."""
    roles, _, condition = words.partition(", ")
    return role in roles.split() and (not condition or CONDITIONS[condition](stage))


def is_public(endpoint):
    return "ANO" in WHO[endpoint]


def may_use(role, endpoint, stage):
    return among(role, WHO[endpoint], stage)


def whose(endpoint):
    """One role that may use it: the lead, or whoever is named first."""
    roles = WHO[endpoint].partition(",")[0].split()
    return "LEAD" if "LEAD" in roles else roles[0]


def knows_of(role, kind, stage):
    return any(among(role, words, stage) for words in SEES.get(kind, ()))


def may_read(role, kind, stage):
    return any(among(role, words, stage) for words in READS[kind])
