"""What the tests of the panel look at behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.db import Database, commit, new_id
from statuspage.domain.incidents.models import Incident
from statuspage.outbox.enums import Channel, EventKind, Lane
from statuspage.outbox.models import Delivery, Event
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import BEN, Cast, declare
from tests.kit.clock import FrozenClock

Staff = Callable[[str], StrictBrowser]
Write = Callable[[], "object"]


class Behind:
    """The database behind the panel."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed at the end: what somebody else does meanwhile."""
        with self.database.session() as session:
            yield session
            commit(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to look with."""
        with self.database.session(readonly=True) as session:
            yield session

    def events(self, kind: EventKind) -> int:
        """How many events of a kind there are."""
        with self.reading() as session:
            return len(session.scalars(select(Event).where(Event.kind == kind)).all())

    def incidents(self) -> int:
        """How many incidents there are."""
        with self.reading() as session:
            return len(session.scalars(select(Incident)).all())


@pytest.fixture
def behind(database: Database) -> Behind:
    return Behind(database)


@pytest.fixture
def ben(staff: Staff) -> StrictBrowser:
    """Ben, the incident manager, signed in."""
    return staff(BEN)


@pytest.fixture
def declared(ben: StrictBrowser, behind: Behind, settled: Cast, clock: FrozenClock) -> Answer:
    """The room of "Checkout fails", just declared and published by Ben."""
    with behind.writing() as session:
        ref = declare(session, settled.ben, clock.now(), public_title="Checkout fails").ref
    return ben.get(f"/admin/incidents/{ref}")


def delivery(event: Event, address: str, **values: object) -> Delivery:
    """A message to `address` about an event, finished when it was written unless said otherwise."""
    at = event.created_at
    given = {"lane": Lane.LIVE, "attempts": 1, "created_at": at, "next_attempt_at": at, "finished_at": at, **values}
    ids = {"event_id": event.id, "thread_id": event.thread_id, "recipient_id": new_id()}
    return Delivery(address=address, channel=Channel.EMAIL, **ids, **given)
