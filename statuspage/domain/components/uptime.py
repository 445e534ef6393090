"""Days and percentages from impact intervals. Pure; all instants are aware UTC, days are those of an IANA zone.

Overlapping intervals count once at their worst level. Counted downtime is real time times the level's weight.
Percentages are cut, never rounded up: 100 % only without counted downtime.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter
from zoneinfo import ZoneInfo

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.rules import badness

_MICRO = timedelta(microseconds=1)
LONGEST_NOTICE = 720


@dataclass(frozen=True)
class Counting:
    """How downtime counts: percent of a level's time, and the hours of notice with which maintenance is excused."""

    major: int = 100
    partial: int = 30
    degraded: int = 0
    maintenance: int = 0
    notice_hours: int = 24

    @property
    def weights(self) -> Mapping[ComponentStatus, int]:
        """Percent by level, the worst first."""
        return {
            ComponentStatus.MAJOR_OUTAGE: self.major,
            ComponentStatus.PARTIAL_OUTAGE: self.partial,
            ComponentStatus.DEGRADED_PERFORMANCE: self.degraded,
            ComponentStatus.UNDER_MAINTENANCE: self.maintenance,
        }

    @property
    def notice(self) -> timedelta:
        """How long before its start maintenance must have been announced to be excused."""
        return timedelta(hours=self.notice_hours)

    def faults(self) -> dict[str, str]:
        """Return what is wrong, by field. A worse level weighs at least as much, for overlaps count at the worst."""
        names = ("major", "partial", "degraded", "maintenance")
        found = {name: "Write a whole number from 0 to 100." for name in names if not 0 <= getattr(self, name) <= 100}
        for worse, better in pairwise(names):
            if getattr(self, better) > getattr(self, worse) and not found:
                found[better] = "A level cannot weigh more than the next worse one."
        if not 0 <= self.notice_hours <= LONGEST_NOTICE:
            found["notice_hours"] = f"Write whole hours from 0 to {LONGEST_NOTICE}."
        return found


DEFAULT = Counting()


@dataclass(frozen=True)
class Span:
    """A component was at `level` from `start` to `end`; an `end` of None is still going on."""

    level: ComponentStatus
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Day:
    """One day of the page's zone. `has_data` is False before the component existed; `seconds` per level are real,
    `observed` is how much of the day counts, `weighted` the counted downtime in microseconds times 100."""

    date: date
    has_data: bool
    observed: timedelta
    weighted: int
    seconds: Mapping[ComponentStatus, float] = field(default_factory=dict)

    @cached_property
    def worst(self) -> ComponentStatus:
        """The worst level reached that day."""
        return max(self.seconds, key=badness) if self.seconds else ComponentStatus.OPERATIONAL

    @cached_property
    def counted(self) -> int:
        """How much of the day counts, in microseconds."""
        return self.observed // _MICRO if self.has_data else 0


_COUNTED, _WEIGHTED = attrgetter("counted"), attrgetter("weighted")  # a page asks a hundred thousand days


@lru_cache(maxsize=4096)
def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return begin and end of a calendar day of `zone` in UTC; 23, 24 or 25 hours apart."""
    info = ZoneInfo(zone)
    start = datetime.combine(day, time(), info)
    end = datetime.combine(day + timedelta(days=1), time(), info)
    return start.astimezone(UTC), end.astimezone(UTC)


def flatten(spans: Iterable[Span], until: datetime) -> list[tuple[ComponentStatus, datetime, datetime]]:
    """Return non-overlapping pieces in order, each at the worst level of the spans that cover it, cut at `until`."""
    closed = [(span.level, span.start, min(span.end or until, until)) for span in spans]
    closed = [piece for piece in closed if piece[1] < piece[2]]
    edges = sorted({edge for _, start, end in closed for edge in (start, end)})
    pieces: list[tuple[ComponentStatus, datetime, datetime]] = []
    active: list[tuple[ComponentStatus, datetime, datetime]] = []
    waiting = sorted(closed, key=lambda piece: piece[1], reverse=True)
    for start, end in pairwise(edges):
        while waiting and waiting[-1][1] <= start:
            active.append(waiting.pop())
        active = [piece for piece in active if piece[2] > start]
        if active:
            pieces.append((max((piece[0] for piece in active), key=badness), start, end))
    return pieces


def _without(
    piece: tuple[ComponentStatus, datetime, datetime], excused: Sequence[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    left = [(piece[1], piece[2])]
    for start, end in excused:
        left = [(a, b) for x, y in left for a, b in ((x, min(y, start)), (max(x, end), y)) if a < b]
    return left


def days_of(
    spans: Iterable[Span],
    dates: Sequence[date],
    zone: str,
    *,
    born: datetime,
    until: datetime,
    weights: Mapping[ComponentStatus, int] = DEFAULT.weights,
    excused: Sequence[tuple[datetime, datetime]] = (),
) -> list[Day]:
    """Return what each of `dates` (ascending) was like for one component.

    `born` is when the component came to be, `until` the instant of asking; `weights` are percent per level;
    downtime inside an `excused` window is shown but not counted.
    """
    pieces = flatten(spans, until)
    starts, ends, calm = _calm_days(tuple(dates), zone, until)
    days = list(calm)
    for place in range(bisect_left(starts, born)):  # on these it did not exist, or came to be
        days[place] = _calm_day(dates[place], max(min(ends[place], until) - born, timedelta(0)))
    finished = [piece[2] for piece in pieces]
    for place in sorted(_hit(pieces, starts, ends)):
        start, end = max(starts[place], born), min(ends[place], until)
        touching = pieces[bisect_right(finished, start) :]
        if start < end and touching and touching[0][1] < end:
            days[place] = _one_day(dates[place], (start, end), touching, weights, excused)
    return days


def _hit(
    pieces: Iterable[tuple[ComponentStatus, datetime, datetime]], starts: Sequence[datetime], ends: Sequence[datetime]
) -> set[int]:
    """Return the places of the days that a piece touches: few, in any long time."""
    return {place for _, begin, end in pieces for place in range(bisect_right(ends, begin), bisect_left(starts, end))}


@lru_cache(maxsize=8)
def _calm_days(
    dates: tuple[date, ...], zone: str, until: datetime
) -> tuple[Sequence[datetime], Sequence[datetime], Sequence[Day]]:
    """Return where days begin and end, and each as it is for whatever was there before them and never impaired."""
    bounds = [day_bounds(day, zone) for day in dates]
    observed = [max(min(end, until) - start, timedelta(0)) for start, end in bounds]
    calm = [_calm_day(day, span) for day, span in zip(dates, observed, strict=True)]
    return [start for start, _ in bounds], [end for _, end in bounds], calm


@lru_cache(maxsize=4096)
def _calm_day(day: date, observed: timedelta) -> Day:
    """Most days are calm, and alike for all components: one object stands for all of them."""
    return Day(day, has_data=bool(observed), observed=observed, weighted=0)


def _one_day(
    day: date,
    window: tuple[datetime, datetime],
    pieces: Iterable[tuple[ComponentStatus, datetime, datetime]],
    weights: Mapping[ComponentStatus, int],
    excused: Sequence[tuple[datetime, datetime]],
) -> Day:
    seconds: dict[ComponentStatus, float] = {}
    weighted = 0
    for level, begin, finish in pieces:
        if begin >= window[1]:
            break
        inside = (level, max(begin, window[0]), min(finish, window[1]))
        seconds[level] = seconds.get(level, 0.0) + (inside[2] - inside[1]).total_seconds()
        if weights.get(level):
            counted = sum(((b - a) // _MICRO for a, b in _without(inside, excused)), 0)
            weighted += counted * weights[level]
    return Day(day, has_data=True, observed=window[1] - window[0], weighted=weighted, seconds=seconds)


def percent(days: Iterable[Day]) -> str | None:
    """Return uptime over `days` with two decimals, cut and not rounded (`99.85`), or None when no day has data."""
    known = list(days)
    total, weighted = sum(map(_COUNTED, known)), sum(map(_WEIGHTED, known))
    if not total:
        return None
    hundredths = max((total * 100 - weighted) * 100 // total, 0)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def mean_days(children: Sequence[Sequence[Day]]) -> list[Day]:
    """Return a group's days: per day the mean over the children that had data that day."""
    return [_mean_day(column) for column in zip(*children, strict=True)]


def _mean_day(column: Sequence[Day]) -> Day:
    if all(day is column[0] for day in column):
        return column[0]
    present = [day for day in column if day.has_data]
    if not present:
        return column[0]
    observed = max(day.observed for day in present)
    weighted = sum(day.weighted for day in present) // len(present)
    seconds = {
        level: sum(day.seconds.get(level, 0.0) for day in present) / len(present)
        for level in ComponentStatus
        if any(level in day.seconds for day in present)
    }
    return Day(column[0].date, has_data=True, observed=observed, weighted=weighted, seconds=seconds)
