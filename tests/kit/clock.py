"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # a Wednesday


class FrozenClock:
    """Tells `NOON` until `advance` or `set` is called."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, **duration: float) -> datetime:
        """Move on, as in `clock.advance(minutes=5)`, and return the new instant."""
        self._now += timedelta(**duration)
        return self._now

    def set(self, instant: datetime) -> datetime:
        self._now = instant
        return instant
