"""Subscribers: personal data, so even reading needs the scope `manage`."""

import uuid
from typing import TYPE_CHECKING

from statuspage.core.errors import NotFound
from statuspage.domain.accounts.enums import Right
from statuspage.domain.subscribers.actions import Choices, add_subscriber, remove_subscriber
from statuspage.domain.subscribers.queries import subscriber_by_id, subscribers_page
from statuspage.web.api.pages import page_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes.base import Page
from statuspage.web.api.shapes.subscribers import NewSubscriber, SubscriberQuery, SubscriberShape
from statuspage.web.kit.current import by, now, session

if TYPE_CHECKING:
    from statuspage.domain.subscribers.models import Subscriber

part = Part("Subscribers", "Who is told. These are personal data: reading them needs the scope manage.")


def _shape(subscriber: "Subscriber") -> SubscriberShape:
    chosen = None if subscriber.all_components else [row.component.slug for row in subscriber.chosen]
    return SubscriberShape(
        id=subscriber.id,
        channel=subscriber.channel,
        endpoint=subscriber.endpoint,
        state=subscriber.state,
        components=chosen,
        minimum_impact=subscriber.minimum_impact,
        maintenance=subscriber.maintenance,
        locale=subscriber.locale,
        created_at=subscriber.created_at,
        confirmed_at=subscriber.confirmed_at,
    )


def _id_of(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound("There is no such subscriber. See the list.") from None


@part.get("/subscribers", Right.MANAGE, asks=SubscriberQuery, gives=Page[SubscriberShape])
def list_subscribers(asked: SubscriberQuery) -> Page[SubscriberShape]:
    """List subscribers, newest first."""
    found = subscribers_page(
        session(), search=asked.search, state=asked.state, before=asked.cursor, limit=asked.limit + 1
    )
    return page_of(found, asked, _shape)


@part.post("/subscribers", Right.MANAGE, takes=NewSubscriber, gives=SubscriberShape)
def add(sent: NewSubscriber) -> Created:
    """Add a subscriber: asked by mail to confirm, unless `confirmed` says that they agreed elsewhere."""
    chosen = None if sent.components is None else tuple(sent.components)
    choices = Choices(chosen, sent.minimum_impact, sent.maintenance, sent.locale)
    subscriber = add_subscriber(session(), sent.endpoint, choices, confirmed=sent.confirmed, by=by(), now=now())
    return Created(_shape(subscriber), f"/subscribers/{subscriber.id}")


@part.get("/subscribers/<subscriber_id>", Right.MANAGE, gives=SubscriberShape)
def get_subscriber(subscriber_id: str) -> SubscriberShape:
    """Read a subscriber."""
    return _shape(subscriber_by_id(session(), _id_of(subscriber_id)))


@part.delete("/subscribers/<subscriber_id>", Right.MANAGE)
def remove(subscriber_id: str) -> None:
    """Forget a subscriber at once."""
    remove_subscriber(session(), _id_of(subscriber_id), by=by(), now=now())
