"""Subscribers of the load test, and what became of the mail about its newest incident."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from statuspage.cli.seed.components import Place
from statuspage.cli.seed.rows import Rows
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.models import Subscriber, SubscriberComponent
from statuspage.outbox.enums import Channel, DeliveryState, EventKind, Lane
from statuspage.outbox.models import Delivery, Event

BATCH = 2000
_PENDING, _CHOOSY, _REFUSED = 0.03, 0.2, 0.01


def write_subscribers(
    rows: Rows, wanted: range, places: Sequence[Place], now: datetime, tell: Callable[[int], None]
) -> list[tuple[uuid.UUID, str]]:
    """Add a subscriber for each number in `wanted`; return id and address of those who agreed."""
    chance = rows.chance
    public = [place for place in places if place.public]
    agreed = []
    for number in wanted:
        address = f"reader{number}@customer{number % 97}.example"
        pending = chance.happens(_PENDING)
        asked_at = now - (chance.span(5, 60 * 30) if pending else chance.span(60 * 24, 60 * 24 * 365))
        choosy = chance.happens(_CHOOSY)
        subscriber_id = rows.add(
            Subscriber,
            asked_at,
            channel=Channel.EMAIL,
            endpoint=address,
            endpoint_key=address,
            state=SubscriberState.PENDING if pending else SubscriberState.CONFIRMED,
            all_components=not choosy,
            minimum_impact=chance.choices(list(Impact), (70, 10, 15, 5))[0],
            maintenance=chance.happens(0.8),
            locale=chance.language(),
            created_at=asked_at,
            confirmed_at=None if pending else asked_at + timedelta(minutes=4),
            updated_at=asked_at,
        )
        for place in chance.sample(public, min(len(public), chance.randint(1, 4))) if choosy else ():
            rows.add(SubscriberComponent, asked_at, subscriber_id=subscriber_id, component_id=place.id)
        if not pending:
            agreed.append((subscriber_id, address))
        if (number + 1) % BATCH == 0:
            rows.write()
            tell(BATCH)
    tell(len(wanted) % BATCH)
    return agreed


def write_deliveries(
    rows: Rows, about: tuple[uuid.UUID, uuid.UUID], told: Sequence[tuple[uuid.UUID, str]], at: datetime
) -> None:
    """Add the finished messages about `about`, a first public update and its incident, to everybody in `told`."""
    update_id, incident_id = about
    event = {"kind": EventKind.INCIDENT_OPENED, "subject_id": update_id, "thread_id": incident_id, "payload": {}}
    event_id = rows.add(Event, at, **event, created_at=at, expanded_at=at)
    for subscriber_id, address in told:
        refused = rows.chance.happens(_REFUSED)
        rows.add(
            Delivery,
            at,
            event_id=event_id,
            thread_id=incident_id,
            recipient_id=subscriber_id,
            channel=Channel.EMAIL,
            address=address,
            lane=Lane.LIVE,
            state=DeliveryState.GONE if refused else DeliveryState.DELIVERED,
            attempts=1,
            created_at=at,
            next_attempt_at=at,
            finished_at=at + rows.chance.span(0, 1),
            last_error="550 5.1.1 There is nobody of this name." if refused else "",
        )
