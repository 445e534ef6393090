"""`/incidents/<code>` and `/maintenance/<code>`: the whole story of one thing, newest word first."""

from statuspage.domain.feedback.rules import asked
from statuspage.publish.pages.rendering import html_page
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit


def incident(visit: Visit, code: str) -> Page | None:
    """Render a published incident, or None when there is none of this code."""
    fact = visit.reading.incident(code)
    if fact is None:
        return None
    overdue = fact.next_update_at is not None and fact.next_update_at <= visit.as_of
    context = {"incident": fact, "overdue": overdue, "asks": asked(fact.resolved_at, visit.as_of)}
    return html_page(visit, "public/incident.html", fact.changed_at, context)


def maintenance(visit: Visit, code: str) -> Page | None:
    """Render a maintenance, or None when there is none of this code."""
    fact = visit.reading.maintenance(code)
    if fact is None:
        return None
    return html_page(visit, "public/maintenance.html", fact.changed_at, {"maintenance": fact})
