"""Variants: one list of standards, numbered and worded for some organisations in a way of their own.

A question's key is the same in every variant, so that answers are counted together.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from auditapp.questionnaires.conditions import Condition, Facts, holds
from auditapp.questionnaires.scales import Key, Part, Text

TITLE_MAX_CHARS = 60
Title = Annotated[str, Field(min_length=1, max_length=TITLE_MAX_CHARS)]
MOST_SIGNS = 8
EVERYONE = ""  # the variant of those that no variant is for


def _number(number: str) -> str:
    """A title follows it, so it has no space."""
    if len(number) > MOST_SIGNS or number.split() != [number]:
        raise ValueError(f"a number has at most {MOST_SIGNS} signs and no space: 4.2, B, 3(a)")
    return number


Number = Annotated[str, AfterValidator(_number)]


class Variant(Part):
    """Whom it is for: the first variant whose condition holds. Only facts can decide."""

    title: Text
    applies: Condition


class Wording(BaseModel):
    """What reads otherwise in one variant; what is left out is as for everyone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    variant: Key
    number: Number | None = None

    @property
    def said(self) -> dict[str, Any]:
        return self.model_dump(exclude={"variant"}, exclude_defaults=True)


class SectionWording(Wording):
    title: Text | None = None
    intro: Text | None = None


class QuestionWording(Wording):
    """Descriptors only of the grades that mean something else."""

    title: Title | None = None
    text: Text | None = None
    why: Text | None = None
    descriptors: Mapping[Key, Text] = {}
    evidence: tuple[Text, ...] = ()
    impact: Text | None = None


def variant_for(variants: Iterable[Variant], facts: Facts) -> str:
    """The key of the variant that an organisation like this reads; `EVERYONE` if none is its."""
    return next((it.key for it in variants if holds(it.applies, facts)), EVERYONE)


def said_in(wordings: Iterable[Wording], variant: str) -> dict[str, Any]:
    """What one of the wordings says for the variant, by the field's name; {} if none does."""
    return next((it.said for it in wordings if it.variant == variant), {})
