"""One page at one width: its picture, and what is wrong with how it is drawn."""

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (1280, 320)  # px
LEAST_HEIGHT = 640  # of the window
FAULTS = (Path(__file__).parent / "faults.js").read_text(encoding="utf-8")
PDF_DPI = 60


def photograph(page: "Page", width: int, path: Path) -> list[str]:
    """Take the open page at `width`, whole; returns its faults in sentences.

    The window is made as high as the page: what keeps to its foot (the bar that saves) then stands
    at the end, as for someone who has scrolled there, and not across the middle of the picture.
    """
    page.set_viewport_size({"width": width, "height": LEAST_HEIGHT})
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, LEAST_HEIGHT)})
    faults: list[str] = page.evaluate(FAULTS)
    page.screenshot(path=path)
    return faults


def draw_pdf(document: bytes, folder: Path, stem: str) -> list[Path]:
    """Each page of a PDF as a picture in `folder`, in order."""
    source = folder / f"{stem}.pdf"
    source.write_bytes(document)
    command = ["pdftoppm", "-r", str(PDF_DPI), "-png", str(source), str(folder / stem)]
    subprocess.run(command, check=True)
    return sorted(folder.glob(f"{stem}-*.png"), key=lambda path: int(path.stem.rpartition("-")[2]))


def file_name(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:100]
