"""What an update does to components: the incident's own list, the change rows, the impact intervals."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.impact import set_impact
from statuspage.domain.components.models import Component
from statuspage.domain.components.queries import CauseRef, components_by_slugs
from statuspage.domain.components.rules import worst
from statuspage.domain.incidents.actions.drafts import ComponentImpact
from statuspage.domain.incidents.enums import IncidentKind, PublicStatus
from statuspage.domain.incidents.models import ComponentChange, Incident, IncidentComponent, Update
from statuspage.domain.incidents.rules import impact_of, impact_rank


def attach_components(session: Session, incident: Incident, impacts: Iterable[ComponentImpact]) -> None:
    """Name the components an incident affects and how they are, without publishing anything.

    Raises `Invalid` for an unknown component.
    """
    impacts = list(impacts)
    found = components_by_slugs(session, [impact.slug for impact in impacts])
    known = {row.component_id: row for row in incident.components}
    for impact in impacts:
        component = found[impact.slug]
        if component.id in known:
            known[component.id].status = impact.status
        else:
            row = IncidentComponent(incident_id=incident.id, component=component, status=impact.status)
            incident.components.append(row)
    session.flush()


def apply_components(
    session: Session,
    incident: Incident,
    update: Update,
    impacts: Iterable[ComponentImpact],
    *,
    at: datetime,
    first: bool = False,
) -> list[str]:
    """Carry an update's component statuses into intervals; return the slugs whose public status may have changed.

    A resolving public update ends the incident's effect on every component at `at`. The `first` public update
    publishes every component the incident names, from the start of the impact on. Raises `Invalid`.
    """
    attach_components(session, incident, impacts)
    since = incident.public_started_at if first and incident.public_started_at else at
    if update.public and update.status is PublicStatus.RESOLVED:
        if first:
            _publish_what_was(session, incident, since)
        for row in incident.components:
            row.status = ComponentStatus.OPERATIONAL
        since = at
    touched = []
    for row in incident.components:
        if update.public and (change := _publish_row(row, update)):
            session.add(change)
            touched.append(row.component.slug)
        _hold(session, incident, row, since, public=update.public)
    if update.public or not incident.public:
        _raise_impact(incident)
    session.flush()
    return touched


def _publish_what_was(session: Session, incident: Incident, since: datetime) -> None:
    """Let an incident whose first public word is that it is over have had its effect from `since` on."""
    for row in incident.components:
        _hold(session, incident, row, since, public=True)
    _raise_impact(incident)


def _publish_row(row: IncidentComponent, update: Update) -> ComponentChange | None:
    before = row.published_status or ComponentStatus.OPERATIONAL
    named_before = row.published_status is not None
    row.published_status = row.status
    if before is row.status and named_before:
        return None
    return ComponentChange(update_id=update.id, component_id=row.component_id, old_status=before, new_status=row.status)


def _hold(session: Session, incident: Incident, row: IncidentComponent, at: datetime, *, public: bool) -> None:
    component: Component = row.component
    counts = incident.kind is IncidentKind.REAL
    if counts and (public or not incident.public):
        cause = CauseRef(Cause.INCIDENT, incident.id)
        set_impact(session, component.id, row.status, at, of=cause, public=public)


def _raise_impact(incident: Incident) -> None:
    proposed = impact_of(incident.severity, [row.status for row in incident.components])
    incident.impact = max(incident.impact, proposed, key=impact_rank)


def hold_internally(session: Session, incident: Incident, since: datetime) -> None:
    """Let an internal incident hold its components from `since` on, for the team's numbers only."""
    for row in incident.components:
        _hold(session, incident, row, since, public=False)
    _raise_impact(incident)


def release_internally(session: Session, incident: Incident, at: datetime) -> None:
    """Let an internal incident hold nothing any more from `at` on."""
    for row in incident.components:
        row.status = ComponentStatus.OPERATIONAL
        _hold(session, incident, row, at, public=False)


def take_over(session: Session, incident: Incident, other: Incident, at: datetime) -> list[str]:
    """Let `incident` hold from `at` on what `other` holds, each component at the worse of both; return their slugs.

    Only between incidents that are equally visible: what customers see changes with a public update alone.
    """
    if other.public is not incident.public:
        return []
    known = {row.component_id: row for row in incident.components}
    taken = []
    for row in other.components:
        mine = known.get(row.component_id)
        before = mine.status if mine else ComponentStatus.OPERATIONAL
        if worst([before, row.status]) is before:
            continue
        if mine is None:
            mine = IncidentComponent(incident_id=incident.id, component=row.component, status=row.status)
            incident.components.append(mine)
        mine.status = row.status
        mine.published_status = row.status if incident.public else None
        _hold(session, incident, mine, at, public=incident.public)
        taken.append(row.component.slug)
    _raise_impact(incident)
    session.flush()
    return taken
