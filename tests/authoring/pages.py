"""What tests of drafts send, and what a draft says then."""

import io
from uuid import uuid4

import lxml.html
from sqlalchemy import select

from auditapp.authoring.drafting import document_of
from auditapp.authoring.editing import reading_of
from auditapp.authoring.models import DraftRevision

AT = "/questionnaires/drafts"
ONE = "sections.first.questions.one"


def saving(based_on=1, **said):
    return {"based_on": str(based_on), "save_id": str(uuid4())} | said


def text_now(session, draft):
    session.rollback()
    rows = select(DraftRevision).where(DraftRevision.draft_id == draft.id)
    return session.scalars(rows.order_by(DraftRevision.number.desc())).first().yaml_text


def boxes(client, path):
    """What the page's form would send, by name."""
    form = lxml.html.fromstring(client.get(path).text).xpath("//form[.//button[.='Save']]")[0]
    return dict(form.form_values())


def read_unfinished(session, draft):
    return reading_of(document_of(text_now(session, draft))).questionnaire


def upload(text, name="form.yaml", **said):
    return saving(**said) | {"file": (io.BytesIO(text.encode()), name)}
