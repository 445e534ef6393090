"""Ninety days as one drawing: a path per level, a dash per day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.rules import badness, worst
from statuspage.domain.components.uptime import Day, percent

NO_DATA = "no_data"
RECENT_DAYS = 30
_DAY_WIDTH = 8
_GAP = 2
# The middle of each level's line: lines are as high as the level is bad and stand on one ground (see public.css).
_MIDDLE = {
    NO_DATA: 29,
    ComponentStatus.OPERATIONAL: 22,
    ComponentStatus.UNDER_MAINTENANCE: 22,
    ComponentStatus.DEGRADED_PERFORMANCE: 20,
    ComponentStatus.PARTIAL_OUTAGE: 18,
    ComponentStatus.MAJOR_OUTAGE: 16,
}


@dataclass(frozen=True)
class Bars:
    """A drawing of `width` x 32 units. `summary` says in words what it shows; the percentages are sentences."""

    width: int
    paths: tuple[tuple[str, str], ...]
    summary: str
    percent: str
    percent_recent: str
    ongoing: bool


def bars(days: Sequence[Day], now: ComponentStatus) -> Bars:
    """Draw `days` (oldest first). What goes on `now` colours today at once, before a measured minute has passed."""
    levels = [str(day.worst) if day.has_data else NO_DATA for day in days]
    if now is not ComponentStatus.OPERATIONAL:
        levels[-1] = worst([days[-1].worst, now])
    words = uptime_words(days)
    return Bars(
        width=len(days) * _DAY_WIDTH - _GAP,
        paths=tuple(_paths(levels).items()),
        summary=_summary(days, levels, words),
        percent=words,
        percent_recent=uptime_words(days[-RECENT_DAYS:]),
        ongoing=now is not ComponentStatus.OPERATIONAL,
    )


def uptime_words(days: Sequence[Day]) -> str:
    """Return uptime over `days` as read on the page: two decimals, and 100 % only without counted downtime."""
    value = percent(days)
    if value is None:
        return "no data yet"
    return f"{uptime_number(value)} uptime"


def uptime_number(value: str | None) -> str:
    """Return a percentage of `domain.components.uptime` as printed: `99.85 %`, `100 %`, or a dash without data."""
    if value is None:
        return "\u2013"
    return f"{'100' if value == '100.00' else value}\u00a0%"


def troubled(days: Sequence[Day]) -> list[Day]:
    """Return the days on which something was impaired by more than announced work, newest first."""
    floor = badness(ComponentStatus.UNDER_MAINTENANCE)
    return [day for day in reversed(days) if day.has_data and badness(day.worst) > floor]


def _paths(levels: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    start = 0
    for end in range(1, len(levels) + 1):
        if end == len(levels) or levels[end] != levels[start]:
            level = levels[start]
            stroke = f"M{start * _DAY_WIDTH} {_MIDDLE[level]}H{end * _DAY_WIDTH - _GAP}"
            found[level] = found.get(level, "") + stroke
            start = end
    return found


def _summary(days: Sequence[Day], levels: Sequence[str], words: str) -> str:
    hit = [day.date for day, level in zip(days, levels, strict=True) if level not in _CALM]
    if not hit:
        return f"Last {len(days)} days: {words}, no trouble."
    count = "one day" if len(hit) == 1 else f"{len(hit)} days"
    return f"Last {len(days)} days: {words}, trouble on {count}, last on {_date(hit[-1])}."


def _date(day: date) -> str:
    return f"{day.day} {day:%b}"


_CALM = (NO_DATA, ComponentStatus.OPERATIONAL, ComponentStatus.UNDER_MAINTENANCE)
