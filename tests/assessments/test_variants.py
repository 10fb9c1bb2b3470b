"""An organisation answers in the words of its variant, and they stay those of the submission."""

import pytest

from auditapp.accounts.queries import viewer_of
from auditapp.assessments.submissions import submission_of
from auditapp.assessments.submitting import submit
from auditapp.core.transactions import transaction
from auditapp.organisations.models import Registration
from auditapp.policy.roles import Role
from auditapp.policy.states import Status
from tests.assessments.pages import section
from tests.factories import small_questionnaire

VARIED = small_questionnaire("varied").replace(
    "sections:\n  - key: culture\n    title: Culture\n",
    """variants:
  - {key: trusts, title: Academies, applies: {key: group, value: academy}}
sections:
  - key: culture
    title: Culture
    wordings: [{variant: trusts, number: B, title: The trust}]
""",
)
FIRST = "        references: [{source: law, part: section 175}]\n"
VARIED = VARIED.replace(
    FIRST,
    FIRST
    + "        wordings: [{variant: trusts, number: 3(a), title: Trustees know, text: Trustees say so.}]\n",
    1,
)


@pytest.fixture
def round_(make):
    return make.round_row(questionnaire_version_id=make.version(VARIED).id, sign_off="none")


@pytest.fixture
def academy(make, round_):
    place = make.organisation(type="academy-converter", group="academy")
    return make.assessment(round_=round_, organisation=place)


@pytest.fixture
def lead(make, academy):
    return make.membership(Role.LEAD, organisation_id=academy.organisation_id)


def page_of(client_for, lead, assessment):
    return client_for(lead).get(section(assessment)).text


def test_the_page_reads_as_the_variant_does(client_for, lead, academy, make, round_):
    page = page_of(client_for, lead, academy)

    assert "<title>B. The trust: " in page and ">Section B<" in page
    assert ">3(a)<" in page and "Trustees say so." in page and ">B.2<" in page

    school = make.assessment(round_=round_)
    other = make.membership(Role.LEAD, organisation_id=school.organisation_id)
    page = page_of(client_for, other, school)
    assert ">Section 1 of 2<" in page and ">1.1<" in page and "Trustees say so." not in page


def test_a_submission_keeps_the_words_that_it_was_asked_in(
    session, make, lead, academy, client_for
):
    academy.status = Status.IN_PROGRESS
    for key in ("c1", "c2", "c3", "o1", "o2"):
        make.answer(academy, key)
    viewer = viewer_of(session, lead.person_id, lead.id)
    with transaction(session):
        snapshot = submit(session, viewer, academy.ref)
    assert snapshot.variant == snapshot.document["variant"] == "trusts"

    # The place is an academy no more; what was sent stays what it was.
    registration = session.get_one(Registration, academy.registration_id)
    registration.type, registration.group = "community-school", "maintained"
    session.commit()
    submission = submission_of(session, viewer, academy.ref)

    assert [line.label for line in submission.lines][:2] == [
        "3(a) Trustees know",
        "B.2 Culture standard 2",
    ]
    assert submission.sections[0][0] == "B" and submission.sections[0][1].title == "The trust"
    chair = make.membership(Role.PANEL_CHAIR, round_id=academy.round_id)
    read = client_for(chair).get(f"/assessments/{academy.ref}/panel")
    assert "B. The trust" in read.text
