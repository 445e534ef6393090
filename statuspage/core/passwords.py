"""Passwords: argon2id hashes, at most two computed at once so that a small machine keeps its memory."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 19 MiB, two passes, one lane: the OWASP Password Storage minimum for argon2id, bearable on a 512 MB machine.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_slots = threading.BoundedSemaphore(2)
_DUMMY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return the argon2id hash of `password` in PHC form."""
    with _slots:
        return _hasher.hash(password)


def password_matches(stored: str | None, password: str) -> bool:
    """Tell whether `password` fits. Takes equally long when there is no stored hash, so that nobody learns that."""
    with _slots:
        try:
            _hasher.verify(stored or _DUMMY, password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """Tell whether `stored` was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)
