"""Identifiers: UUIDv7 inside, short codes and random tokens outside."""

import secrets
import threading
import time
import uuid

_CODE_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


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
    ticks = _ticks.next()
    value = (ticks >> 12 & (1 << 48) - 1) << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62))


def public_code() -> str:
    """Return twelve lower-case letters and digits: what URLs, feeds and the API call an incident or component."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(12))


def random_token(prefix: str = "") -> str:
    """Return `prefix` and 256 random bits in URL-safe letters."""
    return prefix + secrets.token_urlsafe(32)
