"""Form fields that several features share."""

from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

from wtforms import StringField

from auditapp.core.days import day_of

Value = TypeVar("Value")


def new_save_id() -> str:
    """A name for one save, of the client's own: sent twice, it is saved once."""
    return str(uuid4())


def given(value: Value | None) -> Value:
    """What a field that must be filled holds, once its form is valid."""
    assert value is not None
    return value


class DayField(StringField):
    """A day typed as one text; `data` is a date, or None where nothing was typed."""

    data: date | None  # type: ignore[assignment]  # a text only while it is typed

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = day_of(valuelist[0])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data.day} {self.data.month} {self.data.year}" if self.data else ""
