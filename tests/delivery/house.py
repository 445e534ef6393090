"""A delivery room with the cast in it, and a mailbox instead of a relay."""

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM, Actor, ActorKind
from statuspage.core.db import Database, commit, new_id
from statuspage.core.links import Links
from statuspage.core.secrets import Keys
from statuspage.delivery.channels.envelope import Envelope
from statuspage.delivery.composer import Composer
from statuspage.delivery.courier import Courier
from statuspage.delivery.expander import Expander
from statuspage.delivery.messages.writing import Writer
from statuspage.delivery.office import Office
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.incidents.models import Incident
from statuspage.domain.subscribers.actions import Choices, add_subscriber
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.enums import DeliveryState, EventKind, Lane
from statuspage.outbox.models import Delivery, Event
from statuspage.outbox.outcomes import Delivered, Outcome
from tests.delivery.stock import parsed, part
from tests.kit.cast import affects, declare, says
from tests.kit.clock import FrozenClock

BEN = Actor(ActorKind.USER, "Ben")
EVERY_LANE = (Lane.ACCOUNT, Lane.LIVE, Lane.RETRY, Lane.BULK)
KEYS = Keys(["a secret for tests alone, long enough to be taken"])


@dataclass
class Mailbox:
    """A transport that keeps what it is handed; `answers` scripts outcomes by recipient, the last one stays."""

    envelopes: list[Envelope] = field(default_factory=list)
    answers: dict[str, list[Outcome]] = field(default_factory=dict)
    before: Callable[[Envelope], None] = lambda envelope: None

    def send(self, envelope: Envelope, following: Envelope | None = None) -> Outcome:
        self.before(envelope)
        said = self.answers.get(envelope.recipient, [Delivered()])
        outcome = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(outcome, Delivered):
            self.envelopes.append(envelope)
        return outcome

    def close(self) -> None:
        """Hold nothing open."""

    def subjects(self, address: str | None = None) -> list[str]:
        return [parsed(one.message)["Subject"] for one in self.envelopes if address in (None, one.recipient)]

    def texts(self, address: str) -> list[str]:
        return [part(one.message, "plain") for one in self.envelopes if one.recipient == address]


@dataclass
class Room:
    """One worker's delivery room over `database`."""

    database: Database
    clock: FrozenClock
    mailbox: Mailbox = field(default_factory=Mailbox)
    worker_id: uuid.UUID = field(default_factory=new_id)
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        writer = Writer(Links("https://status.example.com"), "status@example.com")
        self.office = Office(
            database=self.database,
            clock=self.clock,
            worker_id=self.worker_id,
            open_transport=lambda: self.mailbox,
            open_composer=lambda: Composer(self.database, KEYS, writer),
            stop=self.stop,
        )
        self.expander = Expander(self.database, self.clock)

    def courier(self, lanes: Sequence[Lane] = EVERY_LANE) -> Courier:
        return Courier(self.office, lanes)

    def do(self, action: Callable[[Session, datetime], Any]) -> Any:
        """Carry out `action(session, now)` and commit it."""
        with self.database.session() as session:
            result = action(session, self.clock.now())
            commit(session)
        return result

    def declare(self, body: str = "We are looking into it.", **changes: Any) -> uuid.UUID:
        """Declare "Checkout fails", public with Web down, and return its id."""
        draft = {"update": says(body, components=affects(web=ComponentStatus.MAJOR_OUTAGE)), **changes}
        return self.do(lambda session, now: declare(session, BEN, now, **draft).id)

    def say(self, incident_id: uuid.UUID, body: str, status: PublicStatus = PublicStatus.IDENTIFIED) -> uuid.UUID:
        """Post a public update a minute later and return its id."""
        self.clock.advance(minutes=1)
        return self.do(
            lambda session, now: (
                post_update(session, session.get_one(Incident, incident_id), says(body, status), by=BEN, now=now).id
            )
        )

    def fan_out(self) -> None:
        while self.expander.step():
            pass

    def send(self) -> None:
        courier = self.courier()
        while courier.step():
            pass
        courier.close()

    def deliver(self) -> None:
        self.fan_out()
        self.send()

    def join(self, *addresses: str, choices: Choices | None = None) -> None:
        for address in addresses:
            self.do(
                lambda session, now, address=address: add_subscriber(
                    session, address, choices or Choices(), confirmed=True, by=SYSTEM, now=now
                )
            )

    def rows(self, kind: EventKind | None = None) -> list[Delivery]:
        query = sa.select(Delivery).join(Event, Event.id == Delivery.event_id).order_by(Event.id, Delivery.id)
        with self.database.session(readonly=True) as session:
            return list(session.scalars(query.where(Event.kind == kind) if kind else query))

    def states(self, kind: EventKind | None = None) -> dict[str, DeliveryState]:
        return {row.address: row.state for row in self.rows(kind)}

    def subscriber(self, address: str) -> uuid.UUID:
        with self.database.session(readonly=True) as session:
            return session.scalars(sa.select(Subscriber.id).where(Subscriber.endpoint == address)).one()
