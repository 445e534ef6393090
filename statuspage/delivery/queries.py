"""Reading what the fan-out needs: who got a message, who is still there to get one."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from statuspage.domain.feedback.models import ProblemReport
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.enums import Channel, DeliveryState
from statuspage.outbox.models import Delivery, Event

_TOLD = (DeliveryState.DELIVERED, DeliveryState.UNCERTAIN, DeliveryState.CLAIMED)


@dataclass(frozen=True)
class Recipient:
    """Somebody a message goes to: a subscriber or a person of the team, by id."""

    id: uuid.UUID
    address: str


def told_page(session: Session, subject_id: uuid.UUID, *, after: uuid.UUID | None, limit: int) -> Sequence[Recipient]:
    """Return those who were sent the message about `subject_id`, or may have been, by id after the id `after`."""
    query = (
        select(Delivery.recipient_id, Delivery.address)
        .join(Event, Event.id == Delivery.event_id)
        .where(*_told_of(subject_id))
        .distinct()
        .order_by(Delivery.recipient_id)
        .limit(limit)
    )
    if after:
        query = query.where(Delivery.recipient_id > after)
    return [Recipient(recipient_id, address) for recipient_id, address in session.execute(query)]


def told_count(session: Session, subject_id: uuid.UUID) -> dict[Channel, int]:
    """Return how many those are by channel."""
    counted = select(Delivery.channel, func.count(Delivery.recipient_id.distinct()))
    query = counted.join(Event, Event.id == Delivery.event_id).where(*_told_of(subject_id)).group_by(Delivery.channel)
    return dict(session.execute(query).all())


def _told_of(subject_id: uuid.UUID) -> list[ColumnElement[bool]]:
    return [Event.subject_id == subject_id, or_(Delivery.state.in_(_TOLD), Delivery.attempts > 0)]


def reporters_page(
    session: Session, follow_up_id: uuid.UUID, *, after: uuid.UUID | None, limit: int
) -> Sequence[Recipient]:
    """Return the reports whose senders a follow-up asks, by id after the id `after`: a report stands for its sender."""
    query = select(ProblemReport.id, ProblemReport.address).where(
        ProblemReport.follow_up_id == follow_up_id, ProblemReport.address != ""
    )
    page = query.where(ProblemReport.id > after) if after else query
    return [Recipient(*found) for found in session.execute(page.order_by(ProblemReport.id).limit(limit))]


def standing_reports(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the locale of those among `ids` that are reports of problems."""
    query = select(ProblemReport.id, ProblemReport.locale).where(ProblemReport.id.in_(list(ids)))
    return dict(session.execute(query).all())


def standing_subscribers(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Return address and locale of those among `ids` who are still confirmed subscribers."""
    query = select(Subscriber.id, Subscriber.endpoint, Subscriber.locale).where(
        Subscriber.id.in_(list(ids)), Subscriber.state == SubscriberState.CONFIRMED
    )
    return {one: (address, locale) for one, address, locale in session.execute(query)}
