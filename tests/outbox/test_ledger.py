"""Writing down results: only with the claim's token, in one small transaction, visible to others at once."""

import dataclasses
import uuid

import pytest
from sqlalchemy import text

from statuspage.core.db import Database, commit, new_id
from statuspage.core.errors import Unavailable
from statuspage.delivery.retry import settle
from statuspage.outbox.claims import Claimed, claim
from statuspage.outbox.enums import DeliveryState, Lane
from statuspage.outbox.ledger import Ledger
from statuspage.outbox.models import Delivery
from statuspage.outbox.outcomes import Delivered
from tests.kit.clock import NOON
from tests.outbox.queue import add_delivery, again


def batch_of(database: Database, count: int) -> list[Claimed]:
    with database.session() as session:
        for _ in range(count):
            add_delivery(session, NOON)
        batch = claim(session, (Lane.LIVE,), uuid.UUID(int=1), NOON, limit=count)
        commit(session)
    return batch


def stored(database: Database, row: Claimed) -> Delivery:
    with database.session(readonly=True) as session:
        return again(session, session.get_one(Delivery, row.id))


@pytest.mark.parametrize("durable", [False, True])
def test_a_result_and_the_next_call_are_seen_by_everybody(database: Database, durable: bool) -> None:
    first, second = batch_of(database, 2)
    ledger = Ledger(database)
    assert ledger.write([], first, NOON, durable=durable)
    assert (stored(database, first).transport_called_at, stored(database, first).attempts) == (NOON, 1)
    assert ledger.write([settle(first, Delivered(), NOON)], second, NOON, durable=durable)
    assert stored(database, first).state is DeliveryState.DELIVERED
    assert stored(database, first).claim_token is None
    assert stored(database, second).transport_called_at == NOON
    ledger.close()


def test_without_the_token_nothing_is_written_and_nothing_may_be_sent(database: Database) -> None:
    (row,) = batch_of(database, 1)
    stranger = dataclasses.replace(row, token=new_id())
    ledger = Ledger(database)
    assert not ledger.write([], stranger, NOON, durable=False)
    ledger.write([settle(stranger, Delivered(), NOON)], None, NOON, durable=True)
    assert stored(database, row).state is DeliveryState.CLAIMED
    ledger.close()


def test_a_broken_connection_is_unavailable_and_the_next_write_opens_another(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        pytest.skip("a file has no server that could hang up")
    (row,) = batch_of(database, 1)
    ledger = Ledger(database)
    ledger.write([], row, NOON, durable=False)
    with database.session() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    with pytest.raises(Unavailable):
        ledger.write([settle(row, Delivered(), NOON)], None, NOON, durable=False)
    ledger.write([settle(row, Delivered(), NOON)], None, NOON, durable=True)
    assert stored(database, row).state is DeliveryState.DELIVERED
    ledger.close()
