"""The application as benchmarks meet it: in this process, to count, or in gunicorn, to measure.

To each is added one empty page, the floor of every page: the person, the role, the band and the
layout, and nothing in it.
"""

import logging
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, render_template_string

from auditapp.app import create_app
from auditapp.config import Settings
from auditapp.policy.endpoints import ENDPOINTS, Open
from tests import serving
from tests.benchmarks.area import Area
from tests.benchmarks.pages import Page

EMPTY = "/empty"
EMPTY_PAGE = (
    '{% extends "layout.html" %}{% block title %}Empty{% endblock %}'
    "{% block page %}<h1>Empty</h1>{% endblock %}"
)
SECRET = "b" * 8 + "enchmark" * 4
START_SECONDS = 30


def make_app(settings: Settings | None = None) -> Flask:
    """The application with the empty page; what gunicorn runs."""
    app = create_app(settings)
    ENDPOINTS["empty"] = Open.TO_SIGNED_IN
    app.add_url_rule(EMPTY, "empty", lambda: render_template_string(EMPTY_PAGE))
    return app


@contextmanager
def in_process(area: Area) -> Iterator[tuple[Flask, str]]:
    """The application and its address, served from threads of this process."""
    made: list[Flask] = []
    logging.getLogger("werkzeug").setLevel(logging.ERROR)

    def make(address: str) -> Flask:
        made.append(make_app(_settings(area, folder, address)))
        return made[0]

    with TemporaryDirectory() as folder, serving.served(make) as address:
        yield made[0], address


def paths_of(area: Area, pages: Sequence[Page]) -> dict[Page, str]:
    """Where each page is."""
    with TemporaryDirectory() as folder:
        app = make_app(_settings(area, folder, "http://127.0.0.1"))
        return {page: page.path(app, area) for page in pages}


def _settings(area: Area, folder: str, address: str) -> Settings:
    return Settings(
        database_url=_url(area),
        instance_path=Path(folder),
        secret_key=SECRET,
        base_url=address,
        log_level="ERROR",
    )


@dataclass(frozen=True)
class Gunicorn:
    """A server with its workers, as `make run` starts one."""

    address: str
    master: int

    @property
    def workers(self) -> list[int]:
        return [int(pid) for pid in _read(self.master, f"task/{self.master}/children").split()]

    def mib(self) -> float:
        """Resident memory of the largest worker."""
        return max(_mib(pid, "status", "VmRSS") for pid in self.workers)

    def own_mib(self) -> float:
        """Of the largest worker, shared pages divided among those that share them."""
        return max(_mib(pid, "smaps_rollup", "Pss") for pid in self.workers)

    def peak_mib(self) -> float:
        return max(_mib(pid, "status", "VmHWM") for pid in self.workers)


@contextmanager
def gunicorn(area: Area, *, workers: int) -> Iterator[Gunicorn]:
    """Gunicorn on a free port of the loopback, on the area's database."""
    with TemporaryDirectory() as folder, Path(folder, "log").open("w") as log:
        address = f"http://127.0.0.1:{_free_port()}"
        process = subprocess.Popen(
            _command(workers, address), env=_environment(area, folder, address), stderr=log
        )
        try:
            _wait(process, address, Path(folder, "log"))
            yield Gunicorn(address, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=START_SECONDS)


def _command(workers: int, address: str) -> list[str]:
    options = {
        "--workers": str(workers),
        "--worker-class": "gthread",
        "--threads": "4",
        "--bind": address.removeprefix("http://"),
    }
    given = [word for option in options.items() for word in option]
    return [sys.executable, "-m", "gunicorn", *given, "tests.benchmarks.serving:make_app()"]


def _environment(area: Area, folder: str, address: str) -> dict[str, str]:
    theirs = {name: value for name, value in os.environ.items() if "AUDITAPP_" not in name}
    return theirs | {
        "AUDITAPP_DATABASE_URL": _url(area),
        "AUDITAPP_INSTANCE_PATH": folder,
        "AUDITAPP_SECRET_KEY": SECRET,
        "AUDITAPP_BASE_URL": address,
    }


def _url(area: Area) -> str:
    return area.engine.url.render_as_string(hide_password=False)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    host, port = address.removeprefix("http://").split(":")
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"gunicorn did not start:\n{log.read_text()}")


def _mib(pid: int, file: str, name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB", _read(pid, file), re.MULTILINE)
    assert found, f"/proc/{pid}/{file} does not say {name}"
    return int(found[1]) / 1024


def _read(pid: int, file: str) -> str:
    return Path(f"/proc/{pid}/{file}").read_text()
