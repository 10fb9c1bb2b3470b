"""What a file really is: its name and its content must agree, and neither carries a program."""

import codecs
from typing import IO
from zipfile import BadZipFile, ZipFile

import filetype

from auditapp.core.errors import RuleBroken
from auditapp.evidence.rules import ALLOWED, MEDIA_TYPES, check_size, extension_of

HEAD_BYTES = 8192
MAX_ZIP_ENTRIES = 10_000
_SAYS = f"This file is not what its name says. Use {ALLOWED}."
# Extension -> the part that makes an Office file one of that kind.
_MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
_FORBIDDEN_PARTS = ("vbaproject.bin", "vbadata.xml", ".exe", ".dll", ".js", ".vbs")


def media_type_of(file_name: str, content: IO[bytes]) -> str:
    """Our media type for the file; `content` is left at its beginning.

    Raises:
        RuleBroken: its kind is not kept, its content is another, it holds macros, is empty or
            too large.
    """
    extension = extension_of(file_name)
    check_size(content.seek(0, 2))
    content.seek(0)
    head = content.read(HEAD_BYTES)
    content.seek(0)
    if extension in _MAIN_PARTS:
        _check_office(extension, head, content)
    elif extension in {"txt", "csv"}:
        _check_text(content)
    else:
        guessed = filetype.guess_mime(head)
        if guessed != MEDIA_TYPES[extension]:
            raise RuleBroken(_SAYS, field="file")
    content.seek(0)
    return MEDIA_TYPES[extension]


def _check_office(extension: str, head: bytes, content: IO[bytes]) -> None:
    """Only the list of parts is read, never unpacked: a small file cannot become a large one."""
    if not head.startswith(b"PK\x03\x04"):
        raise RuleBroken(_SAYS, field="file")
    try:
        with ZipFile(content) as parts:
            names = [name.lower() for name in parts.namelist()[: MAX_ZIP_ENTRIES + 1]]
    except (BadZipFile, NotImplementedError, ValueError):
        raise RuleBroken("This file is damaged and cannot be opened.", field="file") from None
    if any(name.endswith(_FORBIDDEN_PARTS) for name in names):
        raise RuleBroken("This file holds macros. Save a copy without them.", field="file")
    whole = "[content_types].xml" in names and _MAIN_PARTS[extension] in names
    if not whole or len(names) > MAX_ZIP_ENTRIES:
        raise RuleBroken(_SAYS, field="file")


def _check_text(content: IO[bytes]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := content.read(1 << 16):
            if b"\0" in chunk:
                raise RuleBroken(_SAYS, field="file")
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise RuleBroken("Save this text as UTF-8, or upload a PDF of it.", field="file") from None
