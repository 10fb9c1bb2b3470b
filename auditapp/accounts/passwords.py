"""Passwords and tokens: hashed for keeping, compared in constant time."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from auditapp.core.errors import RuleBroken

MIN_CHARS = 12
MAX_CHARS = 200
WEAK_BELOW = 3  # zxcvbn's score, 0 to 4
ZXCVBN_MAX_CHARS = 72  # it refuses longer ones

_hasher = PasswordHasher()
# Compared with when there is no such account, so that both refusals take as long.
_NOBODY = _hasher.hash(secrets.token_hex())


def hash_password(password: str) -> str:
    """Argon2id, about a quarter of a second: call it outside any transaction."""
    return _hasher.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether `password` is the one of that hash; takes as long when there is none."""
    try:
        return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def check_strength(password: str, *, about: list[str]) -> None:
    """A password is long and not easily guessed; `about` are words an attacker would try first.

    Raises:
        RuleBroken: it is too short, too long or too easily guessed.
    """
    from zxcvbn import zxcvbn  # its lists of words take 11 MiB, and few requests need them

    if not MIN_CHARS <= len(password) <= MAX_CHARS:
        raise RuleBroken(
            f"The password must have {MIN_CHARS} characters or more.", field="password"
        )
    if zxcvbn(password[:ZXCVBN_MAX_CHARS], user_inputs=about)["score"] < WEAK_BELOW:
        raise RuleBroken(
            "This password is easily guessed. Use three words that have nothing to do with "
            "one another, or with your work.",
            field="password",
        )


def new_token() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
