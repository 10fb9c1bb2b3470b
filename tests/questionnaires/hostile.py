"""Workbooks that should be refused, and what reading them costs."""

import io
import time
import zipfile
from pathlib import Path

from auditapp.core.errors import RuleBroken
from auditapp.questionnaires.workbook_in import read_workbook
from auditapp.questionnaires.workbook_out import template

TEMPLATE = template()
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS, SHEET, STYLES = "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"
NOT_ONE, TOO_BIG, TOO_LONG = "is not an Excel workbook", "far bigger than", "more than 5,000 rows"


def altered(**parts: str | bytes) -> bytes:
    """The template with some of its parts replaced, or added."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return content.getvalue()


def strings(inside: str, before: str = "") -> bytes:
    return altered(**{STRINGS: f"{before}<sst {NAMESPACE}>{inside}</sst>"})


def sheet(rows: str) -> bytes:
    return altered(**{SHEET: f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>"})


def lying() -> bytes:
    """A zip whose directory says that its bomb is small."""
    content = altered(**{STRINGS: "<" * 20_000_000})
    return content.replace((20_000_000).to_bytes(4, "little"), (2_000).to_bytes(4, "little"))


def hostile() -> dict[str, tuple[bytes, str]]:
    """What each is -> its bytes and what is said of it."""
    declared = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    styles = f"<styleSheet {NAMESPACE}><cellXfs>{'<xf/>' * 100_000}</cellXfs></styleSheet>"
    return {
        "nothing": (b"", NOT_ONE),
        "a PDF": (b"%PDF-1.7 and so on", NOT_ONE),
        "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 2_000, NOT_ONE),
        "half a zip": (TEMPLATE[:-3_000], NOT_ONE),
        "a zip of something else": (_zip_of("word.txt"), NOT_ONE),
        "no XML": (altered(**{"xl/workbook.xml": "<nonsense"}), NOT_ONE),
        "an entity": (strings("<si><t>&b;</t></si>", declared), NOT_ONE),
        "a file over 3 MB": (b"PK\x03\x04" + b"x" * 3_000_000, TOO_BIG),
        "a bomb beside": (altered(**{"xl/media/a.bin": b"\0" * 100_000_000}), TOO_BIG),
        "a bomb that lies": (lying(), NOT_ONE),
        "a million strings": (strings("<si><t/></si>" * 900_000), TOO_BIG),
        "a cell of 11 MB": (strings(f"<si><t>{'x' * 11_000_000}</t></si>"), TOO_BIG),
        "an address of 11 MB": (sheet(f'<row><c r="{"A" * 11_000_000}1"/></row>'), TOO_BIG),
        "a hundred thousand styles": (altered(**{STYLES: styles}), TOO_BIG),
        "a wide row": (sheet(f"<row>{'<c/>' * 140_000}</row>"), TOO_LONG),
        "a long sheet": (sheet("<row/>" * 140_000), TOO_LONG),
        "a last row": (sheet('<row r="1048576"><c/></row>'), TOO_LONG),
    }


def _zip_of(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr(name, "Words.")
    return content.getvalue()


def cost(folder: Path) -> tuple[float, int]:
    """Seconds of work of the slowest, and the peak of memory in MB, of reading every file there."""
    slowest = 0.0
    for path in sorted(folder.iterdir()):
        began = time.process_time()
        try:
            read_workbook(path.read_bytes(), path.name)
        except RuleBroken:
            slowest = max(slowest, time.process_time() - began)
    status = Path("/proc/self/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return slowest, int(peak.split()[1]) // 1024
