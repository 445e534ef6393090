"""Reading what the fan-out needs: who got a message, who is still there to get one."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.enums import DeliveryState
from statuspage.outbox.models import Delivery, Event

_TOLD = (DeliveryState.DELIVERED, DeliveryState.UNCERTAIN, DeliveryState.CLAIMED)


@dataclass(frozen=True)
class Recipient:
    """Somebody a message goes to: a subscriber or a person of the team, by id."""

    id: uuid.UUID
    address: str


def told_page(session: Session, subject_id: uuid.UUID, *, after: uuid.UUID | None, limit: int) -> Sequence[Recipient]:
    """Return those who were sent the message about `subject_id`, or may have been, by id after the id `after`."""
    got = or_(Delivery.state.in_(_TOLD), Delivery.attempts > 0)
    query = (
        select(Delivery.recipient_id, Delivery.address)
        .join(Event, Event.id == Delivery.event_id)
        .where(Event.subject_id == subject_id, got)
        .distinct()
        .order_by(Delivery.recipient_id)
        .limit(limit)
    )
    if after:
        query = query.where(Delivery.recipient_id > after)
    return [Recipient(recipient_id, address) for recipient_id, address in session.execute(query)]


def standing_subscribers(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Return address and locale of those among `ids` who are still confirmed subscribers."""
    query = select(Subscriber.id, Subscriber.endpoint, Subscriber.locale).where(
        Subscriber.id.in_(list(ids)), Subscriber.state == SubscriberState.CONFIRMED
    )
    return {one: (address, locale) for one, address, locale in session.execute(query)}
