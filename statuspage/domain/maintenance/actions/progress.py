"""Work going on: updates, start, end, cancelling; by hand and by the clock."""

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import SYSTEM, Actor
from statuspage.core.errors import Conflict
from statuspage.core.text import clean_text
from statuspage.domain.maintenance.actions.drafts import MaintenanceUpdateDraft
from statuspage.domain.maintenance.actions.saying import hold_components, publish_maintenance, refuse_stale, say
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.models import Maintenance, MaintenanceUpdate
from statuspage.domain.maintenance.queries import is_due, maintenance_by_ref
from statuspage.domain.maintenance.rules import RUNNING, may_become
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind

_BEGUN = "The maintenance has begun."
_DONE = "The maintenance is complete."
_EVENTS = {
    MaintenanceStatus.IN_PROGRESS: EventKind.MAINTENANCE_STARTED,
    MaintenanceStatus.COMPLETED: EventKind.MAINTENANCE_COMPLETED,
    MaintenanceStatus.CANCELLED: EventKind.MAINTENANCE_CANCELLED,
}


def post_maintenance_update(
    session: Session, maintenance: Maintenance, draft: MaintenanceUpdateDraft, *, by: Actor, now: datetime
) -> MaintenanceUpdate:
    """Say something about a maintenance and move it on if `status` says so.

    Starting holds its components, ending or cancelling frees them. Raises `Conflict` for an impossible move or a
    stale `seen_version`, `Invalid` for bad text.
    """
    refuse_stale(maintenance, draft.seen_version, draft.body)
    status = draft.status or maintenance.status
    if not may_become(maintenance.status, status):
        raise Conflict(f"{maintenance.ref} is {maintenance.status.replace('_', ' ')}; it cannot become {status}.")
    body = clean_text(draft.body, "body")
    moved = status is not maintenance.status
    maintenance.status = status
    hold_components(session, maintenance, now)
    said = say(session, maintenance, body, notify=draft.notify, by=by, now=now)
    if draft.notify:
        kind = _EVENTS.get(status, EventKind.MAINTENANCE_UPDATED) if moved else EventKind.MAINTENANCE_UPDATED
        emit(session, kind, said.id, now, thread_id=maintenance.id)
    record(session, by, "maintenance.update_posted", ("maintenance", maintenance.id), now, status=status)
    publish_maintenance(session, maintenance, now)
    return said


def _move(maintenance: Maintenance, status: MaintenanceStatus, body: str, default: str) -> MaintenanceUpdateDraft:
    return MaintenanceUpdateDraft(body=body or default, status=status, notify=maintenance.notify)


def start_maintenance(
    session: Session, maintenance: Maintenance, body: str = "", *, by: Actor, now: datetime
) -> MaintenanceUpdate:
    """Begin the work now. Raises `Conflict` when it has begun or is over."""
    if maintenance.status is not MaintenanceStatus.SCHEDULED:
        raise Conflict(f"{maintenance.ref} is {maintenance.status.replace('_', ' ')} already.")
    draft = _move(maintenance, MaintenanceStatus.IN_PROGRESS, body, _BEGUN)
    return post_maintenance_update(session, maintenance, draft, by=by, now=now)


def complete_maintenance(
    session: Session, maintenance: Maintenance, body: str = "", *, by: Actor, now: datetime
) -> MaintenanceUpdate:
    """End the work. Raises `Conflict` when it has not begun or is over."""
    if not maintenance.running:
        raise Conflict(f"{maintenance.ref} is {maintenance.status}; only running work can be completed.")
    draft = _move(maintenance, MaintenanceStatus.COMPLETED, body, _DONE)
    return post_maintenance_update(session, maintenance, draft, by=by, now=now)


def cancel_maintenance(
    session: Session, maintenance: Maintenance, body: str, *, by: Actor, now: datetime
) -> MaintenanceUpdate:
    """Call the work off, with a word to those who were told. Raises `Conflict` once it has begun."""
    draft = _move(maintenance, MaintenanceStatus.CANCELLED, body, "")
    return post_maintenance_update(session, maintenance, draft, by=by, now=now)


def advance_due(session: Session, now: datetime) -> int:
    """Begin and end what is due by itself; return how many were moved.

    Each is claimed by one conditional write, so any number of followers and workers may call this at once.
    """
    due = session.execute(select(Maintenance.id, Maintenance.ref, Maintenance.status).where(is_due(now))).all()
    return sum(_advance(session, maintenance_id, ref, status, now) for maintenance_id, ref, status in due)


def _advance(session: Session, maintenance_id: uuid.UUID, ref: str, status: MaintenanceStatus, now: datetime) -> bool:
    claim = update(Maintenance).where(Maintenance.id == maintenance_id, Maintenance.status == status, is_due(now))
    claimed = session.execute(claim.values(updated_at=now, version=Maintenance.version + 1).returning(Maintenance.id))
    if claimed.first() is None:
        return False
    maintenance = maintenance_by_ref(session, ref)
    if status in RUNNING:
        complete_maintenance(session, maintenance, by=SYSTEM, now=now)
    else:
        start_maintenance(session, maintenance, by=SYSTEM, now=now)
    return True
