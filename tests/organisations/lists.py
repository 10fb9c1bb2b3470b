"""The invented lists and pictures of these tests, and where the real lists stand."""

import io
from pathlib import Path

from PIL import Image

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


def picture(kind: str, side: int = 40) -> bytes:
    """A PNG or JPEG picture that is whole."""
    saved = io.BytesIO()
    Image.effect_noise((side, side), 50).save(saved, kind)
    return saved.getvalue()
