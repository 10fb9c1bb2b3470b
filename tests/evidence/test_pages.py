"""Adding, citing, opening and removing evidence, through the client and the database."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from sqlalchemy import select

from auditapp.accounts.queries import viewer_of
from auditapp.assessments.citing import Citing, cite, remove_item
from auditapp.assessments.models import Address, Citation, SnapshotCitation
from auditapp.core.errors import Missing, NotAllowed, RuleBroken, WrongState
from auditapp.core.events import Event
from auditapp.core.transactions import transaction
from auditapp.evidence.models import Blob, EvidenceItem
from auditapp.evidence.service import Adding
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.clients import text_of
from tests.evidence.test_rules import PDF


@pytest.fixture
def assessment(make):
    return make.assessment()


@pytest.fixture
def lead(make, assessment):
    return make.membership(Role.LEAD, organisation_id=assessment.organisation_id)


@pytest.fixture
def client(client_for, lead):
    return client_for(lead)


@pytest.fixture
def item(make, lead, assessment):
    return make.keep(
        EvidenceItem(
            organisation_id=assessment.organisation_id,
            title="Safeguarding policy",
            url="https://example.org/policy",
            added_by=lead.person_id,
        )
    )


def cited(session, member, assessment, key="c1", **citing):
    viewer, at = viewer_of(session, member.person_id, member.id), Address(assessment.ref, key)
    with transaction(session):
        return cite(session, viewer, at, Citing(**citing))


def page_for(assessment, key="c1"):
    return f"/assessments/{assessment.ref}/answers/{key}/evidence"


def upload(client, assessment, name="policy.pdf", content=PDF, **fields):
    sent = {"title": "Policy 2026", "file": (BytesIO(content), name), "pointer": "page 4"}
    return client.post(page_for(assessment), data=sent | fields)


def rows(session, model):
    """What is in the database now: an open session reads an old picture."""
    session.rollback()
    return session.scalars(select(model)).all()


def test_an_upload_is_kept_by_its_content_and_cited_with_where_to_look(session, client, assessment):
    response = upload(client, assessment)

    held = rows(session, EvidenceItem)[0]
    citation = rows(session, Citation)[0]
    assert response.status_code == 302
    assert (held.title, held.file_name, held.blob.size) == ("Policy 2026", "policy.pdf", len(PDF))
    assert (citation.question_key, citation.pointer) == ("c1", "page 4")
    assert {event.kind for event in rows(session, Event)} >= {"evidence-cited"}


def test_the_same_content_twice_is_one_blob(session, client, assessment):
    upload(client, assessment)
    upload(client, assessment, name="again.pdf")

    assert len(rows(session, EvidenceItem)) == 2
    assert len(rows(session, Blob)) == 1


def test_an_upload_comes_back_as_an_attachment_in_a_sandbox(session, client, assessment):
    upload(client, assessment)
    held = rows(session, EvidenceItem)[0]
    response = client.get(f"/evidence/{held.ref}/file")

    assert response.data == PDF
    response.close()
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"content": b"<html>", "name": "page.html"}, "file"),
        ({"url": "https://example.org"}, "file"),
        ({"pointer": "x" * 201}, "pointer"),
    ],
)
def test_what_may_not_be_kept_is_refused_beside_its_field(
    session, client, assessment, fields, field
):
    response = upload(client, assessment, **fields)

    assert response.status_code == 422
    assert f'href="#{field}"' in text_of(response)
    assert rows(session, EvidenceItem) == []


def test_a_link_is_shown_and_never_fetched(session, client, assessment):
    sent = {"title": "Our policy", "url": "https://nowhere.invalid/policy"}
    assert client.post(page_for(assessment), data=sent).status_code == 302

    page = text_of(client.get(f"/assessments/{assessment.ref}/sections/culture"))
    assert 'href="https://nowhere.invalid/policy"' in page
    held = rows(session, EvidenceItem)[0]
    assert client.get(f"/evidence/{held.ref}/file").status_code == 404


def test_an_item_is_cited_by_many_standards(session, client, lead, assessment, item):
    client.post(page_for(assessment), data={"item": item.ref, "pointer": "page 1"})
    client.post(page_for(assessment, "c2"), data={"item": item.ref})
    page = text_of(client.get(f"/assessments/{assessment.ref}/sections/culture"))

    assert "page 1. Also cited by 1.2" in page
    assert len(rows(session, EvidenceItem)) == 1


def test_cited_twice_at_one_place_it_is_cited_once(session, lead, assessment, item):
    first = cited(session, lead, assessment, item_ref=item.ref, pointer="page 1")
    again = cited(session, lead, assessment, item_ref=item.ref, pointer="page 1 ")

    assert first.id == again.id


def test_an_answer_takes_twenty_items(session, lead, assessment, item):
    for page in range(20):
        cited(session, lead, assessment, item_ref=item.ref, pointer=f"page {page}")
    with pytest.raises(RuleBroken):
        cited(session, lead, assessment, item_ref=item.ref, pointer="page 20")


def test_citing_begins_an_assessment(session, make):
    assessment = make.assessment(status=Status.NOT_STARTED)
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
    cited(session, lead, assessment, adding=Adding(title="Policy", url="https://example.org"))

    assert assessment.status == Status.IN_PROGRESS


def test_evidence_is_added_only_while_answers_are_open(session, make):
    assessment = make.assessment(status=Status.AWAITING_SIGN_OFF)
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
    with pytest.raises(WrongState):
        cited(session, lead, assessment, adding=Adding(title="Policy", url="https://example.org"))


def test_a_contributor_cites_in_their_section_and_nowhere_else(session, make, assessment, item):
    colleague = make.contributor(assessment, "culture")

    assert cited(session, colleague, assessment, item_ref=item.ref).id
    with pytest.raises(NotAllowed):
        cited(session, colleague, assessment, key="o1", item_ref=item.ref)


def test_another_organisations_item_is_not_there_to_cite(session, make, item):
    assessment = make.assessment()
    lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
    with pytest.raises(Missing):
        cited(session, lead, assessment, item_ref=item.ref)


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMINISTRATOR, Role.SCRUTINEER, Role.PANEL_CHAIR])
def test_a_library_is_its_organisations_own(session, make, client_for, client, assessment, role):
    upload(client, assessment)
    held = rows(session, EvidenceItem)[0]
    stranger = client_for(make.membership(role))

    assert stranger.get(f"/evidence/{held.ref}/file").status_code == 404
    assert stranger.get(f"/evidence/{held.ref}").status_code == 404
    assert "Policy 2026" not in text_of(stranger.get("/evidence/"))


def test_taking_a_citation_off_leaves_the_item_in_the_library(session, client, assessment):
    upload(client, assessment)
    citation = rows(session, Citation)[0]
    section = f"/assessments/{assessment.ref}/sections/culture"
    client.post(section, data={"then": f"remove:{citation.ref}"})

    assert "Policy 2026" not in text_of(client.get(section))
    assert "Policy 2026" in text_of(client.get("/evidence/"))


def test_a_citation_of_another_assessment_is_not_there_to_take_off(
    session, make, client, client_for, assessment
):
    upload(client, assessment)
    citation = rows(session, Citation)[0]
    other = make.assessment()
    stranger = client_for(make.membership(Role.LEAD, organisation_id=other.organisation_id))

    response = stranger.post(f"/assessments/{other.ref}/citations/{citation.ref}/remove")
    session.rollback()
    assert response.status_code == 404
    assert rows(session, Citation)[0].removed_at is None


def test_the_library_says_what_cites_an_item_and_when_its_review_is_past(
    session, client, lead, assessment, item
):
    cited(session, lead, assessment, item_ref=item.ref)
    sent = {"title": "Safeguarding policy", "owner": "Head", "review_on": "1 9 2025"}
    assert client.post(f"/evidence/{item.ref}", data=sent).status_code == 302
    page = text_of(client.get("/evidence/"))

    session.rollback()
    assert item.review_on == date(2025, 9, 1)
    assert "Review date passed: 1 September 2025" in page
    assert "1.1, 2026" in page


def test_an_item_cited_often_shows_three_and_folds_the_rest(
    client, session, lead, assessment, item
):
    for key in ("c1", "c2", "c3", "o1"):
        cited(session, lead, assessment, key, item_ref=item.ref)
    page = text_of(client.get("/evidence/"))
    before, folded = page.split("<details")

    assert "1.1, 2026" in before and "1.3, 2026" in before and "2.1, 2026" not in before
    assert "1 more" in folded and "2.1, 2026" in folded


def test_items_of_one_title_are_told_apart_in_the_picker(client, make, lead, assessment, item):
    fields = {
        "organisation_id": assessment.organisation_id,
        "title": "Safeguarding policy",
        "added_by": lead.person_id,
        "added_at": datetime(2024, 5, 1, tzinfo=UTC),
    }
    make.keep(EvidenceItem(**fields, url="https://example.org/a", review_on=date(2027, 1, 31)))
    make.keep(EvidenceItem(**fields, url="https://example.org/b"))
    make.keep(EvidenceItem(**fields, url="https://example.org/c"))
    page = client.get(page_for(assessment)).text
    options = re.findall(r'<option value="[^"]+">([^<]*)', page)

    assert options[:3] == [
        "Safeguarding policy, LINK, added in 2024: https://example.org/c",
        "Safeguarding policy, LINK, added in 2024: https://example.org/b",
        "Safeguarding policy, LINK, review by 31 January 2027",
    ]
    assert len(options) == len(set(options)) == 4


def test_a_contributor_sees_and_adds_to_their_own_organisations_library_and_no_others(
    session, make, client_for, assessment, item
):
    theirs = client_for(make.contributor(assessment, "culture"))
    stranger = client_for(make.contributor(make.assessment(), "culture"))

    assert "Safeguarding policy" in text_of(theirs.get("/evidence/"))
    assert upload(theirs, assessment).status_code == 302
    assert len(rows(session, EvidenceItem)) == 2
    assert "Safeguarding policy" not in text_of(stranger.get("/evidence/"))


def test_an_item_is_removed_from_library_and_answers(session, client, lead, assessment, item):
    cited(session, lead, assessment, item_ref=item.ref)
    client.post(f"/evidence/{item.ref}/remove")
    session.rollback()

    assert rows(session, Citation)[0].removed_at is not None
    assert "Safeguarding policy" not in text_of(client.get("/evidence/")).partition("<main")[
        2
    ].replace("Removed: Safeguarding policy", "")


def test_what_a_submission_cites_stays(session, make, lead, assessment, item):
    make.snapshot(assessment)
    make.keep(
        SnapshotCitation(
            snapshot_answer_id=make.snapshot_answer(assessment).id,
            evidence_item_id=item.id,
            title=item.title,
            url=item.url,
        )
    )
    viewer = viewer_of(session, lead.person_id, lead.id)
    with pytest.raises(RuleBroken), transaction(session, locking=item):
        remove_item(session, viewer, item.ref)


def test_only_the_lead_changes_the_library(make, client_for, assessment, item):
    colleague = client_for(make.contributor(assessment, "culture"))

    assert colleague.get("/evidence/").status_code == 200
    assert colleague.get(f"/evidence/{item.ref}").status_code == 403
    assert colleague.post(f"/evidence/{item.ref}/remove").status_code == 403


def test_a_cited_file_is_opened_by_whoever_reads_the_submission(
    session, make, client_for, client, assessment
):
    upload(client, assessment)
    held = rows(session, EvidenceItem)[0]
    make.snapshot(assessment)
    pinned = make.keep(
        SnapshotCitation(
            snapshot_answer_id=make.snapshot_answer(assessment).id,
            evidence_item_id=held.id,
            blob_id=held.blob_id,
            title=held.title,
            file_name=held.file_name,
        )
    )
    administrator = client_for(make.membership(Role.ADMINISTRATOR))
    viewer = client_for(make.membership(Role.PARTNERSHIP_VIEWER))

    with administrator.get(f"/cited/{pinned.ref}") as kept:  # a draft again: what was sent stays
        assert kept.data == PDF
    assessment.status = Status.SUBMITTED
    session.commit()
    response = administrator.get(f"/cited/{pinned.ref}")
    assert response.data == PDF
    response.close()
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert viewer.get(f"/cited/{pinned.ref}").status_code == 404
