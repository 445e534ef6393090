"""`/history` and `/history/<month>`: everything that happened, by day; `/history.json`: the same for programs."""

import json
from datetime import datetime
from typing import Any

from statuspage.core.clock import rfc3339
from statuspage.core.text import render_markdown
from statuspage.publish.api_v2.documents import JSON, component_shapes
from statuspage.publish.api_v2.objects import page_shape, words
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.pages.days import Calendar, Stretch, by_day, of_incident, of_maintenance, stretches
from statuspage.publish.pages.months import Month, month_of, months, parse_month
from statuspage.publish.pages.rendering import html_page
from statuspage.publish.records import OPEN_TO_ALL, Page
from statuspage.publish.visit import Visit

MONTHS_TOLD = 3


def latest(visit: Visit) -> Page:
    """Render the present month with the way to every other one."""
    known = months(visit.reading.first_start, visit.site.timezone, visit.as_of)
    return _page(visit, known[0], known)


def month(visit: Visit, name: str) -> Page | None:
    """Render one month, or None when nothing of the page reaches back to it or it has not begun."""
    known = months(visit.reading.first_start, visit.site.timezone, visit.as_of)
    wanted = parse_month(name)
    return _page(visit, wanted, known) if wanted is not None and wanted in known else None


def document(visit: Visit) -> Page:
    """Return the newest `MONTHS_TOLD` months in the shape that clients of hosted status pages read."""
    told = months(visit.reading.first_start, visit.site.timezone, visit.as_of)[:MONTHS_TOLD]
    changed_at = visit.reading.published_at
    shape = {
        "page_status": {"page": page_shape(visit, changed_at)},
        "components": component_shapes(visit),
        "months": [_month_shape(visit, one) for one in told],
        "component_filter": None,
        "start_time": rfc3339(told[-1].bounds(visit.site.timezone)[0], milliseconds=True),
        "end_time": rfc3339(told[0].bounds(visit.site.timezone)[1], milliseconds=True),
    }
    body = json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode()
    return Page(visit.path, JSON, body, changed_at, OPEN_TO_ALL)


def _month_shape(visit: Visit, month: Month) -> dict[str, Any]:
    start, end = month.bounds(visit.site.timezone)
    told: list[IncidentFact | MaintenanceFact] = [*visit.reading.incidents_between(start, end)]
    told += visit.reading.maintenances_between(start, end)
    return {
        "name": f"{month.first:%B}",
        "year": month.year,
        "starts_on": month.first.isoweekday() % 7,  # Sunday is 0
        "days": month.last.day,
        "incidents": [_story_shape(visit, fact) for fact in sorted(told, key=_begun, reverse=True)],
    }


def _story_shape(visit: Visit, fact: IncidentFact | MaintenanceFact) -> dict[str, Any]:
    impact = "maintenance" if isinstance(fact, MaintenanceFact) else fact.impact
    message = render_markdown(words(fact.latest)) if fact.latest else ""
    shape = {"code": fact.code, "name": fact.title, "message": message, "impact": impact}
    return {**shape, "timestamp": _timestamp(visit, _begun(fact), _over(fact))}


def _begun(fact: IncidentFact | MaintenanceFact) -> datetime:
    return fact.began_at or fact.starts_at if isinstance(fact, MaintenanceFact) else fact.started_at


def _over(fact: IncidentFact | MaintenanceFact) -> datetime | None:
    return fact.finished_at if isinstance(fact, MaintenanceFact) else fact.resolved_at


def _timestamp(visit: Visit, start: datetime, end: datetime | None) -> str:
    """Return from when to when, with the marks and the missing year that readers of this document know."""
    begun = start.astimezone(visit.site.zone)
    over = end.astimezone(visit.site.zone) if end else None
    text = f"{begun:%b} <var data-var='date'>{begun.day}</var>, <var data-var='time'>{begun:%H:%M}</var>"
    if over:
        day = f"{over:%b} <var data-var='date'>{over.day}</var>, " if over.date() != begun.date() else ""
        text += f" - {day}<var data-var='time'>{over:%H:%M}</var>"
    return f"{text} {over or begun:%Z}"


def _page(visit: Visit, shown: Month, known: list[Month]) -> Page:
    context = {
        "month": shown,
        "days": _days(visit, shown),
        "newer": shown.next if shown != known[0] else None,
        "older": shown.previous if shown != known[-1] else None,
        "months": known if visit.path == visit.site.links.history() else [],
    }
    return html_page(visit, "public/history.html", shown.bounds(visit.site.timezone)[0], context)


def _days(visit: Visit, shown: Month) -> tuple[Stretch, ...]:
    start, end = shown.bounds(visit.site.timezone)
    incidents = [of_incident(fact) for fact in visit.reading.incidents_between(start, end)]
    works = [of_maintenance(fact) for fact in visit.reading.maintenances_between(start, end)]
    happened = by_day([*incidents, *works], visit.site.zone)
    last = min(shown.last, visit.today) if month_of(visit.today) == shown else shown.last
    return stretches(shown.first, last, happened, Calendar(visit.today, visit.speech))
