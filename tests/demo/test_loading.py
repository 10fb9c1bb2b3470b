"""Loading the demonstration: what one organisation's answers leave behind."""

from sqlalchemy import func, select

from auditapp.accounts.models import UserSession
from auditapp.assessments.models import AnswerRevision
from auditapp.core import clock
from auditapp.core.transactions import transaction
from auditapp.demo.loading import _answer
from auditapp.demo.people import Cast
from auditapp.demo.places import Place
from auditapp.demo.rounds import plans
from auditapp.policy.roles import Role


def test_whoever_answered_last_signed_in_on_the_day_of_the_last_answer(session, make):
    organisation = make.organisation()
    assessment = make.assessment(organisation=organisation)
    place = Place(organisation, organisation.registrations[0])
    lead = make.membership(Role.LEAD, organisation_id=place.organisation.id)
    cast = Cast({place.organisation.id: lead}, {}, make.membership(Role.ADMINISTRATOR))
    live = plans(clock.today())[2]
    moment = live.moment(5)

    with clock.moved_to(moment), transaction(session):
        _answer(session, cast, live, make.round, place, assessment, 5)

    [visit] = session.scalars(select(UserSession))
    answered = session.scalar(select(func.max(AnswerRevision.saved_at)))
    assert (visit.person_id, visit.membership_id) == (lead.person_id, lead.id)
    assert visit.started_at < answered == visit.ended_at
    assert visit.started_at.astimezone(clock.LONDON).date() == moment.date()
