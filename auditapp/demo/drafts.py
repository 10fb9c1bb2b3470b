"""The questionnaire that the demonstration's business unit is in the middle of writing."""

from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership
from auditapp.authoring.beginning import begin_from
from auditapp.authoring.drafting import Action, Save, document_of, save
from auditapp.authoring.editing import added
from auditapp.authoring.parts import WHOLE
from auditapp.authoring.rewriting import rewritten
from auditapp.demo.stages import viewer_as
from auditapp.questionnaires.models import QuestionnaireVersion

SECTION = {
    "key": "serious-violence",
    "title": "Serious violence",
    "intro": "What your organisation knows and does about violence between young people.",
    "questions": [
        {
            "key": "known-risk",
            "title": "Children at risk are known",
            "text": "We know which children are at risk of serious violence, and who talks to them.",
            "why": "Children are safer when somebody acts before the second incident.",
        },
        {
            "key": "last-exercise",
            "title": "Last exercise",
            "text": "When did you last practise what you would do after an incident?",
            "answer": {"kind": "date", "within_months": 12},
        },
    ],
}


def begin_draft(session: Session, manager: Membership, version: QuestionnaireVersion) -> None:
    """The next version of a questionnaire, with a section that still lacks its descriptors."""
    viewer = viewer_as(session, manager)
    draft = begin_from(session, viewer, version.ref, own_title="", save_id="demo-begun")
    session.flush()
    document, address = added(document_of(version.yaml_text), WHOLE, "sections", SECTION)
    document["version"] = draft.version
    text = rewritten(version.yaml_text, document)
    saved = Save(text, document, Action.ADDED, address, draft.revision, "demo-added")
    save(session, viewer, draft.ref, saved)
