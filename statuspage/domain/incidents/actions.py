"""Moving an incident on: declare, change, acknowledge, resolve, close, reopen. What is said is in `updates`."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.accounts.queries import user_by_id
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.impact import set_impact
from statuspage.domain.components.queries import CauseRef
from statuspage.domain.incidents.affected import attach_components, hold_internally
from statuspage.domain.incidents.drafts import IncidentDraft, UpdateDraft
from statuspage.domain.incidents.enums import (
    Category,
    IncidentKind,
    IncidentState,
    MilestoneKind,
    PublicStatus,
    ResolutionKind,
    Severity,
    UpdateVisibility,
)
from statuspage.domain.incidents.milestones import add_if_missing, add_milestones
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import current_milestones
from statuspage.domain.incidents.refs import next_ref
from statuspage.domain.incidents.rules import may_move, may_reopen, severity_impact, worse_severity
from statuspage.domain.incidents.updates import post_update
from statuspage.outbox.actions import publish


@dataclass(frozen=True)
class IncidentChange:
    """What staff change about an incident; None leaves a field as it is. `seen_version` guards against stale edits."""

    title: str | None = None
    public_title: str | None = None
    severity: Severity | None = None
    category: Category | None = None
    lead_id: uuid.UUID | None = None
    communications_id: uuid.UUID | None = None
    milestones: tuple[tuple[MilestoneKind, datetime], ...] = ()
    resolution_kind: ResolutionKind | None = None
    resolution_text: str | None = None
    closure_code: str | None = None
    seen_version: int | None = None


def declare_incident(session: Session, draft: IncidentDraft, *, by: Actor, now: datetime) -> Incident:
    """Open an incident; with a public update in the draft it is published in the same transaction.

    `public_title` defaults to `title` when something is published now. Raises `Invalid`, `Conflict` for a drill
    or a restricted incident that is to be published.
    """
    title = clean_line(draft.title, "title")
    goes_public = draft.update is not None and draft.update.visibility is UpdateVisibility.PUBLIC
    public_title = clean_line(draft.public_title, "public_title") if draft.public_title else None
    incident = Incident(
        ref=next_ref(session, "INC", now),
        title=title,
        public_title=public_title or (title if goes_public else None),
        kind=draft.kind,
        category=draft.category,
        source=draft.source,
        severity=draft.severity,
        severity_initial=draft.severity,
        severity_peak=draft.severity,
        impact=severity_impact(draft.severity),
        restricted=draft.restricted,
        declared_by_id=by.user_id,
        lead_id=by.user_id,
        created_at=now,
        updated_at=now,
    )
    session.add(incident)
    session.flush()
    record(session, by, "incident.declared", ("incident", incident.id), now, severity=draft.severity)
    add_milestones(session, incident, _opening_milestones(draft, now), by=by, now=now)
    attach_components(session, incident, draft.components)
    if draft.update is not None:
        post_update(session, incident, draft.update, by=by, now=now)
    if not incident.public:
        hold_internally(session, incident, draft.impact_started_at or now)
    return incident


def _opening_milestones(draft: IncidentDraft, now: datetime) -> dict[MilestoneKind, datetime]:
    found = {
        MilestoneKind.IMPACT_STARTED: draft.impact_started_at,
        MilestoneKind.ALERTED: draft.alerted_at,
        MilestoneKind.DETECTED: draft.detected_at or draft.alerted_at or now,
        MilestoneKind.DECLARED: now,
    }
    return {kind: at for kind, at in found.items() if at is not None}


def change_incident(
    session: Session, incident: Incident, change: IncidentChange, *, by: Actor, now: datetime
) -> Incident:
    """Change an incident's facts. Raises `Conflict` when it moved on since `seen_version`, `Invalid` for bad fields."""
    if change.seen_version is not None and change.seen_version != incident.version:
        raise Conflict("Somebody changed this incident meanwhile. Load it again and repeat your change.")
    changed = _apply_words(incident, change)
    if change.severity and change.severity is not incident.severity:
        changed["severity"] = [incident.severity, change.severity]
        incident.severity = change.severity
        incident.severity_peak = worse_severity(incident.severity_peak, change.severity)
    for role in ("lead_id", "communications_id"):
        wanted = getattr(change, role)
        if wanted is not None:
            setattr(incident, role, user_by_id(session, wanted).id)
            changed[role] = str(wanted)
    if change.milestones:
        add_milestones(session, incident, dict(change.milestones), by=by, now=now)
        changed["milestones"] = [kind for kind, _ in change.milestones]
    mark_changed(incident, now)
    record(session, by, "incident.changed", ("incident", incident.id), now, **changed)
    if incident.public and change.public_title is not None:
        incident.public_changed_at = now
        publish(session, ["site", f"incident:{incident.code}"], now)
    session.flush()
    return incident


def _apply_words(incident: Incident, change: IncidentChange) -> dict[str, object]:
    changed: dict[str, object] = {}
    for name in ("title", "public_title", "closure_code"):
        text = getattr(change, name)
        if text is not None:
            setattr(incident, name, clean_line(text, name, limit=60 if name == "closure_code" else 200))
            changed[name] = True
    if change.resolution_text is not None:
        incident.resolution_text = clean_text(change.resolution_text, "resolution_text", required=False)
        changed["resolution_text"] = True
    for name in ("category", "resolution_kind"):
        if getattr(change, name) is not None:
            setattr(incident, name, getattr(change, name))
            changed[name] = getattr(change, name)
    return changed


def acknowledge(session: Session, incident: Incident, at: datetime | None, *, by: Actor, now: datetime) -> None:
    """Say that somebody has it. Only the first acknowledgement counts. Raises `Invalid` for an impossible time."""
    add_if_missing(session, incident, [MilestoneKind.ACKNOWLEDGED], at or now, by=by, now=now)
    mark_changed(incident, now)
    record(session, by, "incident.acknowledged", ("incident", incident.id), now)


@dataclass(frozen=True)
class Resolution:
    """How an incident ended. With a `body`, customers are told in the same transaction."""

    kind: ResolutionKind | None = None
    text: str = ""
    at: datetime | None = None
    body: str = ""
    notify: bool = True


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
        )
        post_update(session, incident, draft, by=by, now=now)
    elif not may_move(incident.state, IncidentState.RESOLVED):
        raise Conflict(f"{incident.ref} is {incident.state} already.")
    else:
        incident.state = IncidentState.RESOLVED
        add_if_missing(session, incident, [MilestoneKind.RESOLVED], at, by=by, now=now)
        if not incident.public:
            _release(session, incident, at)
    mark_changed(incident, now)
    record(session, by, "incident.resolved", ("incident", incident.id), now, public=bool(resolution.body))
    session.flush()


def _release(session: Session, incident: Incident, at: datetime) -> None:
    for row in incident.components:
        row.status = ComponentStatus.OPERATIONAL
        if incident.kind is IncidentKind.REAL:
            cause = CauseRef(Cause.INCIDENT, incident.id)
            set_impact(session, row.component_id, row.status, at, of=cause, public=False)


def close_incident(
    session: Session, incident: Incident, code: str = "", text: str = "", *, by: Actor, now: datetime
) -> None:
    """Close a resolved incident. Raises `Conflict` while it is open, inside or for customers."""
    if incident.state is not IncidentState.RESOLVED or incident.publicly_open:
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
    session: Session, incident: Incident, reason: str, body: str = "", *, by: Actor, now: datetime
) -> None:
    """Open a resolved incident again within seven days; with a `body` customers are told.

    Raises `Conflict` later than that or while it is open, `Invalid` without a reason.
    """
    why = clean_line(reason, "reason", limit=500)
    resolved_at = current_milestones(session, incident.id).get(MilestoneKind.RESOLVED)
    if not may_reopen(incident.state, resolved_at, now):
        raise Conflict(f"{incident.ref} is open, or was resolved more than seven days ago. Declare a new incident.")
    incident.state = IncidentState.INVESTIGATING
    mark_changed(incident, now)
    add_milestones(session, incident, {MilestoneKind.REOPENED: now}, by=by, now=now)
    record(session, by, "incident.reopened", ("incident", incident.id), now, reason=why)
    session.flush()
    if body:
        if not incident.public:
            raise Invalid({"body": "This incident is internal. Publish an update instead."})
        post_update(session, incident, UpdateDraft(body=body, status=PublicStatus.INVESTIGATING), by=by, now=now)
