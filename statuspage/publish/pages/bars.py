"""Ninety days as one drawing: a path per level, a dash per day."""

from collections.abc import Sequence
from dataclasses import dataclass

from statuspage.core.formats import day, percentage
from statuspage.core.languages import Speech
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.rules import badness, worst
from statuspage.domain.components.uptime import Day, percent

NO_DATA = "no_data"
NO_NUMBER = "\N{EN DASH}"
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


def bars(days: Sequence[Day], now: ComponentStatus, speech: Speech) -> Bars:
    """Draw `days` (oldest first). What goes on `now` colours today at once, before a measured minute has passed."""
    levels = [str(one.worst) if one.has_data else NO_DATA for one in days]
    if now is not ComponentStatus.OPERATIONAL:
        levels[-1] = worst([days[-1].worst, now])
    words = uptime_words(days, speech)
    return Bars(
        width=len(days) * _DAY_WIDTH - _GAP,
        paths=tuple(_paths(levels).items()),
        summary=_summary(days, levels, words, speech),
        percent=words,
        percent_recent=uptime_words(days[-RECENT_DAYS:], speech),
        ongoing=now is not ComponentStatus.OPERATIONAL,
    )


def uptime_words(days: Sequence[Day], speech: Speech) -> str:
    """Return uptime over `days` as read on the page: two decimals, and 100 % only without counted downtime."""
    value = percent(days)
    if value is None:
        return speech.gettext("no data yet")
    return speech.gettext("%(number)s uptime", number=uptime_number(value, speech))


def uptime_number(value: str | None, speech: Speech) -> str:
    """Return a percentage of `domain.components.uptime` as printed: `99.85 %`, `100 %`, or a dash without data."""
    return NO_NUMBER if value is None else percentage("100" if value == "100.00" else value, speech)


def troubled(days: Sequence[Day]) -> list[Day]:
    """Return the days on which something was impaired by more than announced work, newest first."""
    floor = badness(ComponentStatus.UNDER_MAINTENANCE)
    return [one for one in reversed(days) if one.has_data and badness(one.worst) > floor]


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


def _summary(days: Sequence[Day], levels: Sequence[str], words: str, speech: Speech) -> str:
    hit = [one.date for one, level in zip(days, levels, strict=True) if level not in _CALM]
    known = {"days": len(days), "uptime": words}
    if not hit:
        return speech.gettext("Last %(days)s days: %(uptime)s, no trouble.", **known)
    return speech.ngettext(
        "Last %(days)s days: %(uptime)s, trouble on one day, last on %(last)s.",
        "Last %(days)s days: %(uptime)s, trouble on %(num)s days, last on %(last)s.",
        len(hit),
        last=day(hit[-1], speech),
        **known,
    )


_CALM = (NO_DATA, ComponentStatus.OPERATIONAL, ComponentStatus.UNDER_MAINTENANCE)
