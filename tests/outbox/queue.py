"""A queue of bare deliveries, without anything they are about."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.db import new_id
from statuspage.outbox.enums import Channel, EventKind, Lane
from statuspage.outbox.models import Delivery, Event


def add_event(session: Session, now: datetime, thread_id: uuid.UUID, kind: EventKind = EventKind.MAIL_TEST) -> Event:
    event = Event(kind=kind, subject_id=new_id(), thread_id=thread_id, payload={}, created_at=now)
    session.add(event)
    session.flush()
    return event


def add_delivery(session: Session, now: datetime, event: Event | None = None, **changes: Any) -> Delivery:
    """Queue a message due at `now`; `changes` replace columns."""
    event = event or add_event(session, now, new_id())
    columns: dict[str, Any] = {
        "event_id": event.id,
        "thread_id": event.thread_id,
        "recipient_id": new_id(),
        "channel": Channel.EMAIL,
        "address": "sam@example.net",
        "lane": Lane.LIVE,
        "created_at": now,
        "next_attempt_at": now,
    }
    delivery = Delivery(**(columns | changes))
    session.add(delivery)
    session.flush()
    return delivery


def again(session: Session, delivery: Delivery) -> Delivery:
    """Return the row as it stands in the database now."""
    found = select(Delivery).where(Delivery.id == delivery.id).execution_options(populate_existing=True)
    return session.scalars(found).one()
