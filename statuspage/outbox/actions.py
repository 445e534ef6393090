"""What an action leaves behind for others to carry out: an event to tell people, a publication to rebuild
pages."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from statuspage.core.errors import Conflict
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Delivery, Event, Publication, PublicationCounter

PUBLISHED = "published"


def emit(
    session: Session,
    kind: EventKind,
    subject_id: uuid.UUID,
    now: datetime,
    *,
    thread_id: uuid.UUID | None = None,
    payload: dict[str, Any] | None = None,
) -> Event:
    """Add the event `kind` about `subject_id` to the open transaction; at most one of a kind per subject.

    `thread_id` is the incident or maintenance whose messages keep their order (default: the subject itself).
    """
    event = Event(
        kind=kind,
        subject_id=subject_id,
        thread_id=thread_id or subject_id,
        payload=payload or {},
        created_at=now,
    )
    session.add(event)
    return event


def line_up(session: Session) -> None:
    """Wait until every publishing transaction under way is through: what is read from here on stands until the commit.

    (On SQLite a writing transaction is alone from its first statement.)
    """
    session.scalar(select(PublicationCounter.id).where(PublicationCounter.id == 1).with_for_update())


def publish(session: Session, touches: Iterable[str], now: datetime) -> int:
    """Number a change of what the public sees and return the number.

    Publishing transactions queue behind one row from here to their commit, so a reader that sees number n
    sees every change up to n.
    """
    bump = update(PublicationCounter).where(PublicationCounter.id == 1).values(number=PublicationCounter.number + 1)
    number = session.scalar(bump.returning(PublicationCounter.number))
    if number is None:
        number = _first_number(session)
    session.add(Publication(number=number, at=now, touches=sorted(set(touches))))
    session.info[PUBLISHED] = number  # tells whoever commits that there is something to rebuild
    return number


def _first_number(session: Session) -> int:
    if session.scalar(select(PublicationCounter.id)):
        raise Conflict("Another change was published at the same moment. Repeat yours.")
    session.add(PublicationCounter(id=1, number=1))
    session.flush()
    return 1


def rename_thread(session: Session, thread_id: uuid.UUID, title: str) -> None:
    """Give the messages of a thread that are still to be written another title than the one it began with."""
    for event in session.scalars(select(Event).where(Event.thread_id == thread_id)):
        if "title" in event.payload:
            event.payload = {**event.payload, "title": title}


def forget_quotes(session: Session, thread_id: uuid.UUID, words: str) -> None:
    """Empty what the other side answered to messages of a thread where it repeats `words`."""
    events = select(Event.id).where(Event.thread_id == thread_id)
    quoting = update(Delivery).where(Delivery.last_error.contains(words, autoescape=True))
    quoting = quoting.where(Delivery.event_id.in_(events)).values(last_error="")
    session.execute(quoting.execution_options(synchronize_session=False))


def forget_addresses(session: Session, before: datetime) -> None:
    """Empty the addresses (and the other side's words, which may repeat them) of messages finished before `before`.

    The rows stay, so that counts stay true.
    """
    old = (
        update(Delivery)
        .where(Delivery.finished_at < before, Delivery.address != "")
        .values(address="", receipt="", last_error="")
        .execution_options(synchronize_session=False)
    )
    session.execute(old)
