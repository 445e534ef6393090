"""Reading what became of messages, for the team: per update, as a backlog, one by one."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from statuspage.outbox.claims import is_one_of, is_state
from statuspage.outbox.enums import DeliveryState, EventKind
from statuspage.outbox.models import Delivery, Event

FAILED = (DeliveryState.GONE, DeliveryState.DEAD)
TESTS_LOOKED_AT = 20
_FIELD_OF = {
    DeliveryState.DELIVERED: "sent",
    DeliveryState.QUEUED: "waiting",
    DeliveryState.CLAIMED: "waiting",
    DeliveryState.UNCERTAIN: "uncertain",
    DeliveryState.GONE: "failed",
    DeliveryState.DEAD: "failed",
    DeliveryState.COLLAPSED: "left_out",
    DeliveryState.SKIPPED: "left_out",
}
_ORIGINAL = Event.kind != EventKind.INCIDENT_RETRACTED  # taking back is a message about the same update


@dataclass(frozen=True)
class Results:
    """What became of the messages about one thing. `left_out`: a newer message said more, or the recipient had left.
    `addressing` says that recipients are still being added."""

    sent: int = 0
    waiting: int = 0
    uncertain: int = 0
    failed: int = 0
    left_out: int = 0
    addressing: bool = False

    @property
    def recipients(self) -> int:
        """How many messages there are so far."""
        return self.sent + self.waiting + self.uncertain + self.failed + self.left_out


@dataclass(frozen=True)
class Backlog:
    """What still waits to be sent, and since when the oldest of it was written."""

    waiting: int
    since: datetime | None


def results_of(session: Session, subject_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Results]:
    """Return the results by subject (an update, for example); absent where nobody was to be told."""
    events = select(Event.subject_id, Event.expanded_at).where(Event.subject_id.in_(list(subject_ids)), _ORIGINAL)
    found = {subject: Results(addressing=at is None) for subject, at in session.execute(events)}
    counted = (
        select(Event.subject_id, Delivery.state, func.count())
        .join(Delivery, Delivery.event_id == Event.id)
        .where(Event.subject_id.in_(list(found)), _ORIGINAL)
        .group_by(Event.subject_id, Delivery.state)
    )
    for subject, state, count in session.execute(counted):
        name = _FIELD_OF[state]
        found[subject] = replace(found[subject], **{name: getattr(found[subject], name) + count})
    return found


def backlog(session: Session) -> Backlog:
    """Return what waits in the queue; recipients still to be added count through their event's age."""
    queued = select(func.count(), func.min(Delivery.created_at)).where(is_state(Delivery, DeliveryState.QUEUED))
    waiting, oldest = session.execute(queued).one()
    unexpanded = session.scalar(select(func.min(Event.created_at)).where(Event.expanded_at.is_(None)))
    return Backlog(waiting, min((at for at in (oldest, unexpanded) if at), default=None))


def failures_page(session: Session, *, before: uuid.UUID | None = None, limit: int = 50) -> Sequence[Delivery]:
    """Return messages that were refused for good or given up, newest first: a page, older than the id `before`."""
    query = select(Delivery).where(is_one_of(Delivery, FAILED)).order_by(Delivery.id.desc()).limit(limit)
    return session.scalars(query.where(Delivery.id < before) if before else query).all()


def deliveries_page(
    session: Session, subject_id: uuid.UUID, *, outcome: str = "", before: uuid.UUID | None = None, limit: int = 50
) -> Sequence[Delivery]:
    """Return the messages about one thing, newest first: a page, older than the id `before`.

    `outcome` narrows to what `Results` counts under that name; an unknown one narrows nothing.
    """
    states = [state for state, name in _FIELD_OF.items() if name == outcome]
    query = select(Delivery).join(Event, Event.id == Delivery.event_id)
    query = query.where(Event.subject_id == subject_id, _ORIGINAL)
    if states:
        query = query.where(Delivery.state.in_(states))
    if before:
        query = query.where(Delivery.id < before)
    return session.scalars(query.order_by(Delivery.id.desc()).limit(limit)).all()


def newest_test(session: Session) -> Delivery | None:
    """Return the test mail that was asked for last, once a worker has taken it up."""
    asked = select(Event.id).where(Event.kind == EventKind.MAIL_TEST).order_by(Event.id.desc()).limit(TESTS_LOOKED_AT)
    query = select(Delivery).where(Delivery.event_id.in_(asked))
    return session.scalar(query.order_by(Delivery.event_id.desc()).limit(1))  # by the index that finds it
