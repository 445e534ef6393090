"""Local times as people type them, and the instants they mean.

`<input type="datetime-local">` has no zone; the panel says beside each field which one counts (the page's).
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from statuspage.core.errors import Invalid

FORM = "%Y-%m-%dT%H:%M"


def read_local(text: str, zone: str, field: str) -> datetime | None:
    """Return the instant (UTC) that `text` (`2026-11-21T14:30`) means in `zone`, or None for an empty field.

    A time that occurs twice, in autumn, is the first of the two. Raises `Invalid` naming `field` for what is no time
    and for one that is skipped in spring.
    """
    if not text.strip():
        return None
    try:
        wall = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid({field: "Write date and time as 2026-11-21T14:30."}) from None
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    info = ZoneInfo(zone)
    instant = wall.replace(tzinfo=info).astimezone(UTC)
    if instant.astimezone(info).replace(tzinfo=None) != wall:
        raise Invalid({field: f"The clocks in {zone} skip this time. Choose one an hour later."})
    return instant


def write_local(instant: datetime | None, zone: str) -> str:
    """Return an instant as a `datetime-local` field shows it in `zone`; empty for None."""
    return instant.astimezone(ZoneInfo(zone)).strftime(FORM) if instant else ""
