"""Files by the hash of their content, in one folder outside the web root."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

CHUNK = 1 << 20


@dataclass(frozen=True)
class Stored:
    """What was kept: `sha256` in hexadecimal names it, `size` is in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Storage:
    """Local disk. A file that is listed is whole: it is written aside, synced, then renamed."""

    folder: Path

    def keep(self, source: IO[bytes]) -> Stored:
        """Keep the content of `source`; the same content twice is kept once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with NamedTemporaryFile(dir=self.folder, prefix=".part-", delete=False) as part:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                part.write(chunk)
            part.flush()
            os.fsync(part.fileno())
        target = self.path(digest.hexdigest())
        target.parent.mkdir(exist_ok=True)
        os.replace(part.name, target)
        _sync_folder(target.parent)
        return Stored(digest.hexdigest(), size)

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def open(self, sha256: str) -> IO[bytes]:
        """The content. Raises `FileNotFoundError` if it is not kept."""
        return self.path(sha256).open("rb")

    def remove_orphans(self, known: Iterable[str]) -> int:
        """Remove what no row knows, parts of broken uploads included; returns how many files."""
        kept, removed = set(known), 0
        for path in [p for p in self.folder.rglob("*") if p.is_file()]:
            if path.name not in kept:
                path.unlink()
                removed += 1
        return removed


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
