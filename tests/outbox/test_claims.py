"""Claims: who may send what, and what happens to the claims of the dead. On both engines."""

import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from statuspage.core.db import Database, commit, new_id
from statuspage.outbox.claims import FAULT_LIMIT, LEASE, anything_due, claim, hand_back, release, renew
from statuspage.outbox.enums import DeliveryState, Lane
from tests.kit.clock import NOON
from tests.outbox.queue import add_delivery, add_event, again

WORKER, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
LIVE = (Lane.LIVE,)
SECOND = timedelta(seconds=1)


def claimed_ids(
    session: Session, now: datetime = NOON, limit: int = 99, lanes: tuple[Lane, ...] = LIVE
) -> set[uuid.UUID]:
    return {row.id for row in claim(session, lanes, WORKER, now, limit=limit)}


def test_what_is_due_is_claimed_once(session: Session) -> None:
    due = {add_delivery(session, NOON).id for _ in range(3)}
    add_delivery(session, NOON, next_attempt_at=NOON + SECOND)
    assert anything_due(session, LIVE, NOON)
    assert claimed_ids(session) == due
    assert claimed_ids(session) == set()
    assert not anything_due(session, LIVE, NOON)


def test_a_batch_is_the_oldest_and_carries_one_token_and_lease(session: Session) -> None:
    late = add_delivery(session, NOON, next_attempt_at=NOON - SECOND)
    early = add_delivery(session, NOON, next_attempt_at=NOON - 2 * SECOND)
    (first,) = claim(session, LIVE, WORKER, NOON, limit=1)
    assert first.id == early.id
    row = again(session, early)
    assert (row.state, row.claim_token, row.claimed_by) == (DeliveryState.CLAIMED, first.token, WORKER)
    assert (row.lease_until, row.transport_called_at) == (NOON + LEASE, None)
    assert again(session, late).state is DeliveryState.QUEUED


def test_lanes_are_served_in_the_order_given(session: Session) -> None:
    live, account = add_delivery(session, NOON), add_delivery(session, NOON, lane=Lane.ACCOUNT)
    lanes = (Lane.ACCOUNT, Lane.LIVE)
    assert claimed_ids(session, lanes=lanes) == {account.id}
    assert claimed_ids(session, lanes=lanes) == {live.id}


@pytest.mark.parametrize("state", [DeliveryState.QUEUED, DeliveryState.CLAIMED])
def test_a_message_waits_for_the_one_before_it(session: Session, state: DeliveryState) -> None:
    thread, sam = new_id(), new_id()
    token = new_id() if state is DeliveryState.CLAIMED else None
    first = add_delivery(
        session,
        NOON,
        add_event(session, NOON, thread),
        recipient_id=sam,
        state=state,
        claim_token=token,
        next_attempt_at=NOON + SECOND,
    )
    second = add_delivery(session, NOON, add_event(session, NOON, thread), recipient_id=sam)
    others = add_delivery(session, NOON, add_event(session, NOON, thread))
    assert claimed_ids(session) == {others.id}
    first.state, first.claim_token = DeliveryState.DELIVERED, None
    session.flush()
    assert claimed_ids(session) == {second.id}


def test_what_was_not_called_goes_back_as_if_nothing_had_been(session: Session) -> None:
    row = add_delivery(session, NOON)
    claimed_ids(session)
    assert release(session, NOON + LEASE) == 0, "a lease lasts until its very end"
    assert release(session, NOON + LEASE + SECOND) == 1
    back = again(session, row)
    assert (back.state, back.lane, back.attempts, back.faults) == (DeliveryState.QUEUED, Lane.LIVE, 0, 0)
    assert (back.claim_token, back.claimed_by, back.lease_until) == (None, None, None)


def test_what_was_called_is_sent_again_at_once_and_counted(session: Session) -> None:
    row = add_delivery(session, NOON)
    claimed_ids(session)
    again(session, row).transport_called_at = NOON
    session.flush()
    release(session, NOON + SECOND, dead_workers=[WORKER])
    back = again(session, row)
    assert (back.state, back.lane, back.faults) == (DeliveryState.QUEUED, Lane.RETRY, 1)
    assert (back.next_attempt_at, back.uncertain_at) == (NOON + SECOND, NOON + SECOND)


def test_a_message_that_kills_its_workers_is_given_up(session: Session) -> None:
    row = add_delivery(session, NOON)
    for _ in range(FAULT_LIMIT):
        claimed_ids(session, lanes=(Lane.LIVE, Lane.RETRY))
        again(session, row).transport_called_at = NOON
        session.flush()
        release(session, NOON, dead_workers=[WORKER])
    dead = again(session, row)
    assert (dead.state, dead.faults, dead.finished_at) == (DeliveryState.DEAD, FAULT_LIMIT, NOON)


def test_the_living_keep_their_claims(session: Session) -> None:
    mine, theirs = add_delivery(session, NOON), add_delivery(session, NOON)
    claim(session, LIVE, WORKER, NOON, limit=1)
    claim(session, LIVE, OTHER, NOON, limit=1)
    release(session, NOON, dead_workers=[OTHER])
    renew(session, WORKER, NOON + LEASE)
    release(session, NOON + LEASE + SECOND)
    assert again(session, mine).lease_until == NOON + 2 * LEASE
    assert again(session, theirs).state is DeliveryState.QUEUED


def test_handing_back_frees_only_what_was_not_called(session: Session) -> None:
    called, unused = add_delivery(session, NOON), add_delivery(session, NOON)
    batch = claim(session, LIVE, WORKER, NOON, limit=9)
    again(session, called).transport_called_at = NOON
    session.flush()
    hand_back(session, batch[0].token)
    assert again(session, called).state is DeliveryState.CLAIMED
    assert again(session, unused).state is DeliveryState.QUEUED


def test_two_claims_at_the_same_time_never_overlap(database: Database) -> None:
    with database.session() as session:
        for _ in range(6):
            add_delivery(session, NOON)
        commit(session)
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one claim at a time in; the other waits")
    with database.session() as one, database.session() as other:
        mine = {row.id for row in claim(one, LIVE, WORKER, NOON, limit=4)}
        theirs = {row.id for row in claim(other, LIVE, OTHER, NOON, limit=4)}
        commit(one)
        commit(other)
    assert (len(mine), len(theirs), mine & theirs) == (4, 2, set())


def test_a_claim_reads_the_index_of_what_is_due_and_not_the_table(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, and rightly so")
    with database.session(readonly=True) as session:
        seen: list[str] = []
        connection = session.connection()
        due = "SELECT id FROM deliveries WHERE state = 'queued' AND lane = 'live' AND next_attempt_at <= 'x'"
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {due} ORDER BY next_attempt_at, id LIMIT 5"))
        seen += [row[3] for row in plan]
    assert any("ix_deliveries_due" in line for line in seen)
    assert not any("TEMP B-TREE" in line for line in seen)


def test_the_state_stands_in_the_statement_itself(session: Session) -> None:
    """A parameter instead of the word would keep both engines from using their partial indexes."""
    said: list[str] = []
    connection = session.connection()

    def note(conn, cursor, statement, *rest) -> None:
        said.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    claim(session, LIVE, WORKER, NOON, limit=1)
    event.remove(connection, "before_cursor_execute", note)
    assert "state = 'queued'" in said[0]
