"""Announcing work and changing what was announced."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.clock import known_zones
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.components.queries import components_by_slugs
from statuspage.domain.incidents.actions.refs import next_ref
from statuspage.domain.maintenance.actions.drafts import MaintenanceChange, MaintenanceDraft
from statuspage.domain.maintenance.actions.reminding import set_reminders
from statuspage.domain.maintenance.actions.saying import publish_maintenance, refuse_stale, say
from statuspage.domain.maintenance.models import Maintenance, MaintenanceComponent, Series, Window
from statuspage.domain.maintenance.rules import DONE, window_fault
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind


def plan_maintenance(
    session: Session,
    draft: MaintenanceDraft,
    *,
    series: Series | None = None,
    tell: bool = True,
    by: Actor,
    now: datetime,
) -> Maintenance:
    """Announce work. Raises `Invalid` for an impossible window, an unknown zone or component.

    Without `tell` no mail announces it: the first of a `series` spoke for all. Reminders go out in any case.
    """
    _check_window(draft.starts_at, draft.ends_at, now)
    if draft.timezone not in known_zones():
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
        series=series,
        published_at=now,
        public_changed_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(maintenance)
    session.flush()
    _set_components(session, maintenance, draft.components)
    _announce_window(maintenance, now)
    set_reminders(maintenance, draft.reminder_hours, now)
    said = say(session, maintenance, body, notify=draft.notify and tell, by=by, now=now)
    if said.notify:
        emit(session, EventKind.MAINTENANCE_ANNOUNCED, said.id, now, thread_id=maintenance.id)
    record(session, by, "maintenance.planned", ("maintenance", maintenance.id), now)
    publish_maintenance(session, maintenance, now)
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


def change_maintenance(
    session: Session, maintenance: Maintenance, change: MaintenanceChange, *, by: Actor, now: datetime
) -> Maintenance:
    """Change title, components or window. Raises `Conflict` when it is over or stale, `Invalid` for bad fields."""
    refuse_stale(maintenance, change.seen_version)
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
    _move_reminders(maintenance, change, now)
    if change.components is not None:
        if maintenance.running:
            raise Conflict("The work is going on. Its components can no longer be changed.")
        _set_components(session, maintenance, change.components)
    record(session, by, "maintenance.changed", ("maintenance", maintenance.id), now)
    publish_maintenance(session, maintenance, now, touched)
    return maintenance


def _move_reminders(maintenance: Maintenance, change: MaintenanceChange, now: datetime) -> None:
    if maintenance.running or (change.starts_at is None and change.reminder_hours is None):
        return
    hours = maintenance.reminder_hours if change.reminder_hours is None else change.reminder_hours
    set_reminders(maintenance, hours, now)


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
