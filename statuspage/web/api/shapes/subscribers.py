"""Subscribers."""

import uuid

from statuspage.core.languages import Language
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.outbox.enums import Channel
from statuspage.web.api.shapes.base import Instant, ListQuery, Shape


class SubscriberShape(Shape):
    """Somebody who wants to be told."""

    id: uuid.UUID
    channel: Channel
    endpoint: str
    state: SubscriberState
    components: list[str] | None
    """The slugs of what they want to hear of; null means everything."""
    minimum_impact: Impact
    maintenance: bool
    locale: str
    created_at: Instant
    confirmed_at: Instant | None


class SubscriberQuery(ListQuery):
    """Which subscribers."""

    state: SubscriberState | None = None
    search: str = ""
    """A part of the address."""


class NewSubscriber(Shape):
    """Somebody to be added: asked to confirm, unless they agreed elsewhere already (`confirmed`)."""

    channel: Channel
    endpoint: str
    components: list[str] | None = None
    minimum_impact: Impact = Impact.NONE
    maintenance: bool = True
    locale: Language | None = None
    """The language they are told in; without one, the page's own."""
    confirmed: bool = False
