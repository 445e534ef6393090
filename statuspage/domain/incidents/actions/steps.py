"""The steps of an incident: acknowledged, resolved, closed, reopened."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.incidents.actions.affected import release_internally
from statuspage.domain.incidents.actions.drafts import Clearance, Resolution, UpdateDraft
from statuspage.domain.incidents.actions.milestones import add_if_missing, add_milestones, instants
from statuspage.domain.incidents.actions.updates import post_update
from statuspage.domain.incidents.enums import IncidentState, MilestoneKind, PublicStatus
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.rules import may_close, may_move, may_reopen


def acknowledge(session: Session, incident: Incident, at: datetime | None, *, by: Actor, now: datetime) -> None:
    """Say that somebody has it. Only the first acknowledgement counts. Raises `Invalid` for an impossible time."""
    add_if_missing(session, incident, [MilestoneKind.ACKNOWLEDGED], at or now, by=by, now=now)
    mark_changed(incident, now)
    record(session, by, "incident.acknowledged", ("incident", incident.id), now)


def resolve_incident(session: Session, incident: Incident, resolution: Resolution, *, by: Actor, now: datetime) -> None:
    """Resolve an incident for the team, and for customers too when there is a body.

    Raises `Conflict` when it is resolved already, `Invalid` for bad fields.
    """
    at = resolution.at or now
    incident.resolution_kind = resolution.kind or incident.resolution_kind
    if resolution.text:
        incident.resolution_text = clean_text(resolution.text, "text")
    if resolution.body:
        draft = UpdateDraft(
            body=resolution.body,
            status=PublicStatus.RESOLVED,
            display_at=resolution.at,
            notify=resolution.notify,
            clearance=resolution.clearance,
        )
        post_update(session, incident, draft, by=by, now=now)
    elif not may_move(incident.state, IncidentState.RESOLVED):
        raise Conflict(f"{incident.ref} is {incident.state} already.")
    else:
        incident.state = IncidentState.RESOLVED
        add_if_missing(session, incident, [MilestoneKind.RESOLVED], at, by=by, now=now)
        if not incident.public:
            release_internally(session, incident, at)
    mark_changed(incident, now)
    record(session, by, "incident.resolved", ("incident", incident.id), now, public=bool(resolution.body))
    session.flush()


def close_incident(
    session: Session, incident: Incident, code: str = "", text: str = "", *, by: Actor, now: datetime
) -> None:
    """Close a resolved incident. Raises `Conflict` while it is open, inside or for customers."""
    if not may_close(incident.state, incident.publicly_open):
        raise Conflict(f"{incident.ref} is not resolved yet, or customers still see it as open. Resolve it first.")
    if code:
        incident.closure_code = clean_line(code, "code", limit=60)
    if text:
        incident.resolution_text = clean_text(text, "text")
    incident.state = IncidentState.CLOSED
    mark_changed(incident, now)
    add_milestones(session, incident, {MilestoneKind.CLOSED: now}, by=by, now=now)
    record(session, by, "incident.closed", ("incident", incident.id), now)


def reopen_incident(
    session: Session,
    incident: Incident,
    reason: str,
    body: str = "",
    *,
    clearance: Clearance | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Open a resolved incident again within seven days; with a `body`, cleared where needed, customers are told.

    Raises `Conflict` later than that or while it is open, `Invalid` without a reason.
    """
    why = clean_line(reason, "reason", limit=500)
    resolved_at = instants(session, incident).get(MilestoneKind.RESOLVED)
    if not may_reopen(incident.kind, incident.state, resolved_at, now):
        raise Conflict(
            f"{incident.ref} is {incident.state}: only what was resolved within seven days is reopened. "
            "Declare a new incident."
        )
    incident.state = IncidentState.INVESTIGATING
    mark_changed(incident, now)
    add_milestones(session, incident, {MilestoneKind.REOPENED: now}, by=by, now=now)
    record(session, by, "incident.reopened", ("incident", incident.id), now, reason=why)
    session.flush()
    if body:
        if not incident.public:
            raise Invalid({"body": "This incident is internal. Publish an update instead."})
        told = UpdateDraft(body=body, status=PublicStatus.INVESTIGATING, clearance=clearance)
        post_update(session, incident, told, by=by, now=now)
