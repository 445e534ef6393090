"""The one place that reads the clock. Everything below a door receives `now` as an argument.

Instants are aware datetimes in UTC; naive ones are refused wherever they could enter.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Protocol
from zoneinfo import available_timezones

from statuspage.core.errors import Invalid


class Clock(Protocol):
    """What tells the time: the system's clock in production, a frozen one in tests."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return datetime.now(UTC)


SYSTEM_CLOCK = SystemClock()


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all IANA time zones this machine knows; looked for on its disk once per process."""
    return frozenset(available_timezones())


def rfc3339(instant: datetime, *, milliseconds: bool = False) -> str:
    """Write an aware instant as RFC 3339 in UTC with `Z`, to the second or to the millisecond."""
    text = instant.astimezone(UTC).isoformat(timespec="milliseconds" if milliseconds else "seconds")
    return text.replace("+00:00", "Z")


def parse_instant(text: str, field: str = "at") -> datetime:
    """Read an RFC 3339 instant. Raises `Invalid` naming `field` when it has no offset or is no time at all."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid({field: "Write the time as 2026-11-21T14:30:00Z."}) from None
    if instant.tzinfo is None:
        raise Invalid({field: "Add the offset from UTC, as in 2026-11-21T14:30:00Z."})
    return instant.astimezone(UTC)
