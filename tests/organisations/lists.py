"""The invented lists of these tests, and where the real ones stand."""

from pathlib import Path

from tests.site.checkout import CHECKOUT
from tests.skips import need

FILES = Path(__file__).parent / "files"
REAL = CHECKOUT.parent / "shared" / "data"
LA = {"999"}


def content(name: str) -> bytes:
    return (FILES / name).read_bytes()


def real(pattern: str) -> Path:
    """The one real file that fits, or a loud skip. These are never committed."""
    found = sorted(REAL.glob(pattern))
    if len(found) != 1:
        need("lists")
    return found[0]
