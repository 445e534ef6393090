"""Reading subscribers, for staff and for fan-out."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from statuspage.core.errors import NotFound
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.incidents.rules import impact_rank
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.models import Confirmation, Subscriber, SubscriberComponent
from statuspage.outbox.enums import Channel
from statuspage.outbox.models import Delivery


class Listener(NamedTuple):
    """Somebody in an audience."""

    id: uuid.UUID
    endpoint: str


@dataclass(frozen=True)
class Audience:
    """Who is to hear of something: `impact` None means maintenance; `before` is the publication instant.

    `told_of` is an incident or maintenance that ends: whoever was told of it hears that too, whatever they chose.
    `only` narrows it to one subscriber.
    """

    component_ids: frozenset[uuid.UUID]
    impact: Impact | None
    before: datetime
    told_of: uuid.UUID | None = None
    only: uuid.UUID | None = None


def endpoint_key(address: str) -> str:
    """Return the form in which two spellings of one mail address are equal. Dots and plus signs are kept."""
    return address.strip().casefold()


def subscriber_by_id(session: Session, subscriber_id: uuid.UUID) -> Subscriber:
    """Return a subscriber with the chosen components. Raises `NotFound`."""
    found = session.get(Subscriber, subscriber_id, options=[selectinload(Subscriber.chosen)])
    if found is None:
        raise NotFound("This subscription no longer exists. You can subscribe again at any time.")
    return found


def subscriber_by_endpoint(session: Session, channel: Channel, address: str) -> Subscriber | None:
    """Return the subscriber with this address, in whatever spelling."""
    query = select(Subscriber).where(Subscriber.channel == channel, Subscriber.endpoint_key == endpoint_key(address))
    return session.scalar(query.options(selectinload(Subscriber.chosen)))


def confirmation_or_none(session: Session, confirmation_id: uuid.UUID, now: datetime) -> Confirmation | None:
    """Return a confirmation that has not expired at `now`."""
    found = session.get(Confirmation, confirmation_id)
    return found if found and now < found.expires_at else None


def newest_confirmation(session: Session, subscriber_id: uuid.UUID) -> Confirmation | None:
    """Return the confirmation that was sent last."""
    query = select(Confirmation).where(Confirmation.subscriber_id == subscriber_id)
    return session.scalar(query.order_by(Confirmation.id.desc()).limit(1))


def subscribers_page(
    session: Session,
    *,
    search: str = "",
    state: SubscriberState | None = None,
    before: uuid.UUID | None = None,
    limit: int = 50,
) -> Sequence[Subscriber]:
    """Return subscribers newest first: a page of at most `limit`, older than the id `before`."""
    query = select(Subscriber).order_by(Subscriber.id.desc()).limit(limit).options(selectinload(Subscriber.chosen))
    if search:
        escaped = endpoint_key(search).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(Subscriber.endpoint_key.like(f"%{escaped}%", escape="\\"))
    if state:
        query = query.where(Subscriber.state == state)
    if before:
        query = query.where(Subscriber.id < before)
    return session.scalars(query).all()


def subscriber_counts(session: Session) -> dict[SubscriberState, int]:
    """Return how many subscribers there are in each state."""
    rows = session.execute(select(Subscriber.state, func.count()).group_by(Subscriber.state))
    return dict(rows.all())


def _impacts_up_to(impact: Impact) -> Iterable[Impact]:
    return [candidate for candidate in Impact if impact_rank(candidate) <= impact_rank(impact)]


def _wanted_by(audience: Audience) -> list[ColumnElement[bool]]:
    inside = select(SubscriberComponent.subscriber_id).where(
        SubscriberComponent.component_id.in_(audience.component_ids)
    )
    choice = (
        Subscriber.maintenance.is_(True)
        if audience.impact is None
        else Subscriber.minimum_impact.in_(_impacts_up_to(audience.impact))
    )
    wanted = and_(choice, or_(Subscriber.all_components, Subscriber.id.in_(inside)))
    if audience.told_of is not None:
        told = select(Delivery.recipient_id).where(Delivery.thread_id == audience.told_of)
        wanted = or_(wanted, Subscriber.id.in_(told))
    if audience.only is not None:
        wanted = and_(wanted, Subscriber.id == audience.only)
    return [Subscriber.state == SubscriberState.CONFIRMED, Subscriber.confirmed_at <= audience.before, wanted]


def audience_page(session: Session, audience: Audience, *, after: uuid.UUID | None, limit: int) -> Sequence[Listener]:
    """Return up to `limit` of those an audience consists of, by id, after the id `after`: keyset paging."""
    query = select(Subscriber.id, Subscriber.endpoint).where(*_wanted_by(audience)).order_by(Subscriber.id)
    page = query.where(Subscriber.id > after) if after else query
    return [Listener(*row) for row in session.execute(page.limit(limit))]


def audience_size(session: Session, audience: Audience) -> int:
    """Return how many subscribers an audience consists of."""
    return session.scalar(select(func.count()).select_from(Subscriber).where(*_wanted_by(audience))) or 0


def audience_sizes(session: Session, audience: Audience) -> dict[Channel, int]:
    """Return the same by channel; a channel without any is absent."""
    query = select(Subscriber.channel, func.count()).where(*_wanted_by(audience)).group_by(Subscriber.channel)
    return dict(session.execute(query).all())
