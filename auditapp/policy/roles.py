"""The eleven roles, and the person who acts in one of them."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Codes as in docs/policy/access.md."""

    CONTRIBUTOR = "CTB"
    LEAD = "LEAD"
    SIGNATORY = "SIGN"
    PANEL_MEMBER = "PM"
    PANEL_CHAIR = "PC"
    ADMINISTRATOR = "PA"
    SCRUTINEER = "SCR"
    PARTNERSHIP_VIEWER = "PV"
    SYSTEM_ADMINISTRATOR = "SYS"
    RESPONDENT = "SUR"
    ANONYMOUS = "ANO"


ORGANISATION_ROLES = frozenset({Role.CONTRIBUTOR, Role.LEAD, Role.SIGNATORY})
PANEL_ROLES = frozenset({Role.PANEL_MEMBER, Role.PANEL_CHAIR})
PARTNERSHIP_ROLES = frozenset({Role.ADMINISTRATOR, Role.SCRUTINEER, Role.PARTNERSHIP_VIEWER})

ROLE_WORDS = {
    Role.CONTRIBUTOR: "contributor",
    Role.LEAD: "designated safeguarding lead",
    Role.SIGNATORY: "signatory",
    Role.PANEL_MEMBER: "panel member",
    Role.PANEL_CHAIR: "panel chair",
    Role.ADMINISTRATOR: "partnership administrator",
    Role.SCRUTINEER: "independent scrutineer",
    Role.PARTNERSHIP_VIEWER: "partnership viewer",
    Role.SYSTEM_ADMINISTRATOR: "system administrator",
    Role.RESPONDENT: "survey respondent",
    Role.ANONYMOUS: "visitor",
}


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A person in the one role that this request acts in, and where that role reaches.

    `assessment_ids` are those assigned to them, `sections` the (assessment, section key) pairs of
    a contributor; `linked_organisation_ids` are the organisations they have a conflict of interest
    with (rule 1). Read afresh for each request and each write.
    """

    person_id: int
    membership_id: int
    role: Role
    organisation_id: int | None = None
    partnership_ids: frozenset[int] = frozenset()
    round_id: int | None = None
    assessment_ids: frozenset[int] = frozenset()
    sections: frozenset[tuple[int, str]] = frozenset()
    linked_organisation_ids: frozenset[int] = frozenset()
