"""What a partnership and its organisations may be called and look like. Pure."""

import io
import re
from collections.abc import Collection, Sequence

from email_validator import EmailNotValidError, validate_email

from auditapp.core.errors import RuleBroken

LEAST_CONTRAST = 4.5
LOGO_MAX_BYTES = 200_000
LOGO_MAX_PIXELS = 4_000_000
NAME_MAX_CHARS = 200
PARTNERSHIP_NAME_MAX_CHARS = 120  # it stands at the head of every page
# First bytes of the kinds of picture that a logo may be.
LOGO_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_HUE = re.compile(r"#[0-9a-f]{6}")


def check_key(key: str, taken: Collection[str]) -> None:
    """A partnership's key is short, in lower case, and its own."""
    if not _KEY.fullmatch(key) or len(key) > 40:
        raise RuleBroken(
            f"“{key}” cannot be a key. Use small letters, digits and hyphens, like halton or "
            "north-shire.",
            field="key",
        )
    if key in taken:
        raise RuleBroken(f"There is a partnership {key} already.", field="key")


def check_la_codes(codes: Sequence[str]) -> None:
    """A local authority is known by three digits, as in the register of schools."""
    for code in codes:
        if not re.fullmatch(r"[0-9]{3}", code):
            raise RuleBroken(
                f"“{code}” is not a local authority code. It has three digits, like 876.",
                field="la_code",
            )
    if not codes:
        raise RuleBroken("A partnership needs a local authority code, like 876.", field="la_code")


def checked_name(name: str, most: int = NAME_MAX_CHARS) -> str:
    """A name with its white space made single. Raises `RuleBroken` for none or a very long one."""
    name = " ".join(name.split())
    if not name:
        raise RuleBroken("Enter a name.", field="name")
    if len(name) > most:
        raise RuleBroken(f"Use {most} characters or fewer.", field="name")
    return name


def checked_email(email: str, *, field: str = "email") -> str:
    """An address in lower case. Raises `RuleBroken` for what is none."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise RuleBroken("Enter an e-mail address like name@example.org.", field=field) from None


def checked_hue(hue: str) -> str:
    """A colour as `#rrggbb`, on which white text can be read.

    Source: WCAG 2.2, 1.4.3 (contrast of at least 4.5 to 1).
    """
    hue = hue.strip().lower()
    hue = hue if hue.startswith("#") else f"#{hue}"
    if not _HUE.fullmatch(hue):
        raise RuleBroken("Enter a colour as six digits and letters, like #1d4b63.", field="hue")
    if (contrast := contrast_with_white(hue)) < LEAST_CONTRAST:
        # Cut, not rounded: 4.49 is not enough and must not be printed as 4.5.
        figure = int(contrast * 10) / 10
        raise RuleBroken(
            f"White text on {hue} has a contrast of {figure}:1. It needs at least "
            f"{LEAST_CONTRAST}:1: choose a darker colour.",
            field="hue",
        )
    return hue


def contrast_with_white(hue: str) -> float:
    """1 to 21. Source: WCAG 2.2, "contrast ratio" and "relative luminance"."""
    red, green, blue = (_linear(int(hue[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def logo_kind(content: bytes) -> str:
    """The media type of a logo, by its content.

    Raises:
        RuleBroken: it is too large, neither PNG nor JPEG, or not whole.
    """
    if len(content) > LOGO_MAX_BYTES:
        size = -(-len(content) // 1000)
        limit = LOGO_MAX_BYTES // 1000
        raise RuleBroken(
            f"This picture is {size} KB. The limit is {limit} KB. Save a smaller copy.",
            field="logo",
        )
    for start, kind in LOGO_KINDS.items():
        if content.startswith(start):
            _check_picture(content, kind)
            return kind
    raise RuleBroken("The logo must be a PNG or JPEG picture.", field="logo")


def _check_picture(content: bytes, kind: str) -> None:
    """Read the whole picture, as a browser would; but not one that unpacks to very much."""
    from PIL import Image  # only whoever chooses a logo should wait for it

    formats = [kind.removeprefix("image/").upper()]
    try:
        with Image.open(io.BytesIO(content), formats=formats) as picture:
            pixels = picture.width * picture.height
            picture.verify()
        if pixels <= LOGO_MAX_PIXELS:
            with Image.open(io.BytesIO(content), formats=formats) as picture:
                picture.load()
    except Exception:  # noqa: BLE001 - the library raises whatever its parts raise
        raise RuleBroken("This picture cannot be read.", field="logo") from None
    if pixels > LOGO_MAX_PIXELS:
        limit = LOGO_MAX_PIXELS // 10**6
        raise RuleBroken(
            f"This picture has more than {limit} million pixels. Save a smaller copy.", field="logo"
        )
