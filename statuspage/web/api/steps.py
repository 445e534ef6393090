"""Moving an incident on: acknowledge, resolve, close, reopen, cancel, merge. Each answers with the incident."""

from statuspage.core.errors import Invalid, NotFound
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import (
    Ending,
    Resolution,
    acknowledge,
    cancel_incident,
    close_as_false_alarm,
    close_incident,
    merge_incident,
    reopen_incident,
    resolve_incident,
    without_approval,
)
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.web.api.incident_shaper import shape_of
from statuspage.web.api.registry import Part
from statuspage.web.api.shapes.incidents import (
    Acknowledgement,
    Closure,
    EndingDraft,
    IncidentShape,
    Merge,
    Reopening,
    ResolutionDraft,
)
from statuspage.web.kit.current import by, installation, now, reader, session

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
    resolve_incident(session(), incident, _resolution(sent), by=by(), now=now())
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
    clearance = without_approval(sent.without_approval)
    reopen_incident(session(), incident, sent.reason, sent.body, clearance=clearance, by=by(), now=now())
    return shape_of(incident.ref)


def _resolution(sent: ResolutionDraft) -> Resolution:
    clearance = without_approval(sent.without_approval)
    return Resolution(**sent.model_dump(exclude={"without_approval"}), clearance=clearance)


def _ending(sent: EndingDraft) -> Ending:
    return Ending(sent.reason, sent.body, sent.notify, without_approval(sent.without_approval))


@part.post("/incidents/<ref>/cancellation", Right.PUBLISH, takes=EndingDraft, **DONE)
def cancel(ref: str, sent: EndingDraft) -> IncidentShape:
    """Call an open incident off. One that customers have read of needs `body`, the notice that closes it."""
    incident = incident_by_ref(session(), ref, reader())
    cancel_incident(session(), incident, _ending(sent), by=by(), now=now())
    return shape_of(incident.ref)


@part.post("/incidents/<ref>/false-alarm", Right.PUBLISH, takes=EndingDraft, **DONE)
def prove_false(ref: str, sent: EndingDraft) -> IncidentShape:
    """Close an incident as a false alarm. What it did to components leaves bars and uptime.

    One that customers have read of needs `body`, the notice that closes it.
    """
    incident = incident_by_ref(session(), ref, reader())
    close_as_false_alarm(session(), incident, _ending(sent), by=by(), now=now())
    return shape_of(incident.ref)


@part.post("/incidents/<ref>/merge", Right.PUBLISH, takes=Merge, **DONE)
def merge(ref: str, sent: Merge) -> IncidentShape:
    """Let an incident continue in another open one.

    A public one is resolved for customers with "Continues in ..."; what it did to components goes on in the other.
    """
    incident = incident_by_ref(session(), ref, reader())
    try:
        into = incident_by_ref(session(), sent.into, reader())
    except NotFound as unknown:
        raise Invalid({"into": unknown.message}) from None
    links = installation().links
    link = links.absolute(links.incident(into.code))
    merge_incident(session(), incident, into, link, notify=sent.notify, by=by(), now=now())
    return shape_of(incident.ref)
