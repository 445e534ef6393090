"""What a word about an incident or a maintenance says: its facts as they stand when the message is written."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from statuspage.core.languages import Speech, marked
from statuspage.core.links import Links
from statuspage.core.words import word
from statuspage.delivery.messages.facts import ComponentFacts, EarlierFacts, StoryFacts
from statuspage.delivery.messages.words import Tone
from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.enums import Impact, PublicStatus
from statuspage.domain.incidents.models import Incident, Update
from statuspage.domain.incidents.queries import update_by_id
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.models import Maintenance, MaintenanceUpdate
from statuspage.domain.maintenance.queries import last_word
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event

_TONES = {
    Impact.NONE: Tone.MINOR,
    Impact.MINOR: Tone.MINOR,
    Impact.MAJOR: Tone.MAJOR,
    Impact.CRITICAL: Tone.CRITICAL,
}
_SAID = {
    EventKind.INCIDENT_CORRECTED: (marked("Correction"), Tone.PLAIN),
    EventKind.INCIDENT_RETRACTED: (marked("Retracted"), Tone.PLAIN),
    EventKind.MAINTENANCE_ANNOUNCED: (marked("Planned maintenance"), Tone.PLANNED),
    EventKind.MAINTENANCE_REMINDER: (marked("Maintenance reminder"), Tone.PLANNED),
    EventKind.MAINTENANCE_UPDATED: (marked("Maintenance update"), Tone.PLANNED),
    EventKind.MAINTENANCE_STARTED: (marked("Maintenance in progress"), Tone.PLANNED),
    EventKind.MAINTENANCE_COMPLETED: (marked("Maintenance completed"), Tone.CALM),
    EventKind.MAINTENANCE_CANCELLED: (marked("Maintenance cancelled"), Tone.PLAIN),
}


def incident_facts(
    session: Session, event: Event, links: Links, speech: Speech, earlier: tuple[EarlierFacts, ...]
) -> StoryFacts | None:
    """Return what is said about an incident, or None when that was taken back or never stood.

    `earlier` are updates this message overtook and quotes.
    """
    update = update_by_id(session, uuid.UUID(event.payload.get("update", str(event.subject_id))))
    if update is None or update.status is None:
        return None
    retracted = update.retracted_at is not None
    if retracted is not (event.kind is EventKind.INCIDENT_RETRACTED):
        return None
    incident = update.incident
    said, tone = _SAID.get(event.kind, ("", _tone(incident, update)))
    named = [(row.component, row.published_status) for row in incident.components if row.published_status]
    plain = tone in (Tone.PLAIN, Tone.CALM) or incident.impact is Impact.NONE
    return StoryFacts(
        thread=event.thread_id,
        code=incident.code,
        update=update.code,
        path=links.incident(incident.code),
        title=event.payload.get("title") or incident.public_title or "",
        status=update.status,
        state=speech.gettext(said) if said else word(update.status, speech),
        tone=tone,
        impact="" if plain else word(f"impact.{incident.impact}", speech),
        body="" if retracted else update.current.body,
        at=update.display_at,
        started_at=incident.public_started_at or update.display_at,
        ended_at=update.display_at if update.status is PublicStatus.RESOLVED else None,
        next_update_at=update.promise.due_at if update.promise and tone is not Tone.PLAIN else None,
        workaround="" if tone in (Tone.PLAIN, Tone.CALM) else update.current.workaround,
        note=update.retraction_reason if retracted else update.current.reason,
        removed_at=None if retracted else update.redacted_at,
        components=() if tone is Tone.PLAIN else _components(named, speech),
        earlier=earlier,
    )


def _tone(incident: Incident, update: Update) -> Tone:
    return Tone.CALM if update.status is PublicStatus.RESOLVED else _TONES[incident.impact]


def _components(named: Sequence[tuple[Component, ComponentStatus]], speech: Speech) -> tuple[ComponentFacts, ...]:
    return tuple(
        ComponentFacts(component.name, word(status, speech, inside=True))
        for component, status in sorted(named, key=lambda pair: pair[0].position)
        if component.visibility is Visibility.PUBLIC
    )


def maintenance_facts(
    session: Session, event: Event, links: Links, speech: Speech, earlier: tuple[EarlierFacts, ...]
) -> StoryFacts | None:
    """Return what is said about a maintenance, or None when it is gone or no longer worth a reminder."""
    reminding = event.kind is EventKind.MAINTENANCE_REMINDER
    update = last_word(session, event.thread_id) if reminding else session.get(MaintenanceUpdate, event.subject_id)
    if update is None:
        return None
    maintenance: Maintenance = update.maintenance
    if reminding and maintenance.status is not MaintenanceStatus.SCHEDULED:
        return None
    said, tone = _SAID[event.kind]
    level = ComponentStatus.UNDER_MAINTENANCE if tone is Tone.PLANNED else ComponentStatus.OPERATIONAL
    named = [(row.component, level) for row in maintenance.components]
    begun = event.kind in (EventKind.MAINTENANCE_STARTED, EventKind.MAINTENANCE_COMPLETED)
    finished = maintenance.finished_at if event.kind is EventKind.MAINTENANCE_COMPLETED else None
    return StoryFacts(
        thread=event.thread_id,
        code=maintenance.code,
        update=update.code,
        path=links.maintenance(maintenance.code),
        title=event.payload.get("title") or maintenance.title,
        status=update.status,
        state=speech.gettext(said),
        tone=tone,
        impact="",
        body=update.body,
        at=event.created_at if reminding else update.published_at,
        started_at=(maintenance.started_at if begun else None) or maintenance.starts_at,
        ended_at=finished or maintenance.ends_at,
        removed_at=update.redacted_at,
        components=_components(named, speech),
        earlier=earlier,
    )


def quotes(session: Session, events: Sequence[uuid.UUID], speech: Speech) -> tuple[EarlierFacts, ...]:
    """Return what the messages of these events said, without those that no longer stand."""
    found = [_quote(session, session.get(Event, event_id), speech) for event_id in events]
    return tuple(quote for quote in found if quote is not None)


def _quote(session: Session, event: Event | None, speech: Speech) -> EarlierFacts | None:
    if event is None:
        return None
    if event.kind.startswith("maintenance."):
        said = session.get(MaintenanceUpdate, event.subject_id)
        return EarlierFacts(word(said.status, speech), said.published_at, said.body, said.redacted_at) if said else None
    update = update_by_id(session, event.subject_id)
    if update is None or update.status is None or update.retracted_at:
        return None
    return EarlierFacts(word(update.status, speech), update.display_at, update.current.body, update.redacted_at)
