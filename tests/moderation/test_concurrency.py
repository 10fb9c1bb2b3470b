"""Several at once: nothing is lost, and nothing is written over in silence."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from sqlalchemy import func, select

from auditapp.core.events import Event
from auditapp.moderation.models import PanelMark, PanelMarkRevision
from tests.moderation.conftest import KEYS

WRITERS = 4


def save(client, ref, key):
    fields = {"grade": "not-met", "rationale": "Why.", "based_on": 0}
    path = f"/assessments/{ref}/panel/standards/{key}"
    return client.post(path, data=fields | {"save_id": str(uuid4())}).status_code


def marked(session):
    return session.scalar(
        select(func.count()).select_from(Event).where(Event.kind == "answer-marked")
    )


def test_members_who_mark_at_once_lose_no_mark(panel, client_for, session):
    members = [panel.make.panel_member(panel.assessment) for _ in range(WRITERS)]
    clients = [client_for(member) for member in members]
    ref = panel.ref
    session.rollback()  # the rows above were read: end that

    with ThreadPoolExecutor(WRITERS) as pool:
        statuses = list(pool.map(lambda client: [save(client, ref, key) for key in KEYS], clients))

    assert statuses == [[302] * len(KEYS)] * WRITERS
    assert session.scalar(select(func.count(PanelMark.id))) == WRITERS * len(KEYS)
    assert marked(session) == WRITERS * len(KEYS)


def test_of_several_windows_of_one_member_one_saves_and_the_others_are_told(
    panel, client_for, session
):
    clients = [client_for(panel.one) for _ in range(WRITERS)]
    ref = panel.ref
    session.rollback()  # the rows above were read: end that

    with ThreadPoolExecutor(WRITERS) as pool:
        statuses = list(pool.map(lambda client: save(client, ref, "c1"), clients))

    assert sorted(statuses) == [302] + [409] * (WRITERS - 1)
    assert session.scalar(select(func.count(PanelMarkRevision.id))) == 1
