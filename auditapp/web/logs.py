"""One JSON line per request and per warning: ids, route names and times, never words or queries."""

import json
import logging
import sys
import time
from traceback import walk_tb
from typing import Any
from uuid import uuid4

from flask import Flask, Response, g, request

LOGGER = logging.getLogger("auditapp")


class JsonLine(logging.Formatter):
    """A record as one line; control characters are escaped, so one event is one line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "event": record.getMessage(),
        } | getattr(record, "facts", {})
        if record.exc_info:
            # The place, not the message: a message may quote what someone typed.
            line["error"] = self._where(record.exc_info)
        return json.dumps(line, default=str)

    @staticmethod
    def _where(exc_info: tuple[Any, ...]) -> str:
        kind, _error, trace = exc_info
        deepest = [frame for frame, _line in walk_tb(trace)][-1:]
        places = [f"{frame.f_code.co_filename}:{frame.f_lineno}" for frame in deepest]
        return f"{getattr(kind, '__name__', 'error')} at {', '.join(places) or 'unknown'}"


def init_app(app: Flask, level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    for logger in (LOGGER, app.logger):
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
    app.before_request(_begin)
    app.after_request(_line)


def _begin() -> None:
    g.began_at = time.perf_counter()
    g.request_id = uuid4().hex[:12]


def _line(response: Response) -> Response:
    viewer = g.get("viewer")
    facts = {
        "request": g.get("request_id"),
        "route": request.endpoint,
        "method": request.method,
        "status": response.status_code,
        "ms": round(1000 * (time.perf_counter() - g.get("began_at", time.perf_counter())), 1),
        "person": viewer and viewer.person_id,
        "organisation": viewer and viewer.organisation_id,
    }
    LOGGER.info("request", extra={"facts": facts})
    return response
