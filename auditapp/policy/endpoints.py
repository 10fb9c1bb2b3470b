"""Every endpoint, with the permission its pages ask for. One that is not listed answers 404."""

from enum import StrEnum

from auditapp.policy.permissions import Permission as P


class Open(StrEnum):
    """Pages that no permission guards."""

    TO_ALL = "to-all"
    TO_SIGNED_IN = "to-signed-in"


ENDPOINTS: dict[str, P | Open] = {
    "static": Open.TO_ALL,
    "dev.components": Open.TO_ALL,
    "health.healthz": Open.TO_ALL,
    "health.readyz": Open.TO_ALL,
    "health.show": P.MANAGE_INSTALLATION,
    "home.home": Open.TO_SIGNED_IN,
    "home.help": Open.TO_ALL,
    "home.accessibility": Open.TO_ALL,
    "home.privacy": Open.TO_ALL,
    # accounts
    "accounts.sign_in": Open.TO_ALL,
    "accounts.sign_out": Open.TO_SIGNED_IN,
    "accounts.no_role": Open.TO_SIGNED_IN,
    "accounts.choose_role": Open.TO_SIGNED_IN,
    "accounts.forgotten_password": Open.TO_ALL,
    "accounts.set_password": Open.TO_ALL,
    "accounts.list_colleagues": P.INVITE_COLLEAGUES,
    "accounts.invite_colleague": P.INVITE_COLLEAGUES,
    "accounts.end_colleague": P.INVITE_COLLEAGUES,
    "accounts.list_people": P.MANAGE_PEOPLE,
    "accounts.invite_person": P.MANAGE_PEOPLE,
    "accounts.end_membership": P.MANAGE_PEOPLE,
    "accounts.list_accounts": P.MANAGE_INSTALLATION,
    "accounts.invite_administrator": P.MANAGE_INSTALLATION,
    "accounts.end_account": P.MANAGE_INSTALLATION,
    # messages
    "messages.list_messages": P.SEE_MESSAGES,
    "messages.show_message": P.SEE_MESSAGES,
    # organisations
    "organisations.list_organisations": P.MANAGE_ORGANISATIONS,
    "organisations.show_organisation": P.MANAGE_ORGANISATIONS,
    "organisations.edit_organisation": P.MANAGE_ORGANISATIONS,
    "organisations.add_contact": P.MANAGE_ORGANISATIONS,
    "organisations.remove_contact": P.MANAGE_ORGANISATIONS,
    "organisations.choose_import": P.MANAGE_ORGANISATIONS,
    "organisations.upload_schools": P.MANAGE_ORGANISATIONS,
    "organisations.upload_agencies": P.MANAGE_ORGANISATIONS,
    "organisations.import_schools": P.MANAGE_ORGANISATIONS,
    "organisations.import_agencies": P.MANAGE_ORGANISATIONS,
    "organisations.agencies_template": P.MANAGE_ORGANISATIONS,
    "organisations.edit_settings": P.CHANGE_SETTINGS,
    "organisations.theme": Open.TO_ALL,
    "organisations.logo": Open.TO_ALL,
    # questionnaires
    "questionnaires.list_questionnaires": P.SEE_QUESTIONNAIRES,
    "questionnaires.show_questionnaire": P.SEE_QUESTIONNAIRES,
    "questionnaires.download": P.SEE_QUESTIONNAIRES,
    "questionnaires.show_sources": P.SEE_QUESTIONNAIRES,
    "questionnaires.sources_file": P.SEE_QUESTIONNAIRES,
    "questionnaires.publish_file": P.PUBLISH_QUESTIONNAIRES,
    # rounds
    "rounds.list_rounds": P.CREATE_ROUND,
    "rounds.create_round": P.CREATE_ROUND,
    "rounds.edit_round": P.MANAGE_ROUND,
    "rounds.choose_organisations": P.MANAGE_ROUND,
    "invitations.show_round": P.MANAGE_ROUND,
    "invitations.open_round": P.MANAGE_ROUND,
    "invitations.extend_round": P.MANAGE_ROUND,
    "invitations.close_round": P.MANAGE_ROUND,
    "invitations.remind": P.MANAGE_ROUND,
    "invitations.extend_assessment": P.MANAGE_ROUND,
    "invitations.excuse_assessment": P.MANAGE_ROUND,
    "invitations.reinstate_assessment": P.MANAGE_ROUND,
    "invitations.reopen_assessment": P.REOPEN,
    # assessments
    "assessments.current": P.READ_ANSWERS,
    "assessments.show_task_list": P.READ_ANSWERS,
    "assessments.show_section": P.READ_ANSWERS,
    "assessments.save_section": P.EDIT_ANSWERS,
    "assessments.save_answer": P.EDIT_ANSWERS,
    "assessments.show_versions": P.READ_ANSWERS,
    "assessments.restore_version": P.EDIT_ANSWERS,
    "assessments.resolve_conflict": P.EDIT_ANSWERS,
    "assessments.add_evidence": P.EDIT_ANSWERS,
    "assessments.remove_citation": P.EDIT_ANSWERS,
    "assessments.check_answers": P.READ_ANSWERS,
    "assessments.show_sources": P.READ_ANSWERS,
    "assessments.sources_file": P.READ_ANSWERS,
    "assessments.send_for_sign_off": P.SEND_FOR_SIGN_OFF,
    "assessments.take_back": P.TAKE_BACK,
    "assessments.show_sign_off": P.SIGN,
    "assessments.sign": P.SIGN,
    "assessments.send_back": P.SEND_BACK,
    "assessments.show_receipt": P.READ_SNAPSHOT,
    "assessments.show_submission": P.READ_SNAPSHOT,
    "assessments.submission_file": P.READ_SNAPSHOT,
    "assessments.show_submitted_sources": P.READ_SNAPSHOT,
    "assessments.submitted_sources_file": P.READ_SNAPSHOT,
    "assessments.download_cited": P.READ_SNAPSHOT,
    # evidence
    "evidence.list_evidence": P.SEE_EVIDENCE,
    "evidence.download": P.SEE_EVIDENCE,
    "evidence.edit_evidence": P.CHANGE_EVIDENCE,
    "evidence.remove_evidence": P.CHANGE_EVIDENCE,
    # actions
    "actions.list_actions": P.SEE_ACTIONS,
    "actions.edit_action": P.EDIT_ACTIONS,
    # moderation
    "moderation.queue": P.SEE_SETTLED,
    "moderation.show_assessment": P.SEE_SETTLED,
    "moderation.read_section": P.MARK,
    "moderation.mark_answer": P.MARK,
    "moderation.agree_with_rest": P.MARK,
    "moderation.allocate": P.ALLOCATE,
    "moderation.reveal": P.REVEAL,
    "moderation.settle": P.SETTLE,
    "moderation.settle_answer": P.SETTLE,
    "moderation.complete": P.COMPLETE_MODERATION,
    "moderation.edit_feedback": P.SETTLE,
    "moderation.correct_feedback": P.RELEASE,
    "moderation.release_list": P.MANAGE_ROUND,
    "moderation.release": P.MANAGE_ROUND,  # and P.RELEASE over each that is chosen
    "moderation.feedback_list": P.READ_FEEDBACK,
    "moderation.show_feedback": P.READ_FEEDBACK,
    "moderation.preview_feedback": P.SEE_SETTLED,
    "moderation.feedback_file": P.READ_FEEDBACK,
    "moderation.confirm_read": P.CONFIRM_READ,
    # reports
    "reports.list_reports": P.SEE_REPORTS,
    "reports.completion": P.SEE_COMPLETION,
    "reports.completion_file": P.SEE_COMPLETION,
    "reports.overview": P.SEE_OVERVIEW,
    "reports.overview_file": P.SEE_OVERVIEW,
}
