"""`/components/<slug>` and `/uptime`: what the days were like, and how each number is computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from statuspage.core.languages import Speech
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.uptime import Counting, Day, Span, days_of, percent
from statuspage.publish.facts.components import ComponentFact
from statuspage.publish.facts.uptime import BAR_DAYS, days_by_component, last_days
from statuspage.publish.pages.bars import NO_NUMBER, bars, troubled, uptime_number
from statuspage.publish.pages.months import Month, month_of
from statuspage.publish.pages.rendering import html_page
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit

MOST_MONTHS = 36
MONTHS_COMPARED = 3
_WORST_FIRST = tuple(reversed(ComponentStatus))[:-1]


@dataclass(frozen=True)
class Trouble:
    """A day with impairment: its worst level and how long each level lasted, worst first."""

    date: date
    level: str
    parts: tuple[tuple[str, timedelta], ...]


@dataclass(frozen=True)
class Line:
    """A component in the table of all uptimes; `months` newest first."""

    slug: str
    name: str
    ninety: str
    thirty: str
    months: tuple[str, ...]


def component(visit: Visit, slug: str) -> Page | None:
    """Render one public component, or None when there is none of this address."""
    found = next((one for one in visit.catalogue.components if one.slug == slug), None)
    if found is None:
        return None
    days = _days(visit, found, _months_since(visit, visit.day_of(found.started_at)))
    recent = days[-BAR_DAYS:]
    context = {
        "component": found,
        "bars": bars(recent, found.status, visit.speech) if found.showcase else None,
        "months": [(month, number) for month, number in _monthly(days, visit.speech) if number != NO_NUMBER],
        "ninety": uptime_number(percent(recent), visit.speech),
        "troubles": [_trouble(day) for day in troubled(recent)],
    }
    return html_page(visit, "public/component.html", found.updated_at, context)


def uptime(visit: Visit) -> Page:
    """Render the uptime of every component and how it is computed."""
    shown = [one for one in visit.catalogue.components if one.showcase]
    counting = visit.reading.profile.counting
    months = _months(visit, MONTHS_COMPARED)
    lines = [_line(one, visit.recent_days[one.id], visit.speech) for one in shown]
    context = {
        "months": months[:MONTHS_COMPARED],
        "lines": lines,
        "counting": counting,
        "example": uptime_number(_example(counting), visit.speech),
    }
    changed_at = max((one.updated_at for one in shown), default=visit.as_of)
    return html_page(visit, "public/uptime.html", changed_at, context)


def _months(visit: Visit, count: int) -> list[Month]:
    found = [month_of(visit.today)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found


def _months_since(visit: Visit, born: date) -> list[Month]:
    return [month for month in _months(visit, MOST_MONTHS) if month.last >= born] or _months(visit, 1)


def _days(visit: Visit, shown: ComponentFact, months: Sequence[Month]) -> list[Day]:
    first = min(months[-1].first, last_days(visit.today)[0])
    dates = last_days(visit.today, (visit.today - first).days + 1)
    found = days_by_component(
        visit.session, [shown], dates, visit.site.timezone, visit.as_of, counting=visit.reading.profile.counting
    )
    return found[shown.id]


def _monthly(days: Sequence[Day], speech: Speech) -> list[tuple[Month, str]]:
    found: dict[Month, list[Day]] = {}
    for day in reversed(days):
        found.setdefault(month_of(day.date), []).append(day)
    return [(month, uptime_number(percent(inside), speech)) for month, inside in found.items()]


def _line(one: ComponentFact, days: Sequence[Day], speech: Speech) -> Line:
    return Line(
        slug=one.slug,
        name=one.name,
        ninety=uptime_number(percent(days[-BAR_DAYS:]), speech),
        thirty=uptime_number(percent(days[-30:]), speech),
        months=tuple(number for _, number in _monthly(days, speech)[:MONTHS_COMPARED]),
    )


def _example(counting: Counting) -> str | None:
    """Return the uptime of one clean day and one with 864 seconds of partial outage, as this page counts."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    outage = Span(ComponentStatus.PARTIAL_OUTAGE, begin, begin + timedelta(seconds=864))
    dates = [begin.date(), begin.date() + timedelta(days=1)]
    until = begin + timedelta(days=2)
    return percent(days_of([outage], dates, "UTC", born=begin, until=until, weights=counting.weights))


def _trouble(day: Day) -> Trouble:
    parts = [(level, timedelta(seconds=day.seconds[level])) for level in _WORST_FIRST if level in day.seconds]
    return Trouble(day.date, day.worst, tuple(parts))
