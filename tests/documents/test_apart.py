"""A file drawn by a process of its own is the file, and a fault there is a fault here."""

import pytest

from auditapp.core.errors import TookTooLong
from auditapp.documents import apart
from auditapp.documents.files import FileForm, draw
from tests.documents.samples import overview


@pytest.mark.parametrize("form", FileForm)
def test_the_same_bytes_as_drawn_here(form):
    assert apart.draw_apart(overview(), form) == draw(overview(), form)


def test_what_fails_there_is_said_here():
    with pytest.raises(RuntimeError, match="AttributeError"):
        apart.draw_apart("not a document", FileForm.PDF)


def test_it_is_given_up_after_its_time(monkeypatch):
    monkeypatch.setattr(apart, "GIVEN_UP_AFTER", 0.01)
    with pytest.raises(TookTooLong):
        apart.draw_apart(overview(), FileForm.PDF)
    assert apart._turns._value == 2
