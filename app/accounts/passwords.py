"""Passwords of local accounts: Argon2id with the library's parameters (RFC 9106, low-memory profile)."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import InvalidInputError

MIN_LENGTH = 12
"""NIST SP 800-63B asks for at least 8; without a second factor this is less than it should be."""
MAX_LENGTH = 256
_MIN_DIFFERENT = 5
_HASHER = PasswordHasher()


def hash_password(password: str, name: str = "") -> str:
    """The salted hash that is stored; `name` is what the account signs in with.

    Raises:
        InvalidInputError: too short, too long, or easy to guess.
    """
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise InvalidInputError(f"Das Passwort muss {MIN_LENGTH} bis {MAX_LENGTH} Zeichen haben.")
    rest = password.casefold().replace(name.casefold(), "") if name else password
    if len(rest) < MIN_LENGTH // 2 or len(set(rest)) < _MIN_DIFFERENT:
        raise InvalidInputError(
            "Dieses Passwort ist leicht zu erraten. Nehmen Sie zum Beispiel vier Wörter, die nichts mit Ihnen "
            "und miteinander zu tun haben."
        )
    return _HASHER.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether it is that account's password; takes as long when there is no account."""
    try:
        return _HASHER.verify(stored or _nobodys(), password[: MAX_LENGTH + 1]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's, so that it should be made anew."""
    return _HASHER.check_needs_rehash(stored)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """What is compared with where there is no account."""
    return _HASHER.hash("nobody's password")
