"""Identifiers: UUIDv7 inside, short codes and random tokens outside."""

import secrets
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta

CODE_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
CODE_LENGTH = 12
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Ticks:
    """Milliseconds and 12 bits of the fraction below them, strictly increasing within this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            self._last = max(time.time_ns() * 4096 // 1_000_000, self._last + 1)
            return self._last


_ticks = _Ticks()


def uuid7() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): time-ordered, strictly increasing within this process."""
    return _version_7(_ticks.next(), secrets.randbits(62))


def uuid7_at(instant: datetime, bits: int) -> uuid.UUID:
    """Return the UUID version 7 of an aware `instant` in the past whose random part is the 62 `bits`."""
    return _version_7((instant - _EPOCH) // timedelta(microseconds=1) * 4096 // 1000, bits)


def _version_7(ticks: int, bits: int) -> uuid.UUID:
    value = (ticks >> 12 & (1 << 48) - 1) << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | bits)


def public_code() -> str:
    """Return twelve lower-case letters and digits: what URLs, feeds and the API call an incident or component."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def random_token(prefix: str = "") -> str:
    """Return `prefix` and 256 random bits in URL-safe letters."""
    return prefix + secrets.token_urlsafe(32)
