"""Entering an incident afterwards: wholly in the past, with every update at its own time."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.errors import Invalid
from statuspage.domain.incidents.actions.declaring import declare_incident
from statuspage.domain.incidents.actions.drafts import IncidentDraft, PastIncident, Resolution, UpdateDraft
from statuspage.domain.incidents.actions.steps import resolve_incident
from statuspage.domain.incidents.actions.updates import post_update
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.rules import past_fault


def enter_past_incident(session: Session, past: PastIncident, *, by: Actor, now: datetime) -> Incident:
    """Enter an incident that is over. Bars, uptime and history take it in at its own times.

    Nobody is told unless `past.notify`, and then by its last update alone. Raises `Invalid` for impossible times
    (`started_at`, `ended_at`, `updates.N.display_at`) and for bad fields.
    """
    told = _dated(past, now)
    opening = IncidentDraft(
        title=past.title,
        severity=past.severity,
        public_title=past.public_title,
        components=past.components,
        update=replace(told[0], components=past.components + told[0].components) if told else None,
        category=past.category,
        source=past.source,
        impact_started_at=past.started_at,
        detected_at=past.started_at,
    )
    incident = declare_incident(session, opening, by=by, now=now)
    for update in told[1:]:
        post_update(session, incident, update, by=by, now=now)
    if not told:
        resolve_incident(session, incident, Resolution(at=past.ended_at), by=by, now=now)
    record(session, by, "incident.entered_afterwards", ("incident", incident.id), now, updates=len(told))
    session.flush()
    return incident


def _dated(past: PastIncident, now: datetime) -> list[UpdateDraft]:
    """Return the updates as they are posted: at their times, without promises, silent but for a wanted last one."""
    told = [(update.display_at or now, update.status or PublicStatus.INVESTIGATING) for update in past.updates]
    fault = past_fault(past.started_at, told, now)
    if fault:
        place, words = fault
        raise Invalid({"started_at" if place is None else f"updates.{place}.display_at": words})
    if not told and (past.ended_at is None or not past.started_at < past.ended_at <= now):
        raise Invalid({"ended_at": "Say when it was over: after it began, and before now."})
    last = len(told) - 1
    return [
        replace(
            update, display_at=at, status=status, next_update_at=None, notify=past.notify and place == last,
        )
        for place, (update, (at, status)) in enumerate(zip(past.updates, told, strict=True))
    ]  # fmt: skip
