"""Writing down what became of each message, one short transaction per message and one durable one per batch.

`Ledger` keeps one connection for one courier. Its small commits survive the death of any process at once,
because they are handed to the operating system (SQLite, `synchronous=NORMAL`) or to the server (PostgreSQL,
`synchronous_commit=off`); the commit that ends a batch waits for the disk and with it everything before.
Only a power cut inside a batch can forget results; its recipients then get that message a second time,
never a third.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, cast

import sqlalchemy as sa

from statuspage.core.db import Database
from statuspage.outbox.claims import Claimed
from statuspage.outbox.enums import DeliveryState, Lane
from statuspage.outbox.models import Delivery
from statuspage.outbox.swift import Prepared, SwiftConnection


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a claimed delivery goes on: finished (`finished_at`), or queued again at `next_attempt_at`."""

    delivery_id: uuid.UUID
    token: uuid.UUID
    state: DeliveryState
    lane: Lane
    attempts: int
    faults: int
    next_attempt_at: datetime
    uncertain_at: datetime | None
    finished_at: datetime | None
    receipt: str
    last_error: str


_table = cast(sa.Table, Delivery.__table__)
_RESULT = [name for name in Settlement.__slots__ if name not in ("delivery_id", "token")]
_SETTLED_NAMES = [f"b_{name}" for name in ("delivery_id", "token", *_RESULT)]
_CALLED_NAMES = ["b_delivery_id", "b_token", "b_called_at", "b_attempts"]
_RESULT_OF = attrgetter("delivery_id", "token", *_RESULT)
_MINE = sa.and_(_table.c.id == sa.bindparam("b_delivery_id"), _table.c.claim_token == sa.bindparam("b_token"))
_FREE: dict[str, Any] = dict.fromkeys(("claim_token", "claimed_by", "lease_until", "transport_called_at"))
_SETTLED = sa.update(_table).where(_MINE).values(**_FREE, **{name: sa.bindparam(f"b_{name}") for name in _RESULT})
_CALLED = (
    sa.update(_table)
    .where(_MINE)
    .values(transport_called_at=sa.bindparam("b_called_at"), attempts=sa.bindparam("b_attempts"))
)


class Ledger:
    """One courier's open connection. Every method raises `Unavailable` when the database does not answer;
    what was to be written is then still to be written."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._settle = Prepared(_SETTLED, self._engine.dialect, _SETTLED_NAMES)
        self._call = Prepared(_CALLED, self._engine.dialect, _CALLED_NAMES)
        self._connection: SwiftConnection | None = None

    def write(self, settled: Sequence[Settlement], called: Claimed | None, now: datetime, *, durable: bool) -> bool:
        """Record results and that the transport is about to be called for `called`, in one transaction.

        Returns False when the claim on `called` is no longer ours: it must not be sent then. Results whose claim was
        lost are dropped; whoever holds the claim now records its own.
        """
        try:
            return self._write(settled, called, now, durable=durable)
        except BaseException:
            self.close()
            raise

    def _write(self, settled: Sequence[Settlement], called: Claimed | None, now: datetime, *, durable: bool) -> bool:
        if self._connection is None:
            self._connection = SwiftConnection(self._engine)
        with self._connection.transaction(durable=durable) as cursor:
            for one in settled:
                cursor.execute(self._settle.text, self._settle.parameters(_RESULT_OF(one)))
            if called is None:
                return True
            mark = (called.id, called.token, now, called.attempts + 1)
            cursor.execute(self._call.text, self._call.parameters(mark))
            return bool(cursor.rowcount == 1)

    def close(self) -> None:
        """Let go of the connection; the next `write` opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
