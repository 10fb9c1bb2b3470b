"""Fixtures: the application served on a port, for a browser."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.serving import make_server

from auditapp.config import Settings


@pytest.fixture
def live_server(settings: Settings) -> Iterator[str]:
    """The address at which the application answers, on the test's own database, checks and all."""
    from auditapp.app import create_app  # the tests of one feature need no other

    with served(lambda address: create_app(replace(settings, base_url=address))) as address:
        yield address


@contextmanager
def served(make_app: Callable[[str], Flask]) -> Iterator[str]:
    """Serve what `make_app` makes for the address it is given, from threads of this process."""
    server = make_server("127.0.0.1", 0, _not_yet, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    server.app = app = make_app(address)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["engine"].dispose()


def _not_yet(_environ: object, _start_response: object) -> list[bytes]:
    raise AssertionError("asked before it was made")
