"""The maps from a PDF's character codes back to the characters, where ReportLab's are wrong."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

_ENTRY = re.compile(rb"^<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>$", re.MULTILINE)
_BLOCK = re.compile(rb"\d+ beginbfchar.*endbfchar", re.DOTALL)
BLOCK = 100  # entries at most


def mend_unicode_maps(pdf: "Pdf") -> None:
    """Leave out the codes that are mapped to U+0000 because they are not used; write characters
    beyond U+FFFF as UTF-16; keep to 100 entries a block.

    Source: ISO 14289-1 (PDF/UA-1), 7.21.7; ISO 32000-1, 9.10.3.
    """
    from pikepdf import Dictionary

    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            item.ToUnicode.write(mended(item.ToUnicode.read_bytes()))


def mended(table: bytes) -> bytes:
    entries = [(code, int(to, 16)) for code, to in _ENTRY.findall(table)]
    made = b"\n".join(_blocks([entry for entry in entries if entry[1]]))
    return _BLOCK.sub(lambda _block: made, table)


def _blocks(entries: list[tuple[bytes, int]]) -> Iterator[bytes]:
    for start in range(0, len(entries), BLOCK):
        part = entries[start : start + BLOCK]
        lines = b"\n".join(b"<%s> <%s>" % (code, _utf16(to)) for code, to in part)
        yield b"%d beginbfchar\n%s\nendbfchar" % (len(part), lines)


def _utf16(codepoint: int) -> bytes:
    return chr(codepoint).encode("utf-16-be").hex().upper().encode()
