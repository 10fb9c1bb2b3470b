"""Reminding whoever a round waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from auditapp.accounts.inviting import way_in
from auditapp.accounts.models import Person
from auditapp.assessments.inviting import leads_of
from auditapp.assessments.progress import Line, lines_of
from auditapp.assessments.running import managed_round, partnership_name
from auditapp.assessments.written import INVITATION, REMINDER, key_of, written_to
from auditapp.core.days import in_words
from auditapp.core.events import Audience, Happening, record
from auditapp.messages.letters import compose
from auditapp.messages.outbox import Mail, send_all
from auditapp.policy.roles import Role, Viewer
from auditapp.policy.states import Status
from auditapp.rounds import rules
from auditapp.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class RoundReminded(Happening):
    kind: ClassVar[str] = "round-reminded"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    people: int


def remind(session: Session, viewer: Viewer, ref: str) -> int:
    """Remind everyone it waits for: leads, or signatories where it awaits sign-off.

    One message a person and day, whatever they hold and however often it is asked; who was sent
    an invitation today is left out. Returns how many are new. The statements do not grow with the
    round.
    """
    viewer, round_ = managed_round(session, viewer, ref)
    rules.check_open(round_.state)
    awaited = [line for line in lines_of(session, viewer, round_) if line.is_awaited]
    signing = [line for line in awaited if line.status is Status.AWAITING_SIGN_OFF]
    writing = [line for line in awaited if line.status is not Status.AWAITING_SIGN_OFF]
    waits: dict[int, tuple[Person, list[Line]]] = {}
    for lines, role in ((writing, Role.LEAD), (signing, Role.SIGNATORY)):
        by_organisation = {line.organisation_id: line for line in lines}
        for person, organisation_ids in leads_of(session, by_organisation, role):
            theirs = [by_organisation[key] for key in organisation_ids]
            waits.setdefault(person.id, (person, []))[1].extend(theirs)
    invited = written_to(session, round_.id, INVITATION)
    due = [wait for person_id, wait in waits.items() if person_id not in invited]
    sent = send_all(session, _reminders(session, round_, due))
    if sent:
        reminded = RoundReminded(
            partnership_id=round_.partnership_id, round_id=round_.id, people=sent
        )
        record(session, reminded, actor_id=viewer.person_id)
    return sent


def _reminders(
    session: Session, round_: Round, waits: Sequence[tuple[Person, list[Line]]]
) -> list[Mail]:
    partnership = partnership_name(session, round_)
    mails = []
    for person, lines in waits:
        due_on = max([round_.due_on, *(line.due_on for line in lines if line.due_on)])
        letter = compose(
            "reminder",
            name=person.name,
            partnership=partnership,
            round_title=round_.title,
            organisations=list(dict.fromkeys(line.name for line in lines)),
            due_on=in_words(due_on),
            link=way_in(session, person),
        )
        key = key_of(REMINDER, round_.id, person.id)
        mails.append(Mail(to=person.email, unique_key=key, **vars(letter)))
    return mails
