"""A retired version can be chosen for no new round; rounds that ask it go on asking it."""

import pytest

from auditapp.core.transactions import transaction
from auditapp.policy.roles import Role, Viewer
from auditapp.questionnaires.library import publish
from auditapp.questionnaires.retiring import retire
from auditapp.rounds.models import Round, RoundState
from tests.factories import small_questionnaire
from tests.rounds.test_setting_up import plan


@pytest.fixture
def viewer(administrator):
    return Viewer(
        person_id=administrator.person_id,
        membership_id=administrator.id,
        role=Role.ADMINISTRATOR,
        partnership_ids=frozenset({administrator.partnership_id}),
    )


@pytest.fixture
def retired(session, administrator):
    """Retires a version of the partnership's own, once `before` was done with it."""

    def retired(viewer, before=lambda version: None):
        owner = administrator.partnership_id
        version = publish(session, small_questionnaire("mine"), owner_id=owner)
        session.commit()
        made = before(version)
        with transaction(session):
            retire(session, viewer, version.ref)
        return version, made

    return retired


def test_it_is_not_offered_for_a_new_round_and_not_taken(
    client_for, session, make, administrator, viewer, retired
):
    make.version(small_questionnaire("other"))
    client = client_for(administrator)
    version, _ = retired(viewer)

    assert version.ref not in client.get("/rounds/new").text
    assert client.post("/rounds/new", data=plan(version)).status_code == 422


def test_a_draft_that_asks_it_may_be_changed_and_keeps_it(
    client_for, session, make, administrator, viewer, retired
):
    def draft(version):
        return make.round_row(
            questionnaire_version_id=version.id, state=RoundState.DRAFT, opened_at=None
        ).ref

    client = client_for(administrator)
    version, ref = retired(viewer, draft)
    sent = plan(version, title="Another title")
    session.rollback()

    assert client.post(f"/rounds/{ref}/plan", data=sent).status_code == 302
    session.rollback()
    made = session.query(Round).one()
    assert (made.title, made.questionnaire_version_id) == ("Another title", version.id)


def test_an_open_round_goes_on_asking_it(client_for, make, session, viewer, retired):
    def open_round(version):
        round_ = make.round_row(questionnaire_version_id=version.id)
        assessment = make.assessment(round_=round_)
        lead = make.membership(Role.LEAD, organisation_id=assessment.organisation_id)
        return f"/assessments/{assessment.ref}/sections/culture", client_for(lead)

    _, (page, client) = retired(viewer, open_round)

    sent = {"c1-grade": "met", "c1-commentary": "Yes.", "c1-based_on": "0", "c1-save_id": "a"}
    assert client.get(page).status_code == 200
    assert client.post(page, data=sent | {"then": "stay"}).status_code == 302
    assert "Yes." in client.get(page).text
