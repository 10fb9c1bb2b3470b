"""Files by the hash of their content."""

from hashlib import sha256
from io import BytesIO

import pytest

from auditapp.core.storage import Storage


class Torn(BytesIO):
    """A source that breaks off."""

    def read(self, size=-1):
        raise OSError("the connection broke")


def test_what_is_kept_is_read_back_by_its_hash(tmp_path):
    storage = Storage(tmp_path / "evidence")

    stored = storage.keep(BytesIO(b"minutes"))

    assert (stored.sha256, stored.size) == (sha256(b"minutes").hexdigest(), 7)
    with storage.open(stored.sha256) as source:
        assert source.read() == b"minutes"


def test_a_broken_upload_lists_nothing_and_the_sweeper_removes_what_it_left(tmp_path):
    storage = Storage(tmp_path)
    kept = storage.keep(BytesIO(b"kept"))

    with pytest.raises(OSError, match="broke"):
        storage.keep(Torn())

    assert storage.remove_orphans([kept.sha256]) == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [kept.sha256]


def test_the_same_content_twice_is_one_file(tmp_path):
    storage = Storage(tmp_path)

    assert storage.keep(BytesIO(b"same")) == storage.keep(BytesIO(b"same"))
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
