"""Several followers and workers at once."""

import threading

import pytest
from sqlalchemy import select

from statuspage.core.db import Database, commit
from statuspage.core.errors import Conflict
from statuspage.domain.editorial.actions import (
    publish_due,
)
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.queries import anything_to_publish
from statuspage.outbox.enums import EventKind
from tests.domain.editorial.desk import bodies, events, opened, send
from tests.kit.cast import settle
from tests.kit.clock import FrozenClock

FIRST = "Payments are declined. We are looking into it."


@pytest.fixture
def waiting(database: Database, clock: FrozenClock) -> int:
    """Five updates of one incident, all due."""
    with database.session() as session:
        cast = settle(session, clock.now())
        opened(session, cast, clock.now())
        for number in range(5):
            send(session, cast.ben, clock.now(), f"Word {number}.")
        commit(session)
    clock.advance(seconds=10)
    return 5


def test_two_workers_and_two_followers_publish_each_word_once(
    database: Database, clock: FrozenClock, waiting: int
) -> None:
    start = threading.Barrier(4)

    def carry_out() -> None:
        own = Database(database.url)
        start.wait()
        for _ in range(40):
            try:
                with own.session() as session:
                    if not anything_to_publish(session, clock.now()):
                        break
                    publish_due(session, clock.now())
                    commit(session)
            except Conflict:
                continue  # as followers do: somebody else was faster
        own.dispose()

    threads = [threading.Thread(target=carry_out) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session(readonly=True) as session:
        assert sorted(bodies(session)) == sorted([FIRST, *(f"Word {number}." for number in range(waiting))])
        assert len(events(session, EventKind.INCIDENT_UPDATED)) == waiting
        assert {draft.state for draft in session.scalars(select(Draft))} == {DraftState.PUBLISHED}
