"""Files between their upload and their import: kept by hash, per partnership, for a day.

A list of contacts holds names and addresses, so none stays longer than it must.
"""

import io
import re
import time
from pathlib import Path

from auditapp.core.storage import Storage

KEPT_SECONDS = 24 * 60 * 60
_HASH = re.compile(r"[0-9a-f]{64}")


class Uploads:
    """The uploaded files of one partnership, below the installation's folder."""

    def __init__(self, instance_path: Path, partnership_ref: str) -> None:
        self.storage = Storage(instance_path / "imports" / partnership_ref)

    def keep(self, content: bytes) -> str:
        """Keep a file and return its hash; those of yesterday go."""
        self._sweep()
        return self.storage.keep(io.BytesIO(content)).sha256

    def read(self, sha256: str) -> bytes | None:
        """The file, or None where it is not kept (any more)."""
        path = self._path(sha256)
        return path.read_bytes() if path is not None and path.is_file() else None

    def forget(self, *hashes: str) -> None:
        for sha256 in hashes:
            if path := self._path(sha256):
                path.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path | None:
        return self.storage.path(sha256) if _HASH.fullmatch(sha256) else None

    def _sweep(self) -> None:
        oldest = time.time() - KEPT_SECONDS
        for path in self.storage.folder.rglob("*"):
            if path.is_file() and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
