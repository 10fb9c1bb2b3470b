"""Partnerships, and the organisations they ask: place, registration and responsible body apart."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auditapp.core.db import Base, Document, PrimaryKey, Ref
from auditapp.core.privacy import classes
from auditapp.policy.roles import ORGANISATION_ROLES, Role, Viewer


class Partnership(Base):
    """One area's safeguarding children partnership, with its settings."""

    __tablename__ = "partnership"
    __privacy__ = classes(
        structure="id ref hue logo_sha256 logo_type names_organisations_to_viewers one_person_types"
        " settings",
        public="key name la_codes email",
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    la_codes: Mapped[list[str]]  # three digits each
    email: Mapped[str] = mapped_column(default="")  # the business unit's
    hue: Mapped[str] = mapped_column(default="#1d4b63")
    logo_sha256: Mapped[str | None]
    logo_type: Mapped[str | None]
    names_organisations_to_viewers: Mapped[bool] = mapped_column(default=False)
    # Types of organisation in which one person may both send for sign-off and sign (rule 2).
    one_person_types: Mapped[list[str]] = mapped_column(default=list)
    settings: Mapped[Document] = mapped_column(default=dict)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return cls.id.in_(viewer.partnership_ids)


class ResponsibleBody(Base):
    """Who answers for several places: a trust, a federation, an authority."""

    __tablename__ = "responsible_body"
    __table_args__ = (UniqueConstraint("kind", "code"),)
    __privacy__ = classes(structure="id ref", public="kind code name")

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    kind: Mapped[str]  # trust, federation
    code: Mapped[str]  # the register's group number (UID), or the name where it has none
    name: Mapped[str]


class Organisation(Base):
    """The place: it keeps its history whatever it is registered as.

    `name` is what pages show; `named_here` says that the partnership chose it, so that the next
    import leaves it.
    """

    __tablename__ = "organisation"
    __privacy__ = classes(structure="id ref named_here", public="name responsible_body_id locality")

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    name: Mapped[str] = mapped_column(index=True)
    named_here: Mapped[bool] = mapped_column(default=False)
    locality: Mapped[str] = mapped_column(default="")  # ward or part of the area
    responsible_body_id: Mapped[int | None] = mapped_column(
        ForeignKey("responsible_body.id"), index=True
    )

    responsible_body: Mapped[ResponsibleBody | None] = relationship()
    registrations: Mapped[list["Registration"]] = relationship(back_populates="organisation")
    memberships: Mapped[list["OrganisationPartnership"]] = relationship()

    @property
    def partnership_ids(self) -> frozenset[int]:
        return frozenset(row.partnership_id for row in self.memberships if row.left_on is None)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.role in ORGANISATION_ROLES:
            return cls.id == viewer.organisation_id
        if viewer.role is Role.ADMINISTRATOR:
            return cls.id.in_(members_of(viewer.partnership_ids))
        return false()


class OrganisationPartnership(Base):
    """That an organisation belongs to a partnership. Police and NHS bodies belong to several."""

    __tablename__ = "organisation_partnership"
    __table_args__ = (UniqueConstraint("organisation_id", "partnership_id"),)
    __privacy__ = classes(structure="id organisation_id partnership_id joined_on left_on")

    id: Mapped[PrimaryKey]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]


def members_of(partnership_ids: frozenset[int]) -> Select[int]:
    """Ids of the organisations that belong to any of these partnerships now."""
    return select(OrganisationPartnership.organisation_id).where(
        OrganisationPartnership.partnership_id.in_(partnership_ids),
        OrganisationPartnership.left_on.is_(None),
    )


class Registration(Base):
    """What a place was in a register from one day to another: number, type, legal duty.

    One per place is current. `scheme` and `code` name it in its register: URN for schools, ODS
    for health bodies. Words for `kind`, `type`, `group`, `phase`, `duty`: organisations/types.py.
    """

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("scheme", "code"),
        Index(
            "uq_registration_current",
            "organisation_id",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
    )
    __privacy__ = classes(
        structure="id organisation_id current",
        public="scheme code name kind type type_code group phase duty status opened_on closed_on"
        " la_code establishment_number ukprn early_years boarding sixth_form commissions register",
    )

    id: Mapped[PrimaryKey]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    current: Mapped[bool] = mapped_column(default=True)
    scheme: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    type: Mapped[str]
    type_code: Mapped[str] = mapped_column(default="")
    group: Mapped[str]
    phase: Mapped[str] = mapped_column(default="none")  # derived; what reports group by
    duty: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")  # open, closing, closed, proposed
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    la_code: Mapped[str] = mapped_column(default="")
    establishment_number: Mapped[str] = mapped_column(default="")
    ukprn: Mapped[str] = mapped_column(default="")
    early_years: Mapped[bool] = mapped_column(default=False)
    boarding: Mapped[bool] = mapped_column(default=False)
    sixth_form: Mapped[bool] = mapped_column(default=False)
    commissions: Mapped[bool] = mapped_column(default=False)
    register: Mapped[Document] = mapped_column(default=dict)  # ages, ward, inspectorate ...

    organisation: Mapped[Organisation] = relationship(back_populates="registrations")

    @property
    def facts(self) -> dict[str, str | bool]:
        """What a questionnaire's conditions may ask about."""
        names = ("kind", "type", "group", "phase", "duty")
        return {name: getattr(self, name) for name in names} | {
            "early_years": self.early_years,
            "boarding": self.boarding,
            "sixth_form": self.sixth_form,
            "commissions": self.commissions,
        }


class RegistrationLink(Base):
    """A row of the register's links file: one number succeeded, merged into or split from another."""

    __tablename__ = "registration_link"
    __table_args__ = (UniqueConstraint("code", "linked_code", "link_type"),)
    __privacy__ = classes(structure="id", public="code linked_code link_type established_on")

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(index=True)
    linked_code: Mapped[str]
    link_type: Mapped[str]
    established_on: Mapped[date | None]


class Contact(Base):
    """Whom to invite at an organisation, before they have an account. `role`: LEAD or SIGN."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("organisation_id", "email", "role"),)
    __privacy__ = classes(structure="id organisation_id role", personal="name email")

    id: Mapped[PrimaryKey]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]


class Commissioning(Base):
    """That one organisation commissions another: a conflict of interest both ways (rule 1 iv)."""

    __tablename__ = "commissioning"
    __table_args__ = (UniqueConstraint("commissioner_id", "commissioned_id"),)
    __privacy__ = classes(structure="id commissioner_id commissioned_id")

    id: Mapped[PrimaryKey]
    commissioner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    commissioned_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
