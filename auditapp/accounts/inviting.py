"""Giving people roles, and the links by which they choose a password."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership, PasswordLink, Person, UserSession
from auditapp.accounts.passwords import new_token, token_hash
from auditapp.accounts.queries import held_on, not_ended
from auditapp.core import clock
from auditapp.core.jobs import Job, ask_for
from auditapp.messages.letters import compose
from auditapp.messages.outbox import KIND, page_link
from auditapp.organisations.models import Partnership
from auditapp.policy.roles import ROLE_WORDS, Role

INVITATION_LASTS = timedelta(hours=72)
CHOOSE_FIRST = "Choose a password first. The link works once, for 72 hours:"
RESET_LASTS = timedelta(minutes=60)


@dataclass(frozen=True)
class Given:
    """A membership, and whether it was made just now."""

    membership: Membership
    is_new: bool

    def words(self, typed: str) -> str:
        """What came of inviting whom the inviter calls `typed`, for one who sees everyone's name."""
        person = self.membership.person
        if self.is_new and person.password_hash is None and person.name == " ".join(typed.split()):
            return f"{typed} is invited. They get a message with the way in."
        if self.is_new:
            return (
                f"{person.name} is invited. This address has an account already, in that name. "
                "They get a message with the way in."
            )
        return (
            f"This address was invited before, as {person.name}. Nothing changed, "
            "and no message goes. Whoever lost theirs follows “I have forgotten my password” where "
            "one signs in."
        )


@dataclass(frozen=True)
class KnownAs:
    """What an organisation may call someone, and whether they have yet to come."""

    name: str
    is_awaited: bool


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Someone to hold a role in one place."""

    email: str
    name: str
    role: Role
    organisation_id: int | None = None
    partnership_id: int | None = None
    round_id: int | None = None

    @property
    def place(self) -> tuple[Role, int | None, int | None, int | None]:
        return self.role, self.organisation_id, self.partnership_id, self.round_id


def invite(
    session: Session,
    *,
    email: str,
    name: str,
    role: Role,
    organisation_id: int | None = None,
    partnership_id: int | None = None,
    round_id: int | None = None,
) -> Membership:
    """The membership of that person in that role and place: found, or made with its person.

    A person who is known keeps the name that is known. Call it inside a transaction; the caller
    records the event.
    """
    invited = Invited(
        email=email,
        name=name,
        role=role,
        organisation_id=organisation_id,
        partnership_id=partnership_id,
        round_id=round_id,
    )
    return invite_all(session, [invited])[0].membership


def invite_all(session: Session, invited: Sequence[Invited]) -> list[Given]:
    """As `invite`, for many at once, in the order given; the statements do not grow with them."""
    people = _people(session, invited)
    today = clock.today()
    held = select(Membership).where(
        Membership.person_id.in_({person.id for person in people.values()}), not_ended(today)
    )
    known = {(row.person_id, *_place(row)): row for row in session.scalars(held)}
    given = []
    for one in invited:
        key = (people[normal(one.email)].id, *one.place)
        is_new = key not in known
        if is_new:
            role, organisation_id, partnership_id, round_id = one.place
            known[key] = Membership(
                person=people[normal(one.email)],
                role=role,
                organisation_id=organisation_id,
                partnership_id=partnership_id,
                round_id=round_id,
            )
            session.add(known[key])
        given.append(Given(known[key], is_new))
    session.flush()
    return given


def send_role_letter(
    session: Session,
    membership: Membership,
    invited: Invited,
    *,
    place: str,
    partnership_id: int,
    by: Person,
    work: Sequence[str],
) -> None:
    """Tell someone of a role. The letter greets them by the name that was typed, for an address
    that is known as for one that is not; the outbox keeps that name when it forgets the text."""
    person, name = membership.person, " ".join(invited.name.split())
    partnership = session.get(Partnership, partnership_id)
    letter = compose(
        "role-given",
        name=name,
        place=place,
        role=with_article(ROLE_WORDS[invited.role]),
        given_by=by.name,
        partnership=partnership.name if partnership else "",
        work=work,
        link=way_in(session, person),
    )
    key = letter_key(membership.id)
    kept = {"to": person.email, "unique_key": key, "greets": name}
    ask_for(session, KIND, key, kept | vars(letter))


def with_article(words: str) -> str:
    """ "a contributor", "an independent scrutineer"."""
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def letter_key(membership_id: int) -> str:
    """The key of the message that tells of a role."""
    return f"role-given:{membership_id}"


def known_as(session: Session, organisation_id: int) -> dict[int, KnownAs]:
    """Membership -> what the organisation may call whoever holds it today: three statements.

    Until someone has acted for the organisation, it is the name that their invitation was sent
    with: whoever invites an address does not learn whose it is. Those who were sent none, because
    the partnership named them, go by their own name.
    """
    query = (
        select(Membership, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, held_on(clock.today()))
    )
    held = session.execute(query).all()
    ids = [membership.id for membership, _ in held]
    acted = set(
        session.scalars(
            select(UserSession.membership_id).where(UserSession.membership_id.in_(ids)).distinct()
        )
    )
    sent = select(Job.unique_key, Job.payload).where(
        Job.kind == KIND, Job.unique_key.in_([letter_key(key) for key in ids])
    )
    typed = {
        row.unique_key: row.payload.get("greets") or row.payload["to"]
        for row in session.execute(sent)
    }
    here = {
        membership.person_id
        for membership, _ in held
        if membership.id in acted or letter_key(membership.id) not in typed
    }
    return {
        membership.id: KnownAs(name, False)
        if membership.person_id in here
        else KnownAs(typed[letter_key(membership.id)], True)
        for membership, name in held
    }


def normal(email: str) -> str:
    """An address as it is kept."""
    return email.strip().lower()


def way_in(session: Session, person: Person, path: str = "/") -> str:
    """A link for a message: to the page at `path`, or, for someone without a password, to choose
    one first, with what they are told of it."""
    if person.password_hash:
        return page_link(path)
    return f"{CHOOSE_FIRST}\n{password_link(session, person)}"


def password_link(session: Session, person: Person, lasts: timedelta = INVITATION_LASTS) -> str:
    """A new single-use link to choose a password, for a message. Only its hash is kept."""
    token = new_token()
    session.add(
        PasswordLink(
            person_id=person.id, token_hash=token_hash(token), expires_at=clock.now() + lasts
        )
    )
    return page_link(f"/set-password/{token}")


def end_links(session: Session, person_ids: Iterable[int]) -> None:
    """No link of these people works any more."""
    session.execute(
        update(PasswordLink)
        .where(PasswordLink.person_id.in_(list(person_ids)), PasswordLink.used_at.is_(None))
        .values(used_at=clock.now())
    )


def _people(session: Session, invited: Sequence[Invited]) -> dict[str, Person]:
    names = {normal(one.email): " ".join(one.name.split()) for one in invited}
    known = select(Person).where(Person.email.in_(names))
    people = {person.email: person for person in session.scalars(known)}
    if new := [{"email": key, "name": names[key]} for key in names if key not in people]:
        # Someone else may invite one of them at this moment: whoever is first makes the person.
        make = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        session.execute(make.insert(Person).on_conflict_do_nothing(), new)
        people = {person.email: person for person in session.scalars(known)}
    return people


def _place(row: Membership) -> tuple[Role, int | None, int | None, int | None]:
    return Role(row.role), row.organisation_id, row.partnership_id, row.round_id
