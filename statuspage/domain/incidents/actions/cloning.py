"""Declaring an incident like an earlier one."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.rules import worst
from statuspage.domain.incidents.actions.declaring import declare_incident
from statuspage.domain.incidents.actions.drafts import ComponentImpact, IncidentDraft
from statuspage.domain.incidents.enums import IncidentKind
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import intervals_held_by


def draft_like(session: Session, incident: Incident) -> IncidentDraft:
    """Return the draft of an internal incident with the words, severity and components of `incident`.

    Each component is as bad as it ever was there, degraded where nothing is known; archived ones are left out.
    """
    levels: dict[str, list[ComponentStatus]] = {
        row.component.slug: [row.status] for row in incident.components if row.component.archived_at is None
    }
    for component, interval in intervals_held_by(session, incident.id):
        if component.slug in levels:
            levels[component.slug].append(interval.level)
    impacts = []
    for slug, found in levels.items():
        level = worst(found)
        known = level is not ComponentStatus.OPERATIONAL
        impacts.append(ComponentImpact(slug, level if known else ComponentStatus.DEGRADED_PERFORMANCE))
    return IncidentDraft(
        title=incident.title,
        severity=incident.severity_initial,
        public_title=incident.public_title,
        components=tuple(impacts),
        kind=IncidentKind.DRILL if incident.kind is IncidentKind.DRILL else IncidentKind.REAL,
        category=incident.category,
        source=incident.source,
        restricted=incident.restricted,
    )


def clone_incident(session: Session, incident: Incident, *, by: Actor, now: datetime) -> Incident:
    """Declare an incident like `incident`, for the team alone; what was said there is not said again."""
    clone = declare_incident(session, draft_like(session, incident), by=by, now=now)
    record(session, by, "incident.cloned", ("incident", clone.id), now, of=incident.ref)
    return clone
