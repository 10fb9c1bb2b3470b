"""What the trail says of organisations and partnerships: ids, keys and names of fields."""

from dataclasses import dataclass
from typing import ClassVar

from auditapp.core.events import Audience, Happening


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(Happening):
    kind: ClassVar[str] = "organisation-added"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    registration_id: int
    duty: str


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Happening):
    """`fields` are names of fields; the duty is said, because it decides what is asked."""

    kind: ClassVar[str] = "organisation-changed"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    fields: list[str]
    duty: str


@dataclass(frozen=True, kw_only=True)
class OrganisationConverted(Happening):
    kind: ClassVar[str] = "organisation-converted"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    old_registration_id: int
    new_registration_id: int
    duty_before: str
    duty_after: str
    joined_organisation_id: int | None = None  # the place that an earlier import had made


@dataclass(frozen=True, kw_only=True)
class OrganisationClosed(Happening):
    kind: ClassVar[str] = "organisation-closed"
    audience: ClassVar[Audience] = Audience.ORGANISATION

    registration_id: int


@dataclass(frozen=True, kw_only=True)
class ListImported(Happening):
    kind: ClassVar[str] = "list-imported"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    is_register: bool
    read: int
    new: int
    changed: int
    converted: int
    closed: int
    errors: int


@dataclass(frozen=True, kw_only=True)
class PartnershipCreated(Happening):
    kind: ClassVar[str] = "partnership-created"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Happening):
    kind: ClassVar[str] = "settings-changed"
    audience: ClassVar[Audience] = Audience.PARTNERSHIP

    fields: list[str]
