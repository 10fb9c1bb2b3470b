"""Boxes to choose in: one of several, many of several, yes or no. Pure."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from auditapp.questionnaires.boxes import Box, Kept
from auditapp.questionnaires.scales import Need, Needs, Part, Text


class Option(Part):
    """One thing to choose, and what choosing it asks for."""

    label: Text
    needs: Needs = frozenset()


class Choosing(Box):
    """A box whose options are known beforehand."""

    @property
    @abstractmethod
    def choices(self) -> tuple[Option, ...]: ...

    def read(self, typed: Sequence[str]) -> Kept | None:
        known = [option.key for option in self.choices]
        chosen = [key for key in typed if key]
        if any(key not in known for key in chosen):
            raise ValueError("Choose from the list.")
        in_order = [key for key in known if key in chosen]
        if not in_order:
            return None
        if self.takes_many:
            return in_order
        if len(in_order) > 1:
            raise ValueError("Choose one.")
        return in_order[0]

    def shown(self, kept: Kept) -> str:
        return ", ".join(option.label for option in self._chosen(kept))

    def typed(self, kept: Kept) -> list[str]:
        return [kept] if isinstance(kept, str) else list(kept)

    def needs(self, kept: Kept) -> frozenset[Need]:
        return frozenset[Need]().union(*(option.needs for option in self._chosen(kept)))

    def _chosen(self, kept: Kept) -> list[Option]:
        keys = {kept} if isinstance(kept, str) else set(kept)
        return [option for option in self.choices if option.key in keys]


class ChoiceEntry(Choosing):
    """One of several options, or `many` of them."""

    kind: Literal["choice"]
    many: bool = False
    options: tuple[Option, ...] = Field(min_length=2)

    @property
    def described(self) -> str:
        labels = "; ".join(option.label for option in self.options)
        return f"{'Any' if self.many else 'One'} of: {labels}"

    @property
    def choices(self) -> tuple[Option, ...]:
        return self.options

    @property
    def takes_many(self) -> bool:
        return self.many


class YesNoEntry(Choosing):
    """Yes or no; `partly` between them if asked for. Each may ask for more."""

    kind: Literal["yes-no"]
    partly: bool = False
    if_yes: Needs = frozenset()
    if_partly: Needs = frozenset()
    if_no: Needs = frozenset()

    @property
    def described(self) -> str:
        return "Yes, partly or no" if self.partly else "Yes or no"

    @property
    def choices(self) -> tuple[Option, ...]:
        between = [Option(key="partly", label="Partly", needs=self.if_partly)]
        return (
            Option(key="yes", label="Yes", needs=self.if_yes),
            *(between if self.partly else []),
            Option(key="no", label="No", needs=self.if_no),
        )
