"""Beginning a draft: from a published version, or from a file."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from auditapp.accounts.queries import refreshed
from auditapp.authoring.drafting import Action, Save, document_of, keep, named
from auditapp.authoring.editing import key_from
from auditapp.authoring.models import DraftRevision, QuestionnaireDraft
from auditapp.authoring.parts import WHOLE
from auditapp.authoring.rewriting import rewritten
from auditapp.organisations.models import Partnership
from auditapp.policy.permissions import Permission, require
from auditapp.policy.roles import Viewer
from auditapp.policy.scope import get_visible_or_404, visible
from auditapp.questionnaires.composing import composed
from auditapp.questionnaires.models import QuestionnaireVersion
from auditapp.questionnaires.publishing import is_workbook, take, text_of
from auditapp.questionnaires.queries import version_by_ref
from auditapp.questionnaires.reading import EXPECTED, questionnaire_in


def text_of_file(content: bytes, name: str) -> str:
    """The text of an uploaded file that a draft can say: a questionnaire's YAML, which may still
    lack something, or a workbook. Slow for a hostile file: call it before a transaction.

    Raises:
        Unreadable: it has not the shape of a questionnaire; its faults have lines, or cells.
        RuleBroken: it is a workbook that cannot be read.
    """
    if is_workbook(content, name):
        return take(content, name).text
    text = text_of(content, name)
    questionnaire_in(*composed(text, name, EXPECTED))
    return text


def begin_from(
    session: Session, viewer: Viewer, version_ref: str, *, own_title: str, save_id: str
) -> QuestionnaireDraft:
    """A draft of the next version of a questionnaire, or with a title one of its own. The caller
    locks the partnership.

    Raises:
        Missing, NotAllowed: the viewer may not see it, or not write.
    """
    viewer = refreshed(session, viewer)
    version = get_visible_or_404(session, version_by_ref(version_ref), viewer)
    document = document_of(version.yaml_text)
    if own_title:
        known = session.scalars(visible(select(QuestionnaireVersion.key), viewer))
        document |= {"key": key_from(own_title, set(known)), "title": own_title, "version": 1}
    else:
        newest = select(func.max(QuestionnaireVersion.version)).where(
            QuestionnaireVersion.key == version.key
        )
        document["version"] = (session.scalar(visible(newest, viewer)) or 0) + 1
    text = rewritten(version.yaml_text, document)
    return begin(session, viewer, text, save_id=save_id, began_from=version.id)


def begin(
    session: Session, viewer: Viewer, text: str, *, save_id: str, began_from: int | None = None
) -> QuestionnaireDraft:
    """A draft that says `text`, which has the shape of a questionnaire. The caller locks the
    partnership.

    Raises:
        Missing, NotAllowed: the viewer may not write.
    """
    viewer = refreshed(session, viewer)
    partnership = get_visible_or_404(session, select(Partnership), viewer)
    require(viewer, Permission.PUBLISH_QUESTIONNAIRES, partnership)
    begun = select(QuestionnaireDraft).join(DraftRevision).where(DraftRevision.save_id == save_id)
    if (known := session.scalars(visible(begun, viewer)).first()) is not None:
        return known
    document = document_of(text)
    draft = QuestionnaireDraft(
        partnership_id=partnership.id,
        began_from=began_from,
        started_by=viewer.person_id,
        **named(document),
    )
    session.add(draft)
    session.flush()
    keep(session, viewer, draft, Save(text, document, Action.BEGUN, WHOLE, 0, save_id))
    return draft
