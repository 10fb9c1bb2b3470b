"""One database session per request, closed at its end whatever happened."""

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from auditapp.core.db import make_engine


def current_engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine


def current_session() -> Session:
    """This request's session. Reads only, until `core.transactions.transaction`."""
    if "session" not in g:
        g.session = Session(current_engine())
    session: Session = g.session
    return session


def init_app(app: Flask, database_url: str) -> None:
    app.extensions["engine"] = make_engine(database_url)

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        session = g.pop("session", None)
        if session is not None:
            session.close()
