"""Kinds of place, and the slices of a round that figures can be asked for."""

from typing import NamedTuple


class PlaceRow(NamedTuple):
    """`number` submitted assessments of one kind of place, moderated or not."""

    type: str
    phase: str
    trust: str
    is_moderated: bool
    number: int


class Slice(NamedTuple):
    """Which places are counted; "" is all."""

    phase: str = ""
    type: str = ""
    trust: str = ""

    def holds(self, row: PlaceRow) -> bool:
        wanted = ((self.phase, row.phase), (self.type, row.type), (self.trust, row.trust))
        return all(asked in ("", found) for asked, found in wanted)


EVERYWHERE = Slice()
