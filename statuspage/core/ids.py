"""Identifiers: UUIDv7 inside, short codes and random tokens outside."""

import secrets
import threading
import time
import uuid

_CODE_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): time-ordered, strictly increasing within this process."""
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 bits of the fraction below them, so that ids made in a row stay in order.
        ticks = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        _last = ticks
    value = (ticks >> 12 & (1 << 48) - 1) << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62))


def public_code() -> str:
    """Return twelve lower-case letters and digits: what URLs, feeds and the API call an incident or component."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(12))


def random_token(prefix: str = "") -> str:
    """Return `prefix` and 256 random bits in URL-safe letters."""
    return prefix + secrets.token_urlsafe(32)
