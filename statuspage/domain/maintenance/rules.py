"""What may follow what in a maintenance, and which downtime its announcement excuses. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.domain.maintenance.enums import MaintenanceStatus

RUNNING = (MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING)
DONE = (MaintenanceStatus.COMPLETED, MaintenanceStatus.CANCELLED)
NOTICE = timedelta(hours=24)
LONGEST = timedelta(days=31)
REMINDERS = (72, 24, 1)
MOST_REMINDERS = 5
LONGEST_AHEAD = 720
_ORDER = list(MaintenanceStatus)


@dataclass(frozen=True)
class Announced:
    """A window as announced at `recorded_at`; all instants aware UTC."""

    starts_at: datetime
    ends_at: datetime
    recorded_at: datetime


def may_become(before: MaintenanceStatus, after: MaintenanceStatus) -> bool:
    """Tell whether a maintenance may move from `before` to `after`: forward only, cancelled only before it started."""
    if before in DONE:
        return False
    if after is MaintenanceStatus.CANCELLED:
        return before is MaintenanceStatus.SCHEDULED
    return _ORDER.index(after) >= _ORDER.index(before)


def window_fault(starts_at: datetime, ends_at: datetime, now: datetime) -> tuple[str, str] | None:
    """Return the field at fault and a sentence about it, or None."""
    if ends_at <= starts_at:
        return "ends_at", "The end must lie after the start."
    if ends_at <= now:
        return "ends_at", "The end has passed already. Plan work that is still to come."
    if ends_at - starts_at > LONGEST:
        return "ends_at", f"Keep a window to {LONGEST.days} days; plan several if the work takes longer."
    return None


def reminder_fault(hours: Sequence[int]) -> str | None:
    """Return a sentence about what is wrong with the hours before the start at which people are reminded, or None."""
    if len(set(hours)) != len(hours):
        return "Name each hour once."
    if len(hours) > MOST_REMINDERS:
        return f"Keep it to {MOST_REMINDERS} reminders."
    if not all(1 <= hour <= LONGEST_AHEAD for hour in hours):
        return f"Write whole hours from 1 to {LONGEST_AHEAD}, as in 72, 24, 1."
    return None


def reminder_times(starts_at: datetime, hours: Sequence[int], now: datetime) -> list[datetime]:
    """Return the instants at which to remind of work that begins at `starts_at`: those still to come, earliest first.

    What was announced later than a reminder would come needs none.
    """
    return sorted(at for at in (starts_at - timedelta(hours=hour) for hour in hours) if at > now)


def extended_from(windows: Sequence[Announced]) -> datetime | None:
    """Return the end that was announced before the last one, when work was extended, or None.

    `windows` are in the order they were announced.
    """
    ends = [window.ends_at for window in windows if window.starts_at == windows[-1].starts_at]
    return ends[0] if ends and ends[0] < ends[-1] else None


def excused_window(windows: Sequence[Announced], notice: timedelta = NOTICE) -> tuple[datetime, datetime] | None:
    """Return the time whose downtime is excused, or None.

    `windows` are in the order they were announced. One counts when announced at least `notice` before its start;
    a later one that only moves the end counts when announced before the old end.
    """
    excused: tuple[datetime, datetime] | None = None
    for window in windows:
        if window.recorded_at <= window.starts_at - notice:
            excused = (window.starts_at, window.ends_at)
        elif excused and window.starts_at == excused[0] and window.recorded_at < excused[1]:
            excused = (excused[0], window.ends_at)
    return excused
