"""An area to measure on: organisations with two rounds of answers, written straight to tables.

Last year's round is submitted by all: a quarter each submitted, released, in moderation and
completed. This year's is under way: a third each answered in full, in part and not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, text
from sqlalchemy.orm import Session

from auditapp.accounts.models import Membership, Person
from auditapp.accounts.passwords import hash_password
from auditapp.core import clock
from auditapp.core.db import Base
from auditapp.core.events import EventChain
from auditapp.organisations.models import Partnership, ResponsibleBody
from auditapp.policy.roles import PANEL_ROLES, PARTNERSHIP_ROLES, Role
from auditapp.questionnaires.library import publish, questionnaire_of
from auditapp.questionnaires.schema import Asked, Section
from auditapp.rounds.models import Round, RoundPartnership, RoundState

PASSWORD = "correct horse battery staple"
QUESTIONNAIRE = Path(__file__).parents[2] / "questionnaires" / "section-175-157.v1.yaml"
STANDARDS = 80
ORGANISATIONS = 130
# Who is signed in where, by role: organisation 1, last year's round, or the partnership.
PEOPLE = {
    Role.LEAD: 1,
    Role.SIGNATORY: 2,
    Role.ADMINISTRATOR: 3,
    Role.PANEL_CHAIR: 4,
    Role.PANEL_MEMBER: 5,
    Role.PARTNERSHIP_VIEWER: 7,
    Role.SCRUTINEER: 8,
}
MEMBERS = (5, 6)  # of the panel: ids of people, and of their memberships
PAST, LIVE = 1, 2  # ids of the rounds
PARTNERSHIP, TRUSTS = 1, 12
# What every school here is, so that each is asked the same standards.
FACTS: dict[str, Any] = {
    "kind": "school",
    "type": "community-school",
    "group": "maintained",
    "phase": "primary",
    "duty": "s175",
    "early_years": True,
    "boarding": True,
    "sixth_form": True,
}


class Rows:
    """Rows by model, written together in the order that foreign keys ask for."""

    def __init__(self) -> None:
        self._of: dict[type[Base], list[dict[str, Any]]] = {}

    def add(self, model: type[Base], **values: Any) -> None:
        """Rows of one model have the same columns."""
        self._of.setdefault(model, []).append(values)

    def write(self, engine: Engine) -> None:
        order = {table: place for place, table in enumerate(Base.metadata.sorted_tables)}
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            for model in sorted(self._of, key=lambda model: order[model.__table__]):
                connection.execute(insert(model), self._of[model])


@dataclass
class Area:
    """What stands in the database of `engine`; `keys` are the standards that everyone is asked."""

    engine: Engine
    keys: tuple[str, ...]
    kept: dict[str, Any] = field(default_factory=dict)  # documents that all submissions share
    organisations: int = 0

    @property
    def section(self) -> Section:
        """The section with the most standards asked."""
        with Session(self.engine) as session:
            asked = Asked(questionnaire_of(session, 1), FACTS, self.keys)
        return max(asked.sections, key=lambda section: len(section.questions))


def new_area(engine: Engine, *, standards: int = STANDARDS) -> Area:
    """A partnership with its rounds and people, and no organisation yet."""
    with Session(engine) as session:
        version = publish(session, QUESTIONNAIRE.read_text(encoding="utf-8"))
        keys = Asked(questionnaire_of(session, version.id), FACTS).keys[:standards]
        session.commit()
    assert len(keys) == standards, f"the questionnaire has {len(keys)} standards for such a school"
    rows = Rows()
    _partnership(rows)
    _round(rows, PAST, "past-round", 2025, clock.today() - timedelta(days=365), keys)
    _round(rows, LIVE, "live-round", 2026, clock.today() + timedelta(days=30), keys)
    rows.write(engine)
    return Area(engine, tuple(keys))


def people(area: Area) -> None:
    """One person of each role, once organisation 1 is there."""
    rows, hashed = Rows(), hash_password(PASSWORD)
    held = [*PEOPLE.items(), (Role.PANEL_MEMBER, MEMBERS[1])]
    for role, number in held:
        email = f"{role.value.lower()}{number}@example.org"
        rows.add(Person, id=number, name=f"Person {number}", email=email, password_hash=hashed)
        rows.add(
            Membership,
            id=number,
            person_id=number,
            role=role,
            organisation_id=1 if role in {Role.LEAD, Role.SIGNATORY} else None,
            partnership_id=PARTNERSHIP if role in PARTNERSHIP_ROLES else None,
            round_id=PAST if role in PANEL_ROLES else None,
            starts_on=date(2020, 9, 1),
        )
    rows.write(area.engine)


def email_of(role: Role) -> str:
    return f"{role.value.lower()}{PEOPLE[role]}@example.org"


def settle_numbers(engine: Engine) -> None:
    """Let the next row of each table have the next number, and plan for the rows there are."""
    if engine.dialect.name != "postgresql":
        return
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            last = f'coalesce((SELECT max(id) FROM "{table.name}"), 0) + 1'
            sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, {last}, false)"))
        connection.execute(text("ANALYZE"))


def _partnership(rows: Rows) -> None:
    rows.add(
        Partnership,
        id=PARTNERSHIP,
        key="exampleshire",
        name="Exampleshire Safeguarding Children Partnership",
        la_codes=["999"],
        names_organisations_to_viewers=True,
    )
    rows.add(EventChain, id=PARTNERSHIP)
    for number in range(1, TRUSTS + 1):
        rows.add(ResponsibleBody, id=number, kind="trust", code=f"{number}", name=f"Trust {number}")


def _round(rows: Rows, number: int, ref: str, year: int, due_on: date, keys: Sequence[str]) -> None:
    rows.add(
        Round,
        id=number,
        ref=ref,
        partnership_id=PARTNERSHIP,
        questionnaire_version_id=1,
        title=f"Sections 157 and 175, {year}",
        period=str(year),
        state=RoundState.OPEN,
        asked_keys=list(keys),
        opens_on=due_on - timedelta(days=90),
        due_on=due_on,
        final_on=due_on + timedelta(days=30),
        opened_at=clock.now() - timedelta(days=60),
    )
    rows.add(RoundPartnership, round_id=number, partnership_id=PARTNERSHIP)
