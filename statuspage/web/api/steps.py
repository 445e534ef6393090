"""Moving an incident on: acknowledge, resolve, close, reopen. Each answers with the incident."""

from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import (
    Resolution,
    acknowledge,
    close_incident,
    reopen_incident,
    resolve_incident,
)
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.web.api.incident_shaper import shape_of
from statuspage.web.api.registry import Part
from statuspage.web.api.shapes.incidents import (
    Acknowledgement,
    Closure,
    IncidentShape,
    Reopening,
    ResolutionDraft,
)
from statuspage.web.kit.current import by, now, reader, session

part = Part("Moving an incident on", "Each of these answers with the incident as it then is.")
DONE = {"gives": IncidentShape, "status": 200}


@part.post("/incidents/<ref>/acknowledgement", Right.PUBLISH, takes=Acknowledgement, **DONE)
def acknowledge_incident(ref: str, sent: Acknowledgement) -> IncidentShape:
    """Say that somebody has it. Only the first time counts."""
    incident = incident_by_ref(session(), ref, reader())
    acknowledge(session(), incident, sent.at, by=by(), now=now())
    return shape_of(incident.ref)


@part.post("/incidents/<ref>/resolution", Right.PUBLISH, takes=ResolutionDraft, **DONE)
def resolve(ref: str, sent: ResolutionDraft) -> IncidentShape:
    """Resolve for the team; with `body` customers are told in the same moment."""
    incident = incident_by_ref(session(), ref, reader())
    resolve_incident(session(), incident, Resolution(**sent.model_dump()), by=by(), now=now())
    return shape_of(incident.ref)


@part.post("/incidents/<ref>/closure", Right.PUBLISH, takes=Closure, **DONE)
def close(ref: str, sent: Closure) -> IncidentShape:
    """Close a resolved incident. 409 while it is open, inside or for customers."""
    incident = incident_by_ref(session(), ref, reader())
    close_incident(session(), incident, sent.code, sent.text, by=by(), now=now())
    return shape_of(incident.ref)


@part.post("/incidents/<ref>/reopening", Right.PUBLISH, takes=Reopening, **DONE)
def reopen(ref: str, sent: Reopening) -> IncidentShape:
    """Open a resolved incident again, within seven days; with `body` customers are told."""
    incident = incident_by_ref(session(), ref, reader())
    reopen_incident(session(), incident, sent.reason, sent.body, by=by(), now=now())
    return shape_of(incident.ref)
