"""Claiming deliveries: batches under a lease, so that any number of workers can share one queue.

One statement serves both engines: PostgreSQL skips rows that others are claiming (`FOR UPDATE SKIP
LOCKED`), on SQLite the transaction that carries it is the only writer (`BEGIN IMMEDIATE`). A delivery waits
while an earlier message of the same thread to the same recipient is not finished, so nobody reads the end
before the beginning. Each batch has a token of its own; whatever is recorded later is recorded only where
that token still stands.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from statuspage.core.ids import uuid7
from statuspage.outbox.enums import Channel, DeliveryState, Lane
from statuspage.outbox.models import Delivery

LEASE = timedelta(minutes=3)
FAULT_LIMIT = 5


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery in the hands of one courier. `attempts` does not count the one at hand."""

    id: uuid.UUID
    event_id: uuid.UUID
    thread_id: uuid.UUID
    recipient_id: uuid.UUID
    channel: Channel
    address: str
    lane: Lane
    attempts: int
    faults: int
    created_at: datetime
    uncertain_at: datetime | None
    token: uuid.UUID


def is_state(table: Any, state: DeliveryState) -> sa.ColumnElement[bool]:
    """Compare with the word itself instead of a parameter: only then are the partial indexes used."""
    return cast(sa.ColumnElement[bool], table.state == _word(state))


def is_one_of(table: Any, states: Iterable[DeliveryState]) -> sa.ColumnElement[bool]:
    """Compare with one of several words, for the same reason; in the order in which the index names them."""
    return cast(sa.ColumnElement[bool], table.state.in_([_word(state) for state in states]))


def _word(state: DeliveryState) -> sa.BindParameter[DeliveryState]:
    return sa.bindparam(None, state, type_=_table.c.state.type, literal_execute=True)


_table = cast(sa.Table, Delivery.__table__)
_COLUMNS = [name for name in Claimed.__slots__ if name != "token"]


def _due() -> sa.Select[Any]:
    mine, earlier = _table.c, _table.alias("earlier").c
    unfinished_before = sa.exists().where(
        earlier.recipient_id == mine.recipient_id,
        earlier.thread_id == mine.thread_id,
        earlier.channel == mine.channel,
        earlier.event_id < mine.event_id,
        sa.or_(is_state(earlier, DeliveryState.QUEUED), is_state(earlier, DeliveryState.CLAIMED)),
    )
    return (
        sa.select(mine.id)
        .where(
            is_state(mine, DeliveryState.QUEUED),
            mine.lane == sa.bindparam("b_lane"),
            mine.next_attempt_at <= sa.bindparam("b_now"),
            ~unfinished_before,
        )
        .order_by(mine.next_attempt_at, mine.id)
        .limit(sa.bindparam("b_limit", type_=sa.Integer()))
    )


def _take() -> sa.sql.dml.ReturningUpdate[Any]:
    picked = _due().with_for_update(skip_locked=True, of=_table).cte("picked")
    return (
        sa.update(_table)
        .where(_table.c.id.in_(sa.select(picked.c.id)))
        .values(
            state=DeliveryState.CLAIMED,
            claim_token=sa.bindparam("b_token"),
            claimed_by=sa.bindparam("b_worker"),
            lease_until=sa.bindparam("b_lease_until"),
            transport_called_at=None,
        )
        .returning(*(_table.c[name] for name in _COLUMNS))
    )


_DUE, _TAKE = _due(), _take()  # built once: putting them together takes longer than carrying them out


def anything_due(session: Session, lanes: Sequence[Lane], now: datetime) -> bool:
    """Tell whether a claim of these lanes would find something; reads only."""
    return any(session.execute(_DUE, {"b_lane": lane, "b_now": now, "b_limit": 1}).first() for lane in lanes)


def waiting(session: Session, lanes: Sequence[Lane], *, at_most: int) -> int:
    """Return how many deliveries of these lanes wait, due or not; counting ends at `at_most`."""
    queued = sa.select(_table.c.id).where(is_state(_table.c, DeliveryState.QUEUED), _table.c.lane.in_(lanes))
    return session.scalar(sa.select(sa.func.count()).select_from(queued.limit(at_most).subquery())) or 0


def claim(session: Session, lanes: Sequence[Lane], worker_id: uuid.UUID, now: datetime, *, limit: int) -> list[Claimed]:
    """Claim at most `limit` due deliveries from the first of `lanes` that has any, oldest first."""
    for lane in lanes:
        token = uuid7()
        wanted = {"b_lane": lane, "b_now": now, "b_limit": limit}
        claimant = {"b_token": token, "b_worker": worker_id, "b_lease_until": now + LEASE}
        rows = session.execute(_TAKE, wanted | claimant).all()
        if rows:
            return sorted((Claimed(**row._asdict(), token=token) for row in rows), key=lambda one: one.id)
    return []


def renew(session: Session, worker_id: uuid.UUID, now: datetime) -> None:
    """Give a living worker's claims a fresh lease."""
    held = sa.update(Delivery).where(is_state(Delivery, DeliveryState.CLAIMED), Delivery.claimed_by == worker_id)
    session.execute(held.values(lease_until=now + LEASE).execution_options(synchronize_session=False))


def hand_back(session: Session, token: uuid.UUID) -> None:
    """Put a batch's deliveries for which nothing was called back into the queue."""
    unused = sa.update(Delivery).where(Delivery.claim_token == token, Delivery.transport_called_at.is_(None))
    session.execute(unused.values(**_BACK).execution_options(synchronize_session=False))


def release(session: Session, now: datetime, *, dead_workers: Sequence[uuid.UUID] = ()) -> int:
    """Take claims away from workers known to be dead and from those whose lease ran out; returns how many.

    Not called: back into the queue. Called: the answer is lost; sent again at once under the same
    Message-ID, and given up after `FAULT_LIMIT` such ends, because then the message itself may be what
    kills the worker.
    """
    lost = sa.and_(
        is_state(Delivery, DeliveryState.CLAIMED),
        sa.or_(Delivery.lease_until < now, Delivery.claimed_by.in_(dead_workers)),
    )
    called = sa.and_(lost, Delivery.transport_called_at.is_not(None))
    given_up = {
        **_BACK,
        "state": DeliveryState.DEAD,
        "faults": Delivery.faults + 1,
        "finished_at": now,
        "last_error": f"The worker died {FAULT_LIMIT} times while this was being sent.",
    }
    again = {
        **_BACK,
        "lane": sa.case((Delivery.lane == Lane.LIVE, Lane.RETRY), else_=Delivery.lane),
        "faults": Delivery.faults + 1,
        "next_attempt_at": now,
        "uncertain_at": sa.func.coalesce(Delivery.uncertain_at, now),
        "last_error": "The worker died before the answer was recorded.",
    }
    steps = (
        (sa.and_(called, Delivery.faults >= FAULT_LIMIT - 1), given_up),
        (called, again),
        (lost, _BACK),
    )
    return sum(_update(session, where, values) for where, values in steps)


_BACK: dict[str, Any] = {
    "state": DeliveryState.QUEUED,
    "claim_token": None,
    "claimed_by": None,
    "lease_until": None,
    "transport_called_at": None,
}


def _update(session: Session, where: sa.ColumnElement[bool], values: dict[str, Any]) -> int:
    statement = sa.update(Delivery).where(where).values(**values)
    done = session.execute(statement.execution_options(synchronize_session=False))
    return cast(CursorResult[Any], done).rowcount
