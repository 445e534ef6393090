"""The workers' own rows: who is alive, and whose turn a recurring duty is."""

import uuid
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from statuspage.outbox.models import Sweep, Worker
from statuspage.outbox.rows import insert_missing

SILENT_AFTER = timedelta(seconds=60)
_KEPT = timedelta(days=7)


def enlist(session: Session, worker: Worker) -> None:
    """Add a worker that begins, and forget those that were last seen a week ago."""
    session.execute(sa.delete(Worker).where(Worker.seen_at < worker.seen_at - _KEPT))
    session.add(worker)


def beat(session: Session, worker_id: uuid.UUID, now: datetime) -> None:
    """Say that a worker is alive."""
    session.execute(sa.update(Worker).where(Worker.id == worker_id).values(seen_at=now))


def sign_off(session: Session, worker_id: uuid.UUID, now: datetime) -> None:
    """Say that a worker ended by itself."""
    session.execute(sa.update(Worker).where(Worker.id == worker_id).values(seen_at=now, stopped_at=now))


def last_seen(session: Session) -> datetime | None:
    """Return when any worker was last alive, or None before the first."""
    return session.scalar(sa.select(sa.func.max(Worker.seen_at)))


def worker_is_alive(session: Session, now: datetime) -> bool:
    """Tell whether some worker has been seen within the last minute and has not stopped."""
    alive = sa.select(Worker.id).where(Worker.seen_at > now - SILENT_AFTER, Worker.stopped_at.is_(None))
    return session.scalar(alive.limit(1)) is not None


def take_turn(session: Session, name: str, every: timedelta, now: datetime) -> bool:
    """Tell whether the duty `name` is due and this transaction is the one to do it; the next turn is `every` later.

    One conditional write decides, so each turn is taken once however many workers ask.
    """
    taken = sa.update(Sweep).where(Sweep.name == name, Sweep.due_at <= now).values(due_at=now + every)
    if cast(CursorResult[Any], session.execute(taken)).rowcount == 1:
        return True
    if session.get(Sweep, name) is not None:
        return False
    return insert_missing(session, Sweep, [{"name": name, "due_at": now + every}]) == 1
