"""Random references for addresses: no sequential number appears in any link."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: read out over the telephone
LENGTH = 10


def new_ref() -> str:
    """Ten characters, about 49 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
