"""Selecting only what a viewer may see: the SQL side of the permission table."""

from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from auditapp.core.db import Base
from auditapp.core.errors import NOT_FOUND, Missing
from auditapp.policy.roles import Viewer


class Owned(Protocol):
    """A model whose rows belong to someone, and which says in SQL who may see them."""

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]: ...


Row = TypeVar("Row", bound=Base)
AnySelect = TypeVar("AnySelect", bound=Select[*tuple[Any, ...]])


def visible(query: AnySelect, viewer: Viewer) -> AnySelect:
    """`query`, narrowed to the rows that `viewer` may see at all; the model says which."""
    owned: type[Owned] = query.column_descriptions[0]["entity"]
    return query.where(owned.visible_to(viewer))


def get_visible_or_404(session: Session, query: Select[Row], viewer: Viewer) -> Row:
    """The one row of `query` that `viewer` may see.

    Raises:
        Missing: there is none, or not for this viewer; a page answers 404 to both alike.
    """
    row = session.scalars(visible(query, viewer)).one_or_none()
    if row is None:
        raise Missing(NOT_FOUND)
    return row
