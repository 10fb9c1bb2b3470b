"""Audit rounds: one run of a published questionnaire."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auditapp.core import clock
from auditapp.core.db import Base, Document, PrimaryKey, Ref, words
from auditapp.core.privacy import classes
from auditapp.organisations.types import VOLUNTARY, Duty
from auditapp.policy.roles import PANEL_ROLES, PARTNERSHIP_ROLES, Viewer
from auditapp.rounds import rules


class RoundState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Round(Base):
    """Who asks, what is asked, by when. It pins a version for good.

    `partnership_id` keeps its trail and its settings; `owner_organisation_id` is the authority or
    commissioner that owns it where the partnership only shares the assurance. `asked_keys` None
    asks every standard of the version. Days are London days, inclusive.
    """

    __tablename__ = "round"
    __privacy__ = classes(
        structure="id ref partnership_id owner_organisation_id questionnaire_version_id kind"
        " statutory state sign_off late_policy asked_keys overlays opened_at closed_at",
        public="title period opens_on due_on final_on moderation_ends_on feedback_by",
    )

    id: Mapped[PrimaryKey]
    ref: Mapped[Ref]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    questionnaire_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    title: Mapped[str]  # "Sections 157 and 175, 2026"
    period: Mapped[str]  # "2026": what trends print
    kind: Mapped[str] = mapped_column(default="full")  # full, update, flash, data-return
    statutory: Mapped[bool] = mapped_column(default=True)
    state: Mapped[RoundState] = mapped_column(words(RoundState, 10), default=RoundState.DRAFT)
    # before-submission, ratified-after or none; two people unless the partnership lets a type off
    sign_off: Mapped[str] = mapped_column(default="before-submission")
    late_policy: Mapped[str] = mapped_column(default="until-final")
    asked_keys: Mapped[list[str] | None]
    overlays: Mapped[Document] = mapped_column(default=dict)
    opens_on: Mapped[date]
    due_on: Mapped[date]
    final_on: Mapped[date]
    moderation_ends_on: Mapped[date | None]
    feedback_by: Mapped[date | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    partnerships: Mapped[list["RoundPartnership"]] = relationship(lazy="selectin")

    @property
    def partnership_ids(self) -> frozenset[int]:
        return frozenset(row.partnership_id for row in self.partnerships)

    @property
    def remind_from(self) -> date:
        """The first day on which whoever runs it is asked to remind."""
        opened_at = self.opened_at
        opened_on = opened_at.astimezone(clock.LONDON).date() if opened_at else self.opens_on
        return rules.remind_from(opened_on, self.due_on)

    @property
    def needs_signature(self) -> bool:
        return self.sign_off == "before-submission"

    def duty_key(self, own: str) -> str:
        """Which duty the round asks an organisation about whose `own` is given: of a voluntary one
        none."""
        return own if self.statutory else VOLUNTARY

    def assessment_title(self, duty: Duty) -> str:
        """ "Section 175 assessment 2026"; a voluntary round's goes by the round's own title."""
        return f"{duty.assessment} {self.period}" if self.statutory else self.title

    def title_within(self, duty: Duty) -> str:
        """The same inside a sentence: "section 175 assessment 2026"; a round's own title is a name
        and stays as it is."""
        title = self.assessment_title(duty)
        return f"{title[:1].lower()}{title[1:]}" if self.statutory else title

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Permission.SEE_ROUND in SQL."""
        if viewer.role in PANEL_ROLES:
            return cls.id == viewer.round_id
        if viewer.role in PARTNERSHIP_ROLES:
            return cls.partnerships.any(RoundPartnership.partnership_id.in_(viewer.partnership_ids))
        return false()


class RoundPartnership(Base):
    """That a round is run by a partnership; a joint round has several."""

    __tablename__ = "round_partnership"
    __table_args__ = (UniqueConstraint("round_id", "partnership_id"),)
    __privacy__ = classes(structure="id round_id partnership_id")

    id: Mapped[PrimaryKey]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)


class Invitee(Base):
    """An organisation chosen for a round; from opening on it has an assessment."""

    __tablename__ = "invitee"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)
    __privacy__ = classes(structure="id round_id organisation_id")

    id: Mapped[PrimaryKey]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
