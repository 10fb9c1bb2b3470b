"""The law and guidance that standards cite, part by part."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from auditapp.questionnaires.scales import Key, Part, Text


class Source(Part):
    """A law or guidance that standards cite, and how sure we are of its edition.

    `checked` is the day we checked that edition; None: not yet checked against the publisher's
    page. `note` says what is unsure, or whom it binds.
    """

    title: Text
    publisher: str = ""
    edition: Text
    checked: date | None = None
    note: str = ""


class Reference(BaseModel):
    """A part of a source; `source` names the record."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Key
    part: Text
