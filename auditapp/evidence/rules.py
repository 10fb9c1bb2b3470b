"""What may be held as evidence. Pure: values in, an error or nothing out.

Source: docs/policy/evidence.md.
"""

from datetime import date
from urllib.parse import urlsplit

from auditapp.core.days import in_words
from auditapp.core.errors import RuleBroken

MAX_FILE_MB = 25
MAX_ITEMS_PER_ANSWER = 20
MAX_AUDIT_MB = 500
MEGABYTE = 1024 * 1024
TITLE_MAX_CHARS = 200
POINTER_MAX_CHARS = 200
OWNER_MAX_CHARS = 200
URL_MAX_CHARS = 2_000

_OFFICE = "application/vnd.openxmlformats-officedocument."
# Extension -> the media type we keep and send, whatever a browser claims.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain",
    "csv": "text/csv",
}
# The short mark on a card.
KINDS = {
    "application/pdf": "PDF",
    MEDIA_TYPES["docx"]: "DOC",
    MEDIA_TYPES["xlsx"]: "XLS",
    MEDIA_TYPES["pptx"]: "PPT",
    "image/png": "PNG",
    "image/jpeg": "JPG",
    "text/plain": "TXT",
    "text/csv": "CSV",
}
ALLOWED = "PDF, Word, Excel or PowerPoint without macros, PNG, JPG, TXT or CSV"


def extension_of(file_name: str) -> str:
    """The extension in lower case, without its dot.

    Raises:
        RuleBroken: files of that kind are not kept.
    """
    extension = file_name.rpartition(".")[2].lower()
    if extension not in MEDIA_TYPES or "." not in file_name:
        raise RuleBroken(f"This kind of file is not kept. Use {ALLOWED}.", field="file")
    return extension


def check_size(size: int) -> None:
    """`size` in bytes."""
    if size > MAX_FILE_MB * MEGABYTE:
        megabytes = -(-size // MEGABYTE)
        raise RuleBroken(
            f"This file is {megabytes} MB. The limit is {MAX_FILE_MB} MB. "
            "Link to it, or upload a smaller copy.",
            field="file",
        )
    if size == 0:
        raise RuleBroken("This file is empty.", field="file")


def check_room(items: int, held_bytes: int, added_bytes: int) -> None:
    """One more item for an answer that cites `items`, in an audit that cites `held_bytes`."""
    if items >= MAX_ITEMS_PER_ANSWER:
        raise RuleBroken(
            f"This answer cites {MAX_ITEMS_PER_ANSWER} items, the most it can. "
            "Remove one that shows least.",
            field="title",
        )
    if held_bytes + added_bytes > MAX_AUDIT_MB * MEGABYTE:
        raise RuleBroken(
            f"The files of this assessment would come to more than {MAX_AUDIT_MB} MB. "
            "Link to this one instead.",
            field="file",
        )


def check_url(url: str) -> None:
    """A link is stored and shown, never fetched; only to a page of the web."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not host or set(url) & set(" \t\r\n\\<>\"'"):
        raise RuleBroken("Enter a link that begins with http:// or https://", field="url")
    check_length(url, URL_MAX_CHARS, "url")


def check_title(title: str) -> None:
    if not title:
        raise RuleBroken("Say what this is, like “Safeguarding policy 2026”.", field="title")
    check_length(title, TITLE_MAX_CHARS, "title")


def check_length(text: str, limit: int, field: str) -> None:
    if len(text) > limit:
        raise RuleBroken(f"Use {limit:,} characters or fewer.", field=field)


def review_warning(review_on: date | None, today: date) -> str | None:
    """What a card says in bold once the review date has passed."""
    if review_on is None or review_on >= today:
        return None
    return f"Review date passed: {in_words(review_on)}"
