"""A round that no law asks for is not called by a law: on pages, receipt, letter, sealed document."""

import pytest
from sqlalchemy import select

from auditapp.assessments.models import Snapshot
from auditapp.core.jobs import Job
from auditapp.policy.roles import Role
from tests.assessments.savings import save
from tests.assessments.test_submitting import STANDARDS
from tests.clients import text_of
from tests.documents.pdf_reading import words_of


@pytest.fixture
def assessment(make):
    round_ = make.round_row(statutory=False, sign_off="none", title="Online safety, a closer look")
    return make.assessment(round_=round_)


def test_the_round_goes_by_its_own_title_and_names_no_duty(
    make, client_for, session, assessment, client, lead
):
    panel = client_for(make.membership(Role.PANEL_CHAIR, round_id=assessment.round_id))
    ref = assessment.ref
    for key in STANDARDS:
        save(session, lead, assessment, key)

    begun = text_of(client.get(f"/assessments/{ref}"))
    assert "<h1" in begun and "Online safety, a closer look" in begun
    assert "free choice to take part; no law asks for this" in begun
    invite = text_of(client.get("/colleagues/invite"))
    assert "Section 175 assessment 2026" not in invite
    assert client.post(f"/assessments/{ref}/send").status_code == 302

    session.rollback()
    kept = session.query(Snapshot).one()
    assert kept.duty == "voluntary"
    assert "no law asks for this" in kept.document["duty"]
    [told] = session.scalars(select(Job).where(Job.unique_key.startswith("submitted:")))
    assert "was submitted, without a signature, on" in told.payload["text"]
    assert "signed" not in told.payload["text"]
    session.rollback()
    for path in ("receipt", "submission"):
        shown = text_of(client.get(f"/assessments/{ref}/{path}"))
        printed = words_of(client.get(f"/assessments/{ref}/{path}.pdf").data)
        for words in (shown, printed):
            assert "Online safety, a closer look" in words
            assert "no law asks for this" in words and "section 175" not in words.lower()
            assert "Taking part" in words and "Duty" not in words
    assert "Voluntary" in text_of(panel.get("/panel"))
