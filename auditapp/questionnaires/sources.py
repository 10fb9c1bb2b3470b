"""The law and guidance that standards cite, part by part."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from auditapp.questionnaires.scales import Key, Part, Text


class ListedPart(BaseModel):
    """A part of an edition as the edition names it ("Part three"); `title` in our own words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: Text
    title: str = ""

    def holds(self, words: str) -> bool:
        """Whether `words` name this part or one within it: "Part four, section one", "11(2)"."""
        within = tuple(f"{self.part}{sign}" for sign in (",", " (", "("))
        return words == self.part or words.startswith(within)


class EditionFacts(BaseModel):
    """What is known of one edition, and how sure we are of it.

    `in_force_from` and `in_force_until` are its first and last day; None: not known, or no end
    known. `checked` is the day we checked it; None: not yet checked against the publisher's page.
    `note` says what is unsure. `parts` are in the edition's order; `lists_all_parts`: it has no
    others.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    edition: Text
    in_force_from: date | None = None
    in_force_until: date | None = None
    address: str = ""
    checked: date | None = None
    note: str = ""
    parts: tuple[ListedPart, ...] = ()
    lists_all_parts: bool = False

    def listed(self, words: str) -> ListedPart | None:
        """The listed part that `words` name or lie within."""
        return next((one for one in self.parts if one.holds(words)), None)

    def has_part(self, words: str) -> bool:
        """Whether `words` may be cited: an edition that does not list all its parts says nothing
        against any."""
        return not self.lists_all_parts or self.listed(words) is not None


def _or_named(schema: dict[str, Any]) -> None:
    """In a file, key and edition alone name a source that ships."""
    schema["required"] = ["key", "edition"]
    schema["anyOf"] = [{"required": ["title"]}, {"maxProperties": 2}]


class Source(EditionFacts, Part):
    """One edition of a law or guidance, as a questionnaire cites it.

    `short` is what people call it ("KCSIE"); `binds` says who must follow it.
    """

    model_config = ConfigDict(json_schema_extra=_or_named)

    title: Text
    publisher: str = ""
    short: str = ""
    binds: str = ""

    @property
    def name(self) -> str:
        """ "KCSIE 2025", or the title and edition in full; an edition the title says is not said
        twice."""
        if self.short:
            return f"{self.short} {self.edition}"
        said = self.title.endswith(self.edition)
        return self.title if said else f"{self.title}, {self.edition}"

    @property
    def in_full(self) -> str:
        """Its title, publisher and edition."""
        return ", ".join(it for it in (self.title, self.publisher, self.edition) if it)


class Reference(BaseModel):
    """A part of a source; `source` names the record."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Key
    part: Text


class Edition(EditionFacts):
    """`also`: what else questionnaires have called this edition ("September 2025")."""

    also: tuple[Text, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.edition, *self.also)

    def is_in_force(self, on: date) -> bool:
        """As far as its dates are known."""
        begun = self.in_force_from is not None and self.in_force_from <= on
        return begun and (self.in_force_until is None or on <= self.in_force_until)


class SourceRecord(Part):
    """A law or guidance with its editions, the oldest first; a file of its own.

    An edition stays once it has shipped: published questionnaires name it.
    """

    title: Text
    short: str = ""
    publisher: str = ""
    address: str = ""
    binds: str = ""
    editions: tuple[Edition, ...] = Field(min_length=1)

    def edition(self, name: str) -> Edition | None:
        """The edition called `name`."""
        return next((one for one in self.editions if name in one.names), None)

    def since(self, edition: Edition) -> tuple[Edition, ...]:
        """The editions after `edition`, the oldest first."""
        return self.editions[self.editions.index(edition) + 1 :]

    def source(self, edition: Edition) -> Source:
        """The edition as a questionnaire declares it, complete in itself."""
        facts = {name: getattr(edition, name) for name in EditionFacts.model_fields}
        facts["address"] = edition.address or self.address
        about = {name: getattr(self, name) for name in ("key", "title", "publisher", "short")}
        return Source(**about, binds=self.binds, **facts)
