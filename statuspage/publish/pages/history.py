"""`/history` and `/history/<month>`: everything that happened, by day."""

from statuspage.publish.pages.days import Stretch, by_day, of_incident, of_maintenance, stretches
from statuspage.publish.pages.months import Month, month_of, months, parse_month
from statuspage.publish.pages.rendering import html_page
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit


def latest(visit: Visit) -> Page:
    """Render the present month with the way to every other one."""
    known = months(visit.reading.first_start, visit.site.timezone, visit.as_of)
    return _page(visit, known[0], known)


def month(visit: Visit, name: str) -> Page | None:
    """Render one month, or None when nothing of the page reaches back to it or it has not begun."""
    known = months(visit.reading.first_start, visit.site.timezone, visit.as_of)
    wanted = parse_month(name)
    return _page(visit, wanted, known) if wanted is not None and wanted in known else None


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
    return stretches(shown.first, last, happened, today=visit.today)
