"""Fan-out: from one event to one delivery per recipient, page by page.

Each page is one transaction that adds rows which are not there yet and moves the event's cursor, so a worker may be
killed at any point and any number may take part. The first page also fixes the title under which every message of
the thread will be filed, so that renaming an incident does not split it in people's mailboxes.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from statuspage.core.clock import Clock
from statuspage.core.db import Database, commit, new_id
from statuspage.core.errors import Conflict
from statuspage.core.log import get_logger
from statuspage.delivery.audience import current_title, is_story, lane_of, recipients
from statuspage.delivery.queries import Recipient
from statuspage.outbox.claims import FAULT_LIMIT
from statuspage.outbox.enums import Channel, DeliveryState
from statuspage.outbox.fanout import (
    add_deliveries,
    anything_to_expand,
    collapse_older,
    first_event_of_thread,
    next_event,
)
from statuspage.outbox.models import Event

FIRST_PAGE = 100  # so that the first mails are on their way at once
PAGE = 1000

_log = get_logger("delivery")


class Expander:
    """Works off events. `step` is one page; call it until it finds nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._at_hand: Event | None = None

    def step(self) -> bool:
        """Expand one page of the oldest waiting event. Returns False when nothing waits.

        Raises `Unavailable`; after any other error call `blame`, so that the next step tries another event first.
        """
        with self._database.session(readonly=True) as session:
            if not anything_to_expand(session):
                return False
        with self._database.session() as session:
            self._at_hand = event = next_event(session)
            if event is None:
                return False
            _expand_page(session, event, self._clock.now())
            commit(session)
            self._at_hand = None
        return True

    def blame(self, fault: BaseException) -> None:
        """Count a fault against the event at hand; after five it is given up, and says so."""
        event, self._at_hand = self._at_hand, None
        if event is None or isinstance(fault, Conflict):
            return
        with self._database.session() as session:
            faulty = session.get_one(Event, event.id)
            faulty.faults += 1
            faulty.last_error = f"{type(fault).__name__}: {fault}"[:500]
            if faulty.faults >= FAULT_LIMIT:
                faulty.expanded_at = self._clock.now()
                _log.error("event_given_up", event_id=str(faulty.id), kind=faulty.kind, reason=faulty.last_error)
            commit(session)


def _expand_page(session: Session, event: Event, now: datetime) -> None:
    if is_story(event.kind) and "title" not in event.payload:
        event.payload = {**event.payload, "title": _title_of_thread(session, event)}
    limit = PAGE if event.cursor else FIRST_PAGE
    page = recipients(session, event, after=event.cursor, limit=limit)
    add_deliveries(session, [_row(event, recipient, now) for recipient in page])
    if page:
        collapse_older(session, event, event.cursor, page[-1].id, now)
        event.cursor = page[-1].id
    if len(page) < limit:
        event.expanded_at = now


def _title_of_thread(session: Session, event: Event) -> str:
    opening = first_event_of_thread(session, event.thread_id)
    title = opening.payload.get("title") if opening else None
    return str(title) if title else current_title(session, event)


def _row(event: Event, recipient: Recipient, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "event_id": event.id,
        "thread_id": event.thread_id,
        "recipient_id": recipient.id,
        "channel": Channel.EMAIL,
        "address": recipient.address,
        "lane": lane_of(event.kind),
        "state": DeliveryState.QUEUED,
        "attempts": 0,
        "faults": 0,
        "created_at": now,
        "next_attempt_at": now,
        "receipt": "",
        "last_error": "",
    }
