"""`/incidents/<code>` and `/maintenance/<code>`: the whole story of one thing, newest word first."""

from statuspage.domain.incidents.queries import public_incident_by_code
from statuspage.domain.maintenance.queries import maintenance_by_code
from statuspage.publish.facts.incidents import incident_fact
from statuspage.publish.facts.maintenances import maintenance_fact
from statuspage.publish.pages.rendering import html_page
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit


def incident(visit: Visit, code: str) -> Page | None:
    """Render a published incident, or None when there is none of this code."""
    row = public_incident_by_code(visit.session, code)
    if row is None:
        return None
    fact = incident_fact(row)
    overdue = fact.next_update_at is not None and fact.next_update_at <= visit.as_of
    context = {"incident": fact, "overdue": overdue}
    return html_page(visit, "public/incident.html", fact.changed_at, context)


def maintenance(visit: Visit, code: str) -> Page | None:
    """Render a maintenance, or None when there is none of this code."""
    row = maintenance_by_code(visit.session, code)
    if row is None:
        return None
    fact = maintenance_fact(row)
    return html_page(visit, "public/maintenance.html", fact.changed_at, {"maintenance": fact})
