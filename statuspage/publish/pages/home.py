"""`/`: what is wrong, since when, what to do, when the next word comes; then everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.domain.components.uptime import day_bounds
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.facts.uptime import BAR_DAYS
from statuspage.publish.pages.banner import Banner, banner
from statuspage.publish.pages.days import Calendar, Stretch, by_day, of_incident, of_maintenance, stretches
from statuspage.publish.pages.rendering import html_page
from statuspage.publish.pages.services import Section, sections
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit

HISTORY_DAYS = 14
RESOLVED_FOR = timedelta(hours=24)
COMING_SHOWN = 5


@dataclass(frozen=True)
class Home:
    """Everything the home page shows, in the order it shows it."""

    as_of: datetime
    banner: Banner
    changed_at: datetime | None
    incidents: tuple[IncidentFact, ...]
    running: tuple[MaintenanceFact, ...]
    resolved: tuple[IncidentFact, ...]
    coming: tuple[MaintenanceFact, ...]
    sections: tuple[Section, ...]
    days: tuple[Stretch, ...]


def home(visit: Visit) -> Page:
    """Render the home page. The number of queries does not depend on how much there is."""
    view = _view(visit)
    return html_page(visit, "public/home.html", view.changed_at or visit.as_of, {"view": view})


def _view(visit: Visit) -> Home:
    facts, catalogue = visit.reading, visit.catalogue
    incidents = tuple(sorted(facts.open_incidents, key=lambda fact: fact.gravity, reverse=True))
    running = tuple(facts.running)
    days = {component: measured[-BAR_DAYS:] for component, measured in visit.recent_days.items()}
    return Home(
        as_of=visit.as_of,
        banner=banner(catalogue, incidents, running, visit.speech),
        changed_at=_changed_at(visit, incidents),
        incidents=incidents,
        running=running,
        resolved=tuple(facts.incidents_resolved_since(visit.as_of - RESOLVED_FOR)),
        coming=tuple(facts.coming[:COMING_SHOWN]),
        sections=sections(catalogue, days, running, visit.speech),
        days=_history(visit, incidents),
    )


def _history(visit: Visit, incidents: Sequence[IncidentFact]) -> tuple[Stretch, ...]:
    first = visit.today - timedelta(days=HISTORY_DAYS - 1)
    start, end = day_bounds(first, visit.site.timezone)[0], day_bounds(visit.today, visit.site.timezone)[1]
    past = [of_incident(fact) for fact in visit.reading.incidents_between(start, end) if fact.resolved]
    works = [of_maintenance(fact) for fact in visit.reading.maintenances_between(start, end)]
    told = by_day([*past, *works], visit.site.zone)
    return stretches(first, visit.today, told, Calendar(visit.today, visit.speech, going_on=len(incidents)))


def _changed_at(visit: Visit, incidents: Sequence[IncidentFact]) -> datetime | None:
    """When customers were last told something or a component changed; None before anything happened."""
    instants = [incident.changed_at for incident in (*incidents, *visit.reading.incidents_told_last)]
    instants += [maintenance.changed_at for maintenance in visit.reading.maintenances_told_last]
    instants += [component.updated_at for component in visit.catalogue.components]
    return max(instants, default=None)
