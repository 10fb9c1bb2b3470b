"""Contact sheets of the demonstration: `python -m tests.screens [name of a visitor ...]`.

Every kind of page each visitor can reach, at 1280 and 320 pixels, and every page of the PDFs they
can fetch, in `screens/`. Fails on an error page, on a page that scrolls sideways, and on text that
is cut off or drawn over other text.
"""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from auditapp.app import create_app
from auditapp.config import Settings
from auditapp.demo.people import PASSWORD
from tests.browsers import chromium_path, chromium_running
from tests.screens.camera import WIDTHS, draw_pdf, file_name, photograph
from tests.screens.sheets import Picture, write_sheets
from tests.screens.tour import EndpointOf, Stop, tour
from tests.screens.visitors import Visitor, sign_in, visitors
from tests.serving import served
from tests.skips import REMEDIES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / "screens"
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]


@contextmanager
def demonstration() -> Iterator[tuple[str, Flask]]:
    """The demonstration, loaded afresh and served: its address, and the application."""
    with TemporaryDirectory() as folder:
        environment = {
            "AUDITAPP_INSTANCE_PATH": folder,
            "AUDITAPP_SECRET_KEY": os.urandom(32).hex(),
            "AUDITAPP_DEMO": "1",
            "AUDITAPP_LOG_LEVEL": "ERROR",
        }
        for command in (["database", "upgrade"], ["demo", "load"]):
            subprocess.run(
                [*FLASK, *command], cwd=CHECKOUT, env=os.environ | environment, check=True
            )
        made: list[Flask] = []

        def make_app(address: str) -> Flask:
            settings = Settings.from_env(environment | {"AUDITAPP_BASE_URL": address})
            made.append(create_app(settings))
            return made[0]

        with served(make_app) as address:
            yield address, made[0]


def _endpoint_of(app: Flask, path: str) -> str | None:
    try:
        return app.url_map.bind("").match(path.partition("?")[0], method="GET")[0]
    except RequestRedirect as redirect:
        return f"redirect to {redirect.new_url}"
    except HTTPException:
        return None


class Photographer:
    """Takes one visitor round, and keeps the pictures and what was wrong."""

    def __init__(self, visitor: Visitor, folder: Path) -> None:
        self.visitor = visitor
        self.folder = folder
        self.faults: list[str] = []
        self.pictures: dict[str, list[Picture]] = {}

    def go_round(self, browser: "Browser", address: str, endpoint_of: EndpointOf) -> None:
        context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
        page = context.new_page()
        sign_in(page, address, self.visitor, PASSWORD)
        for stop in tour(page, address, endpoint_of, self.visitor.most):
            self._take(page, stop)
        context.close()

    def _take(self, page: "Page", stop: Stop) -> None:
        if stop.status >= 400:
            self.faults.append(f"{self.visitor.name} {stop.path}: {stop.status}")
        stem = file_name(f"{self.visitor.name} {stop.endpoint} {stop.path}")
        if stop.file is None:
            for width in WIDTHS:
                self._take_page(page, stop, width, self.folder / f"{stem}-{width}.png")
        elif stop.media_type.startswith("application/pdf"):
            drawn = draw_pdf(stop.file, self.folder, stem)
            labels = (f"{stop.path} page {n}" for n in range(1, len(drawn) + 1))
            self._keep("pdf", *map(Picture, drawn, labels))

    def _take_page(self, page: "Page", stop: Stop, width: int, path: Path) -> None:
        faults = photograph(page, width, path)
        self.faults += [f"{self.visitor.name} {stop.path} at {width}: {fault}" for fault in faults]
        self._keep(str(width), Picture(path, stop.path))

    def _keep(self, kind: str, *pictures: Picture) -> None:
        self.pictures.setdefault(kind, []).extend(pictures)

    def write(self) -> None:
        for kind, pictures in self.pictures.items():
            write_sheets(pictures, FOLDER, f"{file_name(self.visitor.name)}-{kind}")


def main(wanted: list[str]) -> int:
    if chromium_path() is None or shutil.which("pdftoppm") is None:
        print(REMEDIES["browser"], REMEDIES["poppler"], sep="\n")
        return 2
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else a line for each request
    shutil.rmtree(FOLDER, ignore_errors=True)
    pages = FOLDER / "pages"
    pages.mkdir(parents=True)
    faults, taken = [], 0
    with demonstration() as (address, app), chromium_running() as browser:
        for visitor in visitors(app.extensions["engine"]):
            if wanted and visitor.name not in wanted:
                continue
            photographer = Photographer(visitor, pages)
            photographer.go_round(browser, address, partial(_endpoint_of, app))
            photographer.write()
            faults += photographer.faults
            pictures = sum(map(len, photographer.pictures.values()))
            print(
                f"{visitor.name}: {pictures} pictures", *photographer.faults, sep="\n", flush=True
            )
            taken += pictures
    print(f"{taken} pictures in {FOLDER.relative_to(CHECKOUT)}/, {len(faults)} faults")
    return 1 if faults or not taken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
