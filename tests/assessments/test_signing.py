"""Pressing twice, old pages and addresses left behind: sending and signing through the client."""

import re

import pytest
from sqlalchemy import func, select

from auditapp.assessments.models import Move, Snapshot
from auditapp.core.jobs import Job
from auditapp.policy.roles import Role
from tests.assessments.savings import save
from tests.clients import text_of

READ = re.compile(r'name="read" value="([0-9a-f]+)"')
CHANGED = "The answers changed since you opened this page. Read them again, then sign."


@pytest.fixture
def complete(session, lead, assessment):
    for key in ("c1", "c2", "c3", "o1", "o2"):
        save(session, lead, assessment, key=key)
    return assessment


@pytest.fixture
def address(complete):
    return f"/assessments/{complete.ref}"


@pytest.fixture
def head(make, client_for, assessment):
    return client_for(make.membership(Role.SIGNATORY, organisation_id=assessment.organisation_id))


@pytest.fixture
def waiting(client, address):
    assert client.post(f"{address}/send").status_code == 302
    return address


def opened(head, address):
    """What a signatory who has read the page sends from it."""
    read = READ.search(text_of(head.get(f"{address}/sign-off"))).group(1)
    return {"read": read, "declared": "y", "comment": "Well done."}


def counted(session, model, *where):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model).where(*where))


def mails(session, letter):
    return counted(session, Job, Job.unique_key.startswith(f"{letter}:"))


def change_and_send_again(client, session, lead, assessment, address):
    client.post(f"{address}/take-back")
    save(session, lead, assessment, key="c1", commentary="Something else.", based_on=1)
    client.post(f"{address}/send")


def test_answers_that_changed_since_are_not_signed_and_the_comment_is_kept(
    session, client, head, lead, complete, waiting
):
    sent = opened(head, waiting)
    change_and_send_again(client, session, lead, complete, waiting)

    refused = head.post(f"{waiting}/sign", data=sent)
    page = text_of(refused)

    assert refused.status_code == 409
    assert CHANGED in page and "Well done." in page and "Something else." in page
    assert 'name="declared" type="checkbox" value="y" checked' not in page
    assert counted(session, Snapshot, Snapshot.assessment_id == complete.id) == 0
    again = head.post(f"{waiting}/sign", data=sent | {"read": READ.search(page).group(1)})
    assert again.location.endswith("/receipt")


def test_an_old_page_refused_for_another_reason_is_still_an_old_page(
    session, client, head, lead, complete, waiting
):
    sent = opened(head, waiting)
    change_and_send_again(client, session, lead, complete, waiting)

    unticked = head.post(f"{waiting}/sign", data={"read": sent["read"], "comment": ""})
    read = READ.search(text_of(unticked)).group(1)

    assert unticked.status_code == 422
    assert head.post(f"{waiting}/sign", data=sent | {"read": read}).status_code == 409


def test_a_signature_that_says_not_what_was_read_is_refused(session, head, complete, waiting):
    refused = head.post(f"{waiting}/sign", data={"declared": "y", "comment": ""})

    assert refused.status_code == 409 and CHANGED in text_of(refused)
    assert counted(session, Snapshot, Snapshot.assessment_id == complete.id) == 0


def test_what_was_sent_again_unchanged_is_signed_as_read(client, head, waiting):
    sent = opened(head, waiting)
    client.post(f"{waiting}/take-back")
    client.post(f"{waiting}/send")

    assert head.post(f"{waiting}/sign", data=sent).location.endswith("/receipt")


def test_what_was_taken_back_is_not_signed(session, client, head, complete, waiting):
    sent = opened(head, waiting)
    client.post(f"{waiting}/take-back")

    refused = head.post(f"{waiting}/sign", data=sent | {"read": "old"})

    assert refused.status_code == 409 and "is in progress" in text_of(refused)


def test_sent_twice_it_is_sent_once(session, client, head, complete, address):
    first, second = (client.post(f"{address}/send") for _ in range(2))

    assert first.location == second.location == address
    assert text_of(client.get(address)).count("Sent to your head teacher at") == 2
    assert counted(session, Move, Move.assessment_id == complete.id, Move.action == "send") == 1
    assert mails(session, "sent-for-sign-off") == 1


def test_what_another_lead_sent_is_not_sent_again(
    make, client_for, client, head, complete, address
):
    other = client_for(make.membership(Role.LEAD, organisation_id=complete.organisation_id))
    client.post(f"{address}/send")

    assert other.post(f"{address}/send").status_code == 409


def test_where_nobody_can_sign_it_stays_with_the_lead(session, client, complete, address):
    page = text_of(client.get(f"{address}/check"))
    assert "Nobody can sign yet" in page and "Send to the head teacher to sign" not in page

    refused = client.post(f"{address}/send")

    assert refused.status_code == 422
    assert "Not sent: nobody can sign yet" in text_of(refused)
    assert counted(session, Move, Move.assessment_id == complete.id) == 0
    assert mails(session, "sent-for-sign-off") == 0


def test_what_came_back_is_sent_again(session, client, head, complete, waiting):
    head.post(f"{waiting}/send-back", data={"back-comment": "More."})
    client.post(f"{waiting}/send")

    assert counted(session, Move, Move.assessment_id == complete.id, Move.action == "send") == 2
    assert mails(session, "sent-for-sign-off") == 2


def test_submitted_twice_without_a_signature_it_is_submitted_once(
    make, session, client, complete, address
):
    make.round.sign_off = "none"
    session.commit()

    first, second = (client.post(f"{address}/send") for _ in range(2))

    assert first.location == second.location == f"{address}/receipt"
    assert counted(session, Snapshot, Snapshot.assessment_id == complete.id) == 1


def test_signed_twice_it_is_signed_once(session, client, head, complete, waiting):
    sent = opened(head, waiting)
    first, second = (head.post(f"{waiting}/sign", data=sent) for _ in range(2))

    assert first.location == second.location == f"{waiting}/receipt"
    assert counted(session, Snapshot, Snapshot.assessment_id == complete.id) == 1
    assert mails(session, "submitted") == 1


def test_what_another_signed_is_not_signed_again(make, client_for, client, head, complete, address):
    other = client_for(make.membership(Role.SIGNATORY, organisation_id=complete.organisation_id))
    client.post(f"{address}/send")
    sent = opened(head, address)
    head.post(f"{address}/sign", data=sent)

    assert other.post(f"{address}/sign", data=sent).status_code == 409


@pytest.mark.parametrize("act", ["sign", "send-back"])
def test_what_was_typed_beside_the_other_button_comes_back(head, waiting, act):
    empty = {"sign": "declared", "send-back": "back-comment"}[act]
    typed = {"comment": "Thank you all.", "declared": "y", "back-comment": "Say more of 1.2."}

    refused = head.post(f"{waiting}/{act}", data=opened(head, waiting) | typed | {empty: ""})

    assert refused.status_code == 422
    kept = [words in text_of(refused) for words in typed.values() if words != "y"]
    assert kept == [True, act == "sign"]


@pytest.mark.parametrize("act", ["sign", "send-back"])
def test_the_address_of_a_refused_signature_leads_to_the_page_to_sign(client, head, waiting, act):
    assert head.get(f"{waiting}/{act}").location == f"{waiting}/sign-off"
    assert client.get(f"{waiting}/{act}").status_code == 403


def test_the_address_of_a_refused_sending_leads_to_the_answers(client, head, address):
    assert client.get(f"{address}/send").location == f"{address}/check"
    assert head.get(f"{address}/send").status_code == 403
