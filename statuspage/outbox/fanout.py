"""Turning an event into deliveries, page by page: the rows of the fan-out.

`next_event` locks one event that may be worked on, `add_deliveries` is repeatable (what is there already stays),
`collapse_older` drops what a newer message says better.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, aliased

from statuspage.outbox.claims import is_state
from statuspage.outbox.enums import DeliveryState, EventKind
from statuspage.outbox.models import Delivery, Event
from statuspage.outbox.rows import insert_missing

_COLLAPSIBLE = (EventKind.INCIDENT_UPDATED, EventKind.MAINTENANCE_UPDATED, EventKind.MAINTENANCE_REMINDER)
_COLLAPSING = (
    *_COLLAPSIBLE,
    EventKind.INCIDENT_RESOLVED,
    EventKind.MAINTENANCE_STARTED,
    EventKind.MAINTENANCE_COMPLETED,
    EventKind.MAINTENANCE_CANCELLED,
)


def next_event(session: Session) -> Event | None:
    """Lock and return the oldest event still to be expanded that nobody else works on; those with faults come last.

    Events of one thread go one after the other: a later one waits until the earlier is expanded to its end.
    """
    earlier = aliased(Event)
    blocked = sa.exists().where(
        earlier.thread_id == Event.thread_id, earlier.id < Event.id, earlier.expanded_at.is_(None)
    )
    waiting = sa.select(Event).where(Event.expanded_at.is_(None), ~blocked).order_by(Event.faults, Event.id).limit(1)
    return session.scalar(waiting.with_for_update(skip_locked=True, of=Event))


def anything_to_expand(session: Session) -> bool:
    """Tell whether an event waits for its fan-out; reads only."""
    return session.scalar(sa.select(Event.id).where(Event.expanded_at.is_(None)).limit(1)) is not None


def first_event_of_thread(session: Session, thread_id: uuid.UUID) -> Event | None:
    """Return the event that opened a thread of messages."""
    return session.scalar(sa.select(Event).where(Event.thread_id == thread_id).order_by(Event.id).limit(1))


def add_deliveries(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert deliveries; one that is there already (same event, recipient, channel) stays as it is."""
    if rows:
        insert_missing(session, Delivery, rows)


def collapse_older(session: Session, event: Event, after: uuid.UUID | None, last: uuid.UUID, now: datetime) -> int:
    """Drop unsent updates which `event` overtakes, for recipients with `after` < id <= `last`; return how many.

    Never the first message a recipient gets of a thread, never one that ends it: those are always sent.
    """
    if event.kind not in _COLLAPSING:
        return 0
    first = aliased(Delivery)
    middle = sa.select(Event.id).where(
        Event.thread_id == event.thread_id, Event.id < event.id, Event.kind.in_(_COLLAPSIBLE)
    )
    if session.scalar(middle.limit(1)) is None:
        return 0
    overtaken = sa.and_(
        Delivery.thread_id == event.thread_id,
        Delivery.recipient_id <= last,
        Delivery.recipient_id > after if after else sa.true(),
        is_state(Delivery, DeliveryState.QUEUED),
        Delivery.event_id.in_(middle),
        sa.exists().where(
            first.recipient_id == Delivery.recipient_id,
            first.thread_id == Delivery.thread_id,
            first.channel == Delivery.channel,
            first.event_id < Delivery.event_id,
        ),
    )
    values = {"state": DeliveryState.COLLAPSED, "finished_at": now, "last_error": ""}
    statement = sa.update(Delivery).where(overtaken).values(**values)
    done = session.execute(statement.execution_options(synchronize_session=False))
    return cast(CursorResult[Any], done).rowcount


def messages_of_threads(
    session: Session, thread_ids: set[uuid.UUID], recipient_ids: set[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], list[tuple[uuid.UUID, DeliveryState]]]:
    """Return, per thread of several messages and recipient, event ids and states, oldest first."""
    several = sa.select(Event.thread_id).where(Event.thread_id.in_(thread_ids)).group_by(Event.thread_id)
    longer = session.scalars(several.having(sa.func.count() > 1)).all()
    if not longer:
        return {}
    query = (
        sa.select(Delivery.thread_id, Delivery.recipient_id, Delivery.event_id, Delivery.state)
        .where(Delivery.recipient_id.in_(recipient_ids), Delivery.thread_id.in_(longer))
        .order_by(Delivery.event_id)
    )
    found: dict[tuple[uuid.UUID, uuid.UUID], list[tuple[uuid.UUID, DeliveryState]]] = {}
    for thread_id, recipient_id, event_id, state in session.execute(query):
        found.setdefault((thread_id, recipient_id), []).append((event_id, state))
    return found
