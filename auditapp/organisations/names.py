"""Names that the register writes in capitals, as people write them. Pure."""

import re

_SMALL = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"}
_KEPT = {"AP", "CE", "CIO", "MAT", "NW", "RC", "SEND", "STEM", "UK", "UTC"}
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


def trust_name(name: str) -> str:
    """ "THE WREN OF ALDER'S TRUST" -> "The Wren of Alder's Trust"; a name that is not all in
    capitals stays as it is."""
    name = " ".join(name.split())
    return _WORD.sub(_cased, name) if name.isupper() else name


def _cased(match: re.Match[str]) -> str:
    word = match.group()
    if word in _KEPT:
        return word
    if word.lower() in _SMALL and match.start():
        return word.lower()
    return word.capitalize()
