"""Exampleshire: a partnership, its trusts, about 70 invented schools and 14 invented agencies."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy.orm import Session

from auditapp.core import clock
from auditapp.demo.words import AGENCY_NAMES, SCHOOL_STEMS, TRUST_NAMES
from auditapp.organisations.models import (
    Organisation,
    OrganisationPartnership,
    Partnership,
    Registration,
    ResponsibleBody,
)
from auditapp.organisations.types import TYPES, phase_of

KEY = "exampleshire"
FIRST_URN = 999_001  # numbers that the register does not give out
LOCALITIES = ("North Vale", "Harbour", "Market", "Moor", "Riverside")

# How many, type, the register's phase, what follows the stem in the name.
SCHOOLS = (
    (17, "community-school", "Primary", "Primary School"),
    (8, "voluntary-aided-school", "Primary", "Church Primary School"),
    (3, "voluntary-controlled-school", "Primary", "Infant School"),
    (13, "academy-converter", "Primary", "Primary Academy"),
    (3, "nursery-school", "Nursery", "Nursery School"),
    (2, "community-school", "Secondary", "High School"),
    (6, "academy-converter", "Secondary", "Academy"),
    (1, "free-school", "All-through", "School"),
    (1, "academy-sponsor-led", "All-through", "All-through Academy"),
    (1, "further-education", "16 plus", "College"),
    (1, "academy-16-to-19-converter", "16 plus", "Sixth Form College"),
    (3, "community-special-school", "", "School"),
    (2, "academy-special-converter", "", "Special Academy"),
    (2, "pupil-referral-unit", "", "Pupil Referral Unit"),
    (1, "free-school-alternative-provision", "", "Bridge School"),
    (4, "other-independent-school", "", "House School"),
    (1, "other-independent-special-school", "", "Grange School"),
    (1, "non-maintained-special-school", "", "Lodge School"),
)


@dataclass(frozen=True)
class Place:
    """One invented organisation, with what the rest of the demonstration asks of it."""

    organisation: Organisation
    registration: Registration

    @property
    def slug(self) -> str:
        """For addresses: quillbrook-primary-school."""
        return "-".join(self.organisation.name.lower().replace(",", "").split())


@dataclass(frozen=True)
class Area:
    partnership: Partnership
    schools: tuple[Place, ...]
    agencies: tuple[Place, ...]


def make_area(session: Session) -> Area:
    """The partnership and every organisation of it, the same every time."""
    dice = Random("exampleshire places")
    partnership = Partnership(
        key=KEY,
        name="Exampleshire Safeguarding Children Partnership",
        la_codes=["999"],
        email="partnership@exampleshire.example",
    )
    trusts = [
        ResponsibleBody(kind="trust", code=f"99{number:03}", name=name)
        for number, name in enumerate(TRUST_NAMES, 1)
    ]
    session.add_all([partnership, *trusts])
    session.flush()
    area = Area(
        partnership,
        tuple(_schools(dice, trusts)),
        tuple(_agency(number, *named) for number, named in enumerate(AGENCY_NAMES, 1)),
    )
    for place in (*area.schools, *area.agencies):
        place.organisation.registrations = [place.registration]
        place.organisation.memberships = [
            OrganisationPartnership(partnership_id=partnership.id, joined_on=date(2019, 9, 1))
        ]
        session.add(place.organisation)
    session.flush()
    return area


def _schools(dice: Random, trusts: list[ResponsibleBody]) -> list[Place]:
    stems = iter(SCHOOL_STEMS)
    places: list[Place] = []
    for count, type_key, register_phase, ending in SCHOOLS:
        for _ in range(count):
            urn = FIRST_URN + len(places)
            place = _school(dice, type_key, register_phase, f"{next(stems)} {ending}", urn)
            if place.registration.group == "academy":
                place.organisation.responsible_body = dice.choice(trusts)
            places.append(place)
    return places


def _school(dice: Random, type_key: str, register_phase: str, name: str, urn: int) -> Place:
    kind_of = TYPES[type_key]
    phase = phase_of(kind_of, register_phase)
    registration = Registration(
        scheme="urn",
        code=str(urn),
        name=name,
        kind=kind_of.kind,
        type=type_key,
        type_code=kind_of.code,
        group=kind_of.group,
        phase=phase,
        duty=kind_of.duty,
        la_code="999",
        establishment_number=f"{urn % 1000 + 2000}",
        opened_on=None,
        early_years=phase == "nursery" or (phase == "primary" and dice.random() < 0.5),
        boarding=phase == "independent" and dice.random() < 0.4,
        sixth_form=phase == "sixteen-plus" or (phase == "secondary" and dice.random() < 0.4),
        register={"pupils": dice.randint(90, 420) * (3 if phase == "secondary" else 1)},
    )
    return Place(Organisation(name=name, locality=dice.choice(LOCALITIES)), registration)


def _agency(number: int, name: str, type_key: str) -> Place:
    kind_of = TYPES[type_key]
    registration = Registration(
        scheme="local",
        code=f"EX{number:02}",
        name=name,
        kind=kind_of.kind,
        type=type_key,
        group=kind_of.group,
        phase="none",
        duty=kind_of.duty,
        commissions=kind_of.group in {"local-authority", "health", "justice"},
    )
    return Place(Organisation(name=name), registration)


def years_ago(years: int) -> date:
    """The same day so many years ago: the demonstration's past is as long ago on every day."""
    return clock.months_before(clock.today(), 12 * years)
