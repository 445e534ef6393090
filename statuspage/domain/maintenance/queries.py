"""Reading maintenances. All of them are public."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from statuspage.core.errors import NotFound
from statuspage.domain.components.models import Component
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.models import Maintenance, MaintenanceComponent, MaintenanceUpdate, Window
from statuspage.domain.maintenance.rules import NOTICE, RUNNING, Announced, excused_window


def _with_story(query: Select[Maintenance]) -> Select[Maintenance]:
    return query.options(
        selectinload(Maintenance.components).joinedload(MaintenanceComponent.component).joinedload(Component.group),
        selectinload(Maintenance.updates),
        selectinload(Maintenance.windows),
        selectinload(Maintenance.series),
        selectinload(Maintenance.reminders),
    )


def maintenance_by_ref(session: Session, ref: str) -> Maintenance:
    """Return a maintenance by ref (`MNT-2026-0007`) or public code, with its story. Raises `NotFound`."""
    query = select(Maintenance).where(or_(Maintenance.ref == ref.upper(), Maintenance.code == ref))
    found = session.scalar(_with_story(query).execution_options(populate_existing=True))
    if found is None:
        raise NotFound(f"There is no maintenance {ref}. See the list of maintenance.")
    return found


def maintenances_by_ids(session: Session, ids: Iterable[uuid.UUID]) -> Sequence[Maintenance]:
    """Return the maintenances with these ids, with their story, in no order."""
    return session.scalars(_with_story(select(Maintenance).where(Maintenance.id.in_(list(ids))))).all()


def maintenance_id(session: Session, code: str) -> uuid.UUID | None:
    """Return the id of the maintenance with this public code, or None."""
    return session.scalar(select(Maintenance.id).where(Maintenance.code == code))


def maintenance_ids_of(session: Session, codes: Sequence[str]) -> dict[str, uuid.UUID]:
    """Return the ids of the maintenances with these codes, by code."""
    query = select(Maintenance.code, Maintenance.id).where(Maintenance.code.in_(codes))
    found = session.execute(query).all() if codes else ()
    return {row.code: row.id for row in found}


def maintenance_codes(session: Session) -> Sequence[str]:
    """Return every public code."""
    return session.scalars(select(Maintenance.code).order_by(Maintenance.id)).all()


def maintenance_update_of(maintenance: Maintenance, update_id: uuid.UUID | str) -> MaintenanceUpdate:
    """Return one update of a loaded maintenance by id or code. Raises `NotFound`."""
    for update in maintenance.updates:
        if str(update_id) in (str(update.id), update.code):
            return update
    raise NotFound(f"{maintenance.ref} has no such update. See its timeline.")


def planned_starts(session: Session, codes: Iterable[str]) -> set[datetime]:
    """Return the starts of the maintenances with these codes, as announced last."""
    return set(session.scalars(select(Maintenance.starts_at).where(Maintenance.code.in_(list(codes)))))


def maintenances_page(
    session: Session, *, status: MaintenanceStatus | None = None, before: uuid.UUID | None = None, limit: int = 50
) -> Sequence[Maintenance]:
    """Return maintenances, the last planned first: a page of at most `limit`, older than the id `before`."""
    query = select(Maintenance).order_by(Maintenance.id.desc()).limit(limit)
    if status:
        query = query.where(Maintenance.status == status)
    if before:
        query = query.where(Maintenance.id < before)
    return session.scalars(_with_story(query)).all()


def running_maintenances(session: Session) -> Sequence[Maintenance]:
    """Return those that have begun and not ended, the earliest end first."""
    return session.scalars(_with_story(_running(select(Maintenance)))).all()


def running_ids(session: Session) -> Sequence[uuid.UUID]:
    """Return the ids of `running_maintenances`."""
    return session.scalars(_running(select(Maintenance.id))).all()


def coming_maintenances(session: Session, *, limit: int = 50) -> Sequence[Maintenance]:
    """Return those still to begin, the next first, at most `limit`."""
    return session.scalars(_with_story(_coming(select(Maintenance), limit))).all()


def coming_ids(session: Session, *, limit: int) -> Sequence[uuid.UUID]:
    """Return the ids of `coming_maintenances`."""
    return session.scalars(_coming(select(Maintenance.id), limit)).all()


def _running(query: Select[Any]) -> Select[Any]:
    return query.where(Maintenance.status.in_(RUNNING)).order_by(Maintenance.ends_at, Maintenance.id)


def _coming(query: Select[Any], limit: int) -> Select[Any]:
    query = query.where(Maintenance.status == MaintenanceStatus.SCHEDULED)
    return query.order_by(Maintenance.starts_at, Maintenance.id).limit(limit)


def completed_ids_between(session: Session, start: datetime, end: datetime) -> Sequence[uuid.UUID]:
    """Return the ids of completed ones that began from `start` until before `end`, newest first."""
    query = select(Maintenance.id).where(
        Maintenance.status == MaintenanceStatus.COMPLETED, Maintenance.starts_at >= start, Maintenance.starts_at < end
    )
    return session.scalars(query.order_by(Maintenance.starts_at.desc(), Maintenance.id.desc())).all()


def unfinished_or_since(session: Session, since: datetime, limit: int) -> Sequence[uuid.UUID]:
    """Return the ids of the `limit` maintenances that start last of those not over and those that were to start at or
    after `since`; the last to start comes first."""
    query = select(Maintenance.id).where(
        or_(Maintenance.status.in_((MaintenanceStatus.SCHEDULED, *RUNNING)), Maintenance.starts_at >= since)
    )
    return session.scalars(query.order_by(Maintenance.starts_at.desc(), Maintenance.id.desc()).limit(limit)).all()


def newest_ids(session: Session, limit: int) -> Sequence[uuid.UUID]:
    """Return the ids of the `limit` maintenances that start last, newest first."""
    query = select(Maintenance.id).order_by(Maintenance.starts_at.desc(), Maintenance.id.desc()).limit(limit)
    return session.scalars(query).all()


def ids_told_last(session: Session, limit: int) -> Sequence[uuid.UUID]:
    """Return the ids of the maintenances that the `limit` updates published last belong to, newest first."""
    newest = (
        select(MaintenanceUpdate.maintenance_id)
        .order_by(MaintenanceUpdate.published_at.desc(), MaintenanceUpdate.id.desc())
        .limit(limit)
        .subquery()
    )
    query = select(Maintenance.id).where(Maintenance.id.in_(select(newest.c.maintenance_id)))
    return session.scalars(query.order_by(Maintenance.id.desc())).all()


def ids_told_last_of(session: Session, component_id: uuid.UUID, limit: int) -> Sequence[uuid.UUID]:
    """Return the ids of the `limit` maintenances announced last that touch a component, newest first."""
    query = select(MaintenanceComponent.maintenance_id).where(MaintenanceComponent.component_id == component_id)
    return session.scalars(query.order_by(MaintenanceComponent.maintenance_id.desc()).limit(limit)).all()


def newest_maintenance_codes(session: Session, limit: int) -> Sequence[tuple[str, datetime]]:
    """Return code and last change of the `limit` maintenances that start last, newest first."""
    query = select(Maintenance.code, Maintenance.public_changed_at)
    query = query.order_by(Maintenance.starts_at.desc(), Maintenance.id.desc()).limit(limit)
    return [(code, changed_at) for code, changed_at in session.execute(query)]


def unfinished_ends(session: Session, before: datetime) -> Sequence[tuple[str, datetime]]:
    """Return ref and announced end of what was to be over before `before` and is neither completed nor cancelled."""
    query = select(Maintenance.ref, Maintenance.ends_at).where(
        Maintenance.status.in_((MaintenanceStatus.SCHEDULED, *RUNNING)), Maintenance.ends_at < before
    )
    return [(ref, ends_at) for ref, ends_at in session.execute(query.order_by(Maintenance.ends_at, Maintenance.id))]


def last_word(session: Session, maintenance_id: uuid.UUID) -> MaintenanceUpdate | None:
    """Return what was said last about a maintenance, with its components, for building messages."""
    whole = selectinload(MaintenanceUpdate.maintenance).selectinload(Maintenance.components)
    query = select(MaintenanceUpdate).where(MaintenanceUpdate.maintenance_id == maintenance_id)
    query = query.order_by(MaintenanceUpdate.id.desc()).limit(1)
    return session.scalar(query.options(whole.joinedload(MaintenanceComponent.component)))


def first_maintenance_start(session: Session) -> datetime | None:
    """Return when the oldest completed maintenance began, or None."""
    return session.scalar(
        select(func.min(Maintenance.starts_at)).where(Maintenance.status == MaintenanceStatus.COMPLETED)
    )


def is_due(now: datetime) -> ColumnElement[bool]:
    """Return the condition "begins or ends by itself at or before `now`"."""
    return or_(
        and_(Maintenance.status == MaintenanceStatus.SCHEDULED, Maintenance.auto_start, Maintenance.starts_at <= now),
        and_(Maintenance.status.in_(RUNNING), Maintenance.auto_end, Maintenance.ends_at <= now),
    )


def anything_due(session: Session, now: datetime) -> bool:
    """Tell whether a maintenance is to begin or end by itself: one cheap read."""
    return bool(session.scalar(select(exists().where(is_due(now)))))


def excused_windows(
    session: Session, component_ids: Iterable[uuid.UUID], since: datetime, notice: timedelta = NOTICE
) -> dict[uuid.UUID, list[tuple[datetime, datetime]]]:
    """Return, by component, the windows after `since` whose downtime is excused: those announced `notice` ahead."""
    query = (
        select(MaintenanceComponent.component_id, Window)
        .join(Maintenance, Maintenance.id == MaintenanceComponent.maintenance_id)
        .join(Window, Window.maintenance_id == Maintenance.id)
        .where(
            MaintenanceComponent.component_id.in_(list(component_ids)),
            Maintenance.status != MaintenanceStatus.CANCELLED,
            Maintenance.ends_at > since,
        )
        .order_by(Window.id)
    )
    series: dict[tuple[uuid.UUID, uuid.UUID], list[Announced]] = {}
    for component_id, window in session.execute(query):
        announced = Announced(window.starts_at, window.ends_at, window.recorded_at)
        series.setdefault((component_id, window.maintenance_id), []).append(announced)
    found: dict[uuid.UUID, list[tuple[datetime, datetime]]] = {}
    for (component_id, _), windows in series.items():
        if excused := excused_window(windows, notice):
            found.setdefault(component_id, []).append(excused)
    return found
