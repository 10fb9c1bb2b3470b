"""People, the roles they hold from one day to another, and their sign-ins."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auditapp.core import clock
from auditapp.core.db import Base, Instant, PrimaryKey, Ref, words
from auditapp.core.privacy import classes
from auditapp.policy.roles import Role


class Person(Base):
    """Someone who signs in. `email` is kept in lower case. No password until they set one."""

    __tablename__ = "person"
    __privacy__ = classes(
        structure="id ref disabled_at created_at", personal="name email", secret="password_hash"
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[Instant] = mapped_column(default=clock.now)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="person")


class Membership(Base):
    """A role held by a person in one organisation, partnership or round; never deleted, because
    the 24-month conflict rule needs those that ended. Both days are included."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN partnership_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN round_id IS NULL THEN 0 ELSE 1 END <= 1",
            name="held_in_one_place",
        ),
        Index("ix_membership_person_id", "person_id"),
        Index("ix_membership_organisation_id_role", "organisation_id", "role"),
    )
    __privacy__ = classes(
        structure="id ref person_id role organisation_id partnership_id round_id starts_on ends_on"
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(words(Role, 4))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    starts_on: Mapped[date] = mapped_column(default=clock.today)
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="memberships")
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="membership")


class Assignment(Base):
    """What is given to a contributor (one section) or to a panel member (a whole assessment)."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("membership_id", "assessment_id", "section_key"),)
    __privacy__ = classes(structure="id membership_id assessment_id section_key withdrawn_at")

    id: Mapped[PrimaryKey]
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    section_key: Mapped[str] = mapped_column(default="")  # "" is the whole assessment
    withdrawn_at: Mapped[datetime | None]

    membership: Mapped[Membership] = relationship(back_populates="assignments")


class DeclaredLink(Base):
    """A conflict of interest that a person declared (rule 1 v, vi). `kind`: personal or other."""

    __tablename__ = "declared_link"
    __privacy__ = classes(structure="id person_id organisation_id kind starts_on ends_on")

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    starts_on: Mapped[date] = mapped_column(default=clock.today)
    ends_on: Mapped[date | None]


class UserSession(Base):
    """One sign-in on one browser, acting in one membership. The cookie holds the token, the
    database its hash."""

    __tablename__ = "user_session"
    __privacy__ = classes(
        structure="id person_id membership_id started_at seen_at ended_at", secret="token_hash"
    )

    id: Mapped[PrimaryKey]
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    started_at: Mapped[Instant] = mapped_column(default=clock.now)
    seen_at: Mapped[Instant] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class PasswordLink(Base):
    """A single-use link to choose a password: for a first sign-in or a forgotten one."""

    __tablename__ = "password_link"
    __privacy__ = classes(
        structure="id person_id expires_at used_at created_at", secret="token_hash"
    )

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[Instant]
    used_at: Mapped[datetime | None]
    created_at: Mapped[Instant] = mapped_column(default=clock.now)


class SignInAttempt(Base):
    """A refused sign-in, counted per account and per address for a few minutes."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_email", "email_hash", "at"),
        Index("ix_sign_in_attempt_address", "address_hash", "at"),
    )
    __privacy__ = classes(structure="id at", personal="email_hash address_hash")

    id: Mapped[PrimaryKey]
    email_hash: Mapped[str]
    address_hash: Mapped[str]
    at: Mapped[Instant] = mapped_column(default=clock.now)
