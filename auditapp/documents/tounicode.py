"""The maps from a PDF's character codes back to the characters, without ReportLab's noughts."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

_ENTRY = re.compile(rb"^<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>$", re.MULTILINE)
_BLOCK = re.compile(rb"\d+ beginbfchar.*?endbfchar", re.DOTALL)
BLOCK = 100  # entries at most, by the specification


def mend_unicode_maps(pdf: "Pdf") -> None:
    """Leave out the codes that ReportLab maps to U+0000 because it does not use them.

    Source: ISO 14289-1 (PDF/UA-1), 7.21.7: no character maps to U+0000.
    """
    from pikepdf import Dictionary

    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            table = item.ToUnicode.read_bytes()
            item.ToUnicode.write(mended(table))


def mended(table: bytes) -> bytes:
    """The map without entries for U+0000."""
    entries = [entry for entry in _ENTRY.findall(table) if int(entry[1], 16)]
    first = True

    def blocks(_match: "re.Match[bytes]") -> bytes:
        nonlocal first
        made = b"\n".join(_blocks(entries)) if first else b""
        first = False
        return made

    return _BLOCK.sub(blocks, table)


def _blocks(entries: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for start in range(0, len(entries), BLOCK):
        part = entries[start : start + BLOCK]
        lines = b"\n".join(b"<%s> <%s>" % entry for entry in part)
        yield b"%d beginbfchar\n%s\nendbfchar" % (len(part), lines)
