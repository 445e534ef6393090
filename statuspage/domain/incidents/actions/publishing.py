"""Updates for customers: status, components, promise, and who is told."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line
from statuspage.domain.components.enums import Visibility
from statuspage.domain.incidents.actions.affected import apply_components
from statuspage.domain.incidents.actions.clearing import cleared, note_clearance
from statuspage.domain.incidents.actions.drafts import UpdateDraft
from statuspage.domain.incidents.actions.milestones import add_if_missing, instants
from statuspage.domain.incidents.actions.notes import new_update
from statuspage.domain.incidents.enums import IncidentKind, IncidentState, MilestoneKind, PublicStatus
from statuspage.domain.incidents.models import Incident, Promise, Update
from statuspage.domain.incidents.rules import may_publish, milestones_between, state_after
from statuspage.outbox.actions import emit, publish
from statuspage.outbox.enums import EventKind

PROMISE_HORIZON = timedelta(days=30)
WORKAROUND_LIMIT = 1000
EXITS = (IncidentState.CANCELLED, IncidentState.MERGED)


def publish_update(session: Session, incident: Incident, draft: UpdateDraft, *, by: Actor, now: datetime) -> Update:
    """Publish an update. Raises `Conflict` when the incident takes none or needs approval, `Invalid` for bad fields."""
    status = draft.status or incident.public_status or PublicStatus.INVESTIGATING
    _refuse_unpublishable(incident, status)
    clearance = cleared(session, incident, draft.clearance)
    due = _checked_promise(draft.next_update_at, status, now)
    update = new_update(incident, draft, by, now)
    update.status, update.published_at = status, now
    first = not incident.public
    session.add(update)
    session.flush()
    note_clearance(session, update, clearance, by=by, now=now)
    if due:
        update.promise = Promise(incident_id=incident.id, update_id=update.id, made_at=now, due_at=due)
    if draft.workaround is not None:
        incident.workaround = clean_line(draft.workaround, "workaround", limit=WORKAROUND_LIMIT, required=False)
    if first:
        _open_publicly(session, incident, update, by=by, now=now)
    _follow(session, incident, update, status, by=by, now=now)
    slugs = apply_components(session, incident, update, draft.components, at=update.display_at, first=first)
    if draft.notify:
        emit(session, _event_kind(first, status), update.id, now, thread_id=incident.id)
    publish(session, ["site", f"incident:{incident.code}", *(f"component:{slug}" for slug in slugs)], now)
    return update


def _refuse_unpublishable(incident: Incident, status: PublicStatus) -> None:
    if incident.kind is IncidentKind.DRILL:
        raise Conflict("This is a drill: nothing of it becomes public.")
    if incident.restricted:
        raise Conflict("This incident is restricted. Lift the restriction before you publish.")
    if incident.public_title is None:
        raise Invalid({"public_title": "Say what customers see before you publish the first update."})
    if not may_publish(incident.state, incident.public_status, status):
        if incident.state in EXITS:
            raise Conflict(f"{incident.ref} was {incident.state}; nothing more is said in it.")
        raise Conflict(f"{incident.ref} is {incident.public_status or incident.state}. Reopen it first.")


def _checked_promise(due: datetime | None, status: PublicStatus, now: datetime) -> datetime | None:
    if due is None or status is PublicStatus.RESOLVED:
        return None
    if due <= now:
        raise Invalid({"next_update_at": "The next update must be due in the future."})
    if due > now + PROMISE_HORIZON:
        raise Invalid({"next_update_at": f"Promise the next word within {PROMISE_HORIZON.days} days."})
    return due


def _open_publicly(session: Session, incident: Incident, update: Update, *, by: Actor, now: datetime) -> None:
    known = instants(session, incident)
    started = known.get(MilestoneKind.IMPACT_STARTED) or known.get(MilestoneKind.DETECTED) or update.display_at
    incident.public_started_at = min(started, update.display_at)
    incident.visibility, incident.public_status = Visibility.PUBLIC, update.status
    incident.published_at = now
    add_if_missing(session, incident, [MilestoneKind.FIRST_PUBLIC_UPDATE], update.display_at, by=by, now=now)


def _follow(
    session: Session, incident: Incident, update: Update, status: PublicStatus, *, by: Actor, now: datetime
) -> None:
    after = state_after(incident.state, status)
    reached = milestones_between(incident.state, after)
    incident.public_status, incident.public_changed_at = status, now
    incident.public_resolved_at = update.display_at if status is PublicStatus.RESOLVED else None
    incident.state = after
    add_if_missing(session, incident, reached, update.display_at, by=by, now=now)
    session.flush()


def _event_kind(first: bool, status: PublicStatus) -> EventKind:
    if status is PublicStatus.RESOLVED:
        return EventKind.INCIDENT_RESOLVED
    return EventKind.INCIDENT_OPENED if first else EventKind.INCIDENT_UPDATED
