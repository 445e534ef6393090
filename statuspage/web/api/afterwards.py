"""Incidents that come from others or after the fact: like an earlier one, entered when over, closed together."""

from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import (
    Clearance,
    ComponentImpact,
    PastIncident,
    UpdateDraft,
    clone_incident,
    close_incidents,
    enter_past_incident,
    without_approval,
)
from statuspage.domain.incidents.queries import incident_by_ref, incidents_by_refs
from statuspage.web.api.incident_shaper import shape_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes.incidents import (
    Affected,
    Closures,
    ClosuresShape,
    IncidentShape,
    NewPastIncident,
    PastUpdate,
)
from statuspage.web.kit.current import by, now, reader, session

part = Part("Incidents afterwards", "Declaring one like another, entering one that is over, closing several.")


@part.post("/incidents/<ref>/clones", Right.PUBLISH, gives=IncidentShape)
def clone(ref: str) -> Created:
    """Declare an incident like this one: same words, severity and components, for the team alone."""
    like = incident_by_ref(session(), ref, reader())
    made = clone_incident(session(), like, by=by(), now=now()).ref
    return Created(shape_of(made), f"/incidents/{made}")


@part.post("/past-incidents", Right.PUBLISH, takes=NewPastIncident, gives=IncidentShape)
def enter_afterwards(sent: NewPastIncident) -> Created:
    """Enter an incident that is over and was never declared, each update at its own time.

    History, bars and uptime take it in where it happened. Nobody is told unless `notify` is set.
    """
    past = PastIncident(
        title=sent.title,
        severity=sent.severity,
        started_at=sent.started_at,
        ended_at=sent.ended_at,
        public_title=sent.public_title,
        components=_impacts(sent.components),
        updates=tuple(_said(one, without_approval(sent.without_approval)) for one in sent.updates),
        category=sent.category,
        source=sent.source,
        notify=sent.notify,
    )
    ref = enter_past_incident(session(), past, by=by(), now=now()).ref
    return Created(shape_of(ref), f"/incidents/{ref}")


def _impacts(affected: tuple[Affected, ...]) -> tuple[ComponentImpact, ...]:
    return tuple(ComponentImpact(one.slug, one.status) for one in affected)


def _said(one: PastUpdate, clearance: Clearance | None) -> UpdateDraft:
    return UpdateDraft(
        body=one.body,
        status=one.status,
        components=_impacts(one.components),
        workaround=one.workaround,
        display_at=one.display_at,
        clearance=clearance,
    )


@part.post("/closures", Right.PUBLISH, takes=Closures, gives=ClosuresShape, status=200)
def close_several(sent: Closures) -> ClosuresShape:
    """Close several incidents; those that are not resolved inside and for customers are left as they are."""
    found = incidents_by_refs(session(), sent.refs, reader())
    left = {incident.ref for incident in close_incidents(session(), found, sent.code, by=by(), now=now())}
    closed = {incident.ref for incident in found} - left
    return ClosuresShape(closed=sorted(closed), left=sorted(set(sent.refs) - closed))
