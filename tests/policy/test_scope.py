"""The permission table and its SQL twin say the same of every row."""

from itertools import product

from sqlalchemy import select

from auditapp.assessments.models import Assessment, SnapshotAnswer
from auditapp.policy.permissions import Permission, may
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.scope import visible
from auditapp.policy.states import Status


def viewers(assessments):
    """Every role, with and without assigned work, links and partnerships."""
    ids = [row.id for row in assessments]
    organisations = [row.organisation_id for row in assessments]
    partnerships = sorted({key for row in assessments for key in row.partnership_ids})
    rounds = sorted({row.round_id for row in assessments})
    for role, given, linked, partnership_id, round_id in product(
        Role, (ids[::2], []), (organisations[::3], []), partnerships, rounds
    ):
        yield Viewer(
            person_id=1,
            membership_id=1,
            role=role,
            organisation_id=organisations[0],
            partnership_ids=frozenset({partnership_id}),
            round_id=round_id,
            assessment_ids=frozenset(given),
            linked_organisation_ids=frozenset(linked),
        )


def test_an_assessment_is_selected_exactly_when_it_may_be_seen(session, make):
    elsewhere = make.round_row(partnership=make.partnership())
    rows = [
        make.assessment(status=status, round_=round_)
        for status in Status
        for round_ in (make.round, elsewhere)
    ]
    rows += [make.reopened(), make.reopened(round_=elsewhere)]

    for viewer in viewers(rows):
        selected = set(session.scalars(visible(select(Assessment), viewer)))

        assert selected == {row for row in rows if may(viewer, Permission.SEE_ASSESSMENT, row)}


def test_a_submitted_answer_is_selected_exactly_when_it_may_be_read(session, make):
    rows = [make.assessment(status=status) for status in Status]
    rows += [make.assessment(status=status) for status in Status]
    rows += [make.reopened() for _ in range(2)]

    for viewer in viewers(rows):
        selected = {
            row.assessment.id for row in session.scalars(visible(select(SnapshotAnswer), viewer))
        }

        assert selected == {row.id for row in rows if may(viewer, Permission.READ_SNAPSHOT, row)}
