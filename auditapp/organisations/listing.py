"""What was read in a list of organisations, before anything is compared with the database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

URN, DFE_NUMBER, LOCAL = "urn", "dfe-number", "local"


class Body(NamedTuple):
    """A trust or a federation; `code` is the register's group number, or the name without one."""

    kind: str
    code: str
    name: str


class ListedContact(NamedTuple):
    """`role`: LEAD or SIGN. The e-mail is in lower case."""

    role: str
    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One organisation as a list has it.

    `facts` are columns of `Registration` and `register` keys of its document (None: the list has
    the column and nothing in it); what the list has no column for is not in them, and stays as it
    is. `body` counts where `says_body` does.
    """

    row: int
    scheme: str
    code: str
    name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    register: Mapping[str, str | int | None] = field(default_factory=dict)
    locality: str = ""
    says_body: bool = False
    body: Body | None = None
    contacts: tuple[ListedContact, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.scheme, self.code

    @property
    def only_contacts(self) -> bool:
        """The row adds people to an organisation that must be there already."""
        return not self.facts


@dataclass(kw_only=True)
class Reading:
    """A list that was read. Each of `read` rows is in `listed`, or counted in `skipped` by its
    reason, or has one of the sentences in `errors`, which name row and column.

    `closed` are numbers that the register says have closed, with the day; `notices` are what was
    put right or could not be used. A register is the authority on its own facts (`is_register`).
    """

    read: int = 0
    listed: list[Listed] = field(default_factory=list)
    closed: dict[str, date | None] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    is_register: bool = True


class Link(NamedTuple):
    """A row of the register's links file: `linked_code` stands to `code` as `type` says."""

    code: str
    linked_code: str
    type: str
    established_on: date | None
