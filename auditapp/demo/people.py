"""Who uses the demonstration: one sign-in for each role, and colleagues with titles for names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership, Person, UserSession
from auditapp.accounts.passwords import hash_password, new_token, token_hash
from auditapp.demo.places import Area, Place
from auditapp.policy.roles import Role

PASSWORD = "copper-kettle-otter-lantern"  # the demonstration's only one, printed by `make demo`
DOMAIN = "exampleshire.example"
SINCE = date(2019, 9, 1)
VISIT = timedelta(minutes=50)  # from signing in to the last answer; never over a midnight


@dataclass(frozen=True)
class SignIn:
    """A line of what `make demo` prints."""

    role: str
    email: str
    note: str


@dataclass(frozen=True)
class Cast:
    """The memberships that the rest of the demonstration acts in."""

    leads: dict[int, Membership]  # by organisation id
    signatories: dict[int, Membership]
    administrator: Membership


def make_cast(session: Session, area: Area) -> Cast:
    """Everyone, with one password hashed once: hashing is slow on purpose."""
    hashed = hash_password(PASSWORD)
    everyone = (*area.schools, *area.agencies)
    leads = {p.organisation.id: _at(p, "dsl", "DSL", Role.LEAD, hashed) for p in everyone}
    heads = {p.organisation.id: _at(p, "head", "Head", Role.SIGNATORY, hashed) for p in everyone}
    manager = _for(area, "manager", "Business manager", Role.ADMINISTRATOR, hashed)
    # Who completes a moderation and who releases it are two people: the unit has two.
    others = [
        _for(area, "officer", "Business unit officer", Role.ADMINISTRATOR, hashed),
        _for(area, "scrutineer", "Independent scrutineer", Role.SCRUTINEER, hashed),
        _for(area, "executive", "Executive member", Role.PARTNERSHIP_VIEWER, hashed),
        Membership(
            person=_person("system", "System administrator", hashed),
            role=Role.SYSTEM_ADMINISTRATOR,
            starts_on=SINCE,
        ),
    ]
    session.add_all([*leads.values(), *heads.values(), manager, *others])
    session.flush()
    return Cast(leads, heads, manager)


def make_panel(
    session: Session, round_id: int, hashed: str | None, ends_on: date | None
) -> list[Membership]:
    """The chair and three members of a round's panel; the same people in every round."""
    people = {person.email: person for person in _panel(session, hashed)}
    roles = [Role.PANEL_CHAIR, *[Role.PANEL_MEMBER] * 3]
    panel = [
        Membership(person=person, role=role, round_id=round_id, starts_on=SINCE, ends_on=ends_on)
        for person, role in zip(people.values(), roles, strict=True)
    ]
    session.add_all(panel)
    session.flush()
    return panel


def _panel(session: Session, hashed: str | None) -> Iterable[Person]:
    titles = {"chair": "Panel chair"} | {f"panel{n}": f"Panel member {n}" for n in (1, 2, 3)}
    for local, title in titles.items():
        known = session.query(Person).filter_by(email=f"{local}@{DOMAIN}").one_or_none()
        yield known or _person(local, title, hashed)


def visit(held: Membership, until: datetime) -> UserSession:
    """A sign-in that ended with the last thing done in it; nobody can go on with it."""
    return UserSession(
        token_hash=token_hash(new_token()),
        person_id=held.person_id,
        membership_id=held.id,
        started_at=until - VISIT,
        seen_at=until,
        ended_at=until,
    )


def _at(place: Place, local: str, title: str, role: Role, hashed: str) -> Membership:
    person = Person(
        name=f"{title}, {place.organisation.name}",
        email=f"{local}@{place.slug}.example",
        password_hash=hashed,
    )
    return Membership(
        person=person, role=role, organisation_id=place.organisation.id, starts_on=SINCE
    )


def _for(area: Area, local: str, title: str, role: Role, hashed: str) -> Membership:
    return Membership(
        person=_person(local, title, hashed),
        role=role,
        partnership_id=area.partnership.id,
        starts_on=SINCE,
    )


def _person(local: str, title: str, hashed: str | None) -> Person:
    return Person(name=title, email=f"{local}@{DOMAIN}", password_hash=hashed)


def sign_ins(session: Session) -> list[SignIn]:
    """One for each role: those of one school, then the panel's and the partnership's."""
    contributor = session.scalars(select(Person).where(Person.email.startswith("computing@"))).one()
    at = contributor.email.partition("@")[2]
    return [
        SignIn("designated safeguarding lead", f"dsl@{at}", "has begun the live round"),
        SignIn("head teacher, who signs", f"head@{at}", "of the same school"),
        SignIn("contributor", contributor.email, "one section of the same school"),
        SignIn("panel member", f"panel1@{DOMAIN}", ""),
        SignIn("panel chair", f"chair@{DOMAIN}", ""),
        SignIn("partnership administrator", f"manager@{DOMAIN}", "the business unit"),
        SignIn("independent scrutineer", f"scrutineer@{DOMAIN}", ""),
        SignIn("partnership viewer", f"executive@{DOMAIN}", "sees totals, no names"),
        SignIn("system administrator", f"system@{DOMAIN}", "sees no answers"),
    ]
