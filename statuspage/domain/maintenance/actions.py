"""Planning, moving, starting, ending and cancelling maintenance."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import available_timezones

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import SYSTEM, Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.impact import set_impact
from statuspage.domain.components.queries import CauseRef, components_by_slugs
from statuspage.domain.incidents.refs import next_ref
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.models import Maintenance, MaintenanceComponent, MaintenanceUpdate, Window
from statuspage.domain.maintenance.queries import is_due, maintenance_by_ref
from statuspage.domain.maintenance.rules import DONE, RUNNING, may_become, window_fault
from statuspage.outbox.actions import emit, publish
from statuspage.outbox.enums import EventKind

_BEGUN = "The maintenance has begun."
_DONE = "The maintenance is complete."
_EVENTS = {
    MaintenanceStatus.IN_PROGRESS: EventKind.MAINTENANCE_STARTED,
    MaintenanceStatus.COMPLETED: EventKind.MAINTENANCE_COMPLETED,
    MaintenanceStatus.CANCELLED: EventKind.MAINTENANCE_CANCELLED,
}


@dataclass(frozen=True)
class MaintenanceDraft:
    """Work to be announced. Instants are aware; `timezone` (IANA) is the zone people will read them in."""

    title: str
    components: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    timezone: str
    body: str
    auto_start: bool = True
    auto_end: bool = True
    notify: bool = True


@dataclass(frozen=True)
class MaintenanceUpdateDraft:
    """Something to be said; `status` None leaves it where it is. `seen_version` guards against stale edits."""

    body: str
    status: MaintenanceStatus | None = None
    notify: bool = True
    seen_version: int | None = None


@dataclass(frozen=True)
class MaintenanceChange:
    """A new title, new components or a new window; None leaves a field as it is."""

    title: str | None = None
    components: tuple[str, ...] | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    auto_start: bool | None = None
    auto_end: bool | None = None
    seen_version: int | None = None


def plan_maintenance(session: Session, draft: MaintenanceDraft, *, by: Actor, now: datetime) -> Maintenance:
    """Announce work. Raises `Invalid` for an impossible window, an unknown zone or component."""
    _check_window(draft.starts_at, draft.ends_at, now)
    if draft.timezone not in available_timezones():
        raise Invalid({"timezone": "Choose an IANA time zone such as Europe/Berlin."})
    body = clean_text(draft.body, "body")
    maintenance = Maintenance(
        ref=next_ref(session, "MNT", now),
        title=clean_line(draft.title, "title"),
        starts_at=draft.starts_at.astimezone(UTC),
        ends_at=draft.ends_at.astimezone(UTC),
        timezone=draft.timezone,
        auto_start=draft.auto_start,
        auto_end=draft.auto_end,
        notify=draft.notify,
        published_at=now,
        public_changed_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(maintenance)
    session.flush()
    _set_components(session, maintenance, draft.components)
    _announce_window(maintenance, now)
    said = _say(session, maintenance, body, notify=draft.notify, by=by, now=now)
    if draft.notify:
        emit(session, EventKind.MAINTENANCE_ANNOUNCED, said.id, now, thread_id=maintenance.id)
    record(session, by, "maintenance.planned", ("maintenance", maintenance.id), now)
    _publish(session, maintenance, now)
    return maintenance


def _check_window(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    fault = window_fault(starts_at, ends_at, now)
    if fault:
        raise Invalid({fault[0]: fault[1]})


def _set_components(session: Session, maintenance: Maintenance, slugs: Iterable[str]) -> None:
    found = components_by_slugs(session, slugs)
    if not found:
        raise Invalid({"components": "Choose at least one component the work touches."})
    wanted = {component.id: component for component in found.values()}
    for row in list(maintenance.components):
        if row.component_id not in wanted:
            maintenance.components.remove(row)
            session.delete(row)
    known = {row.component_id for row in maintenance.components}
    for component_id, component in wanted.items():
        if component_id not in known:
            maintenance.components.append(MaintenanceComponent(component=component))
    session.flush()


def _announce_window(maintenance: Maintenance, now: datetime) -> None:
    window = Window(starts_at=maintenance.starts_at, ends_at=maintenance.ends_at, recorded_at=now)
    maintenance.windows.append(window)


def _say(
    session: Session, maintenance: Maintenance, body: str, *, notify: bool, by: Actor, now: datetime
) -> MaintenanceUpdate:
    said = MaintenanceUpdate(
        maintenance=maintenance,
        status=maintenance.status,
        body=body,
        notify=notify,
        published_at=now,
        author_name=by.name,
    )
    session.add(said)
    session.flush()
    return said


def _publish(session: Session, maintenance: Maintenance, now: datetime, extra: Iterable[str] = ()) -> None:
    maintenance.public_changed_at = now
    mark_changed(maintenance, now)
    slugs = {*extra, *(row.component.slug for row in maintenance.components)}
    touches = ["site", f"maintenance:{maintenance.code}", *(f"component:{slug}" for slug in slugs)]
    publish(session, touches, now)
    session.flush()


def _refuse_stale(maintenance: Maintenance, seen: int | None, yours: str = "") -> None:
    if seen is not None and seen != maintenance.version:
        theirs = maintenance.updates[0].body if maintenance.updates else maintenance.title
        raise Conflict("Somebody changed this maintenance meanwhile. Compare, then repeat.", theirs=theirs, yours=yours)


def post_maintenance_update(
    session: Session, maintenance: Maintenance, draft: MaintenanceUpdateDraft, *, by: Actor, now: datetime
) -> MaintenanceUpdate:
    """Say something about a maintenance and move it on if `status` says so.

    Starting holds its components, ending or cancelling frees them. Raises `Conflict` for an impossible move or a
    stale `seen_version`, `Invalid` for bad text.
    """
    _refuse_stale(maintenance, draft.seen_version, draft.body)
    status = draft.status or maintenance.status
    if not may_become(maintenance.status, status):
        raise Conflict(f"{maintenance.ref} is {maintenance.status.replace('_', ' ')}; it cannot become {status}.")
    body = clean_text(draft.body, "body")
    moved = status is not maintenance.status
    maintenance.status = status
    _hold(session, maintenance, now)
    said = _say(session, maintenance, body, notify=draft.notify, by=by, now=now)
    if draft.notify:
        kind = _EVENTS.get(status, EventKind.MAINTENANCE_UPDATED) if moved else EventKind.MAINTENANCE_UPDATED
        emit(session, kind, said.id, now, thread_id=maintenance.id)
    record(session, by, "maintenance.update_posted", ("maintenance", maintenance.id), now, status=status)
    _publish(session, maintenance, now)
    return said


def _hold(session: Session, maintenance: Maintenance, now: datetime) -> None:
    level = ComponentStatus.UNDER_MAINTENANCE if maintenance.running else ComponentStatus.OPERATIONAL
    if maintenance.running and maintenance.started_at is None:
        maintenance.started_at = now
    if maintenance.status in DONE and maintenance.finished_at is None:
        maintenance.finished_at = now
    for row in maintenance.components:
        cause = CauseRef(Cause.MAINTENANCE, maintenance.id)
        set_impact(session, row.component_id, level, now, of=cause, public=True)


def change_maintenance(
    session: Session, maintenance: Maintenance, change: MaintenanceChange, *, by: Actor, now: datetime
) -> Maintenance:
    """Change title, components or window. Raises `Conflict` when it is over or stale, `Invalid` for bad fields."""
    _refuse_stale(maintenance, change.seen_version)
    if maintenance.status in DONE:
        raise Conflict(f"{maintenance.ref} is {maintenance.status}. Plan a new one.")
    touched = [row.component.slug for row in maintenance.components]
    if change.title is not None:
        maintenance.title = clean_line(change.title, "title")
    if change.auto_start is not None:
        maintenance.auto_start = change.auto_start
    if change.auto_end is not None:
        maintenance.auto_end = change.auto_end
    _move_window(maintenance, change, now)
    if change.components is not None:
        if maintenance.running:
            raise Conflict("The work is going on. Its components can no longer be changed.")
        _set_components(session, maintenance, change.components)
    record(session, by, "maintenance.changed", ("maintenance", maintenance.id), now)
    _publish(session, maintenance, now, touched)
    return maintenance


def _move_window(maintenance: Maintenance, change: MaintenanceChange, now: datetime) -> None:
    starts_at = (change.starts_at or maintenance.starts_at).astimezone(UTC)
    ends_at = (change.ends_at or maintenance.ends_at).astimezone(UTC)
    if (starts_at, ends_at) == (maintenance.starts_at, maintenance.ends_at):
        return
    if maintenance.running and starts_at != maintenance.starts_at:
        raise Conflict("The work has begun. Only its end can be moved.")
    _check_window(starts_at, ends_at, now)
    maintenance.starts_at, maintenance.ends_at = starts_at, ends_at
    _announce_window(maintenance, now)


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
