"""Declaring an incident, and publishing its first word in the same transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.errors import Invalid
from statuspage.core.text import clean_line
from statuspage.domain.incidents.actions.affected import attach_components, hold_internally
from statuspage.domain.incidents.actions.drafts import IncidentDraft
from statuspage.domain.incidents.actions.milestones import add_milestones
from statuspage.domain.incidents.actions.refs import next_ref
from statuspage.domain.incidents.actions.updates import post_update
from statuspage.domain.incidents.enums import IncidentKind, MilestoneKind, UpdateVisibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.rules import severity_impact


def declare_incident(session: Session, draft: IncidentDraft, *, by: Actor, now: datetime) -> Incident:
    """Open an incident; with a public update in the draft it is published in the same transaction.

    `public_title` defaults to `title` when something is published now. Raises `Invalid`, `Conflict` for a drill
    or a restricted incident that is to be published.
    """
    if draft.kind is IncidentKind.FALSE_ALARM:
        raise Invalid({"kind": "Declare it as real; what proves false is then closed as a false alarm."})
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
