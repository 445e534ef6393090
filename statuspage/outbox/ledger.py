"""Writing down what became of each message, one short transaction per message and one durable one per batch.

`Ledger` keeps one connection for one courier. Its small commits survive the death of any process at once,
because they are handed to the operating system (SQLite, `synchronous=NORMAL`) or to the server (PostgreSQL,
`synchronous_commit=off`); the commit that ends a batch waits for the disk and with it everything before.
Only a power cut inside a batch can forget results; its recipients then get that message a second time,
never a third.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from statuspage.core.db import Database, translated
from statuspage.outbox.claims import Claimed
from statuspage.outbox.enums import DeliveryState, Lane
from statuspage.outbox.models import Delivery


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a claimed delivery goes on: finished (`finished_at`), or queued again at `next_attempt_at`."""

    delivery_id: uuid.UUID
    token: uuid.UUID
    state: DeliveryState
    lane: Lane
    faults: int
    next_attempt_at: datetime
    uncertain_at: datetime | None
    finished_at: datetime | None
    last_error: str


_table = cast(sa.Table, Delivery.__table__)
_RESULT = [name for name in Settlement.__slots__ if name not in ("delivery_id", "token")]
_MINE = sa.and_(_table.c.id == sa.bindparam("b_delivery_id"), _table.c.claim_token == sa.bindparam("b_token"))
_FREE: dict[str, Any] = dict.fromkeys(("claim_token", "claimed_by", "lease_until", "transport_called_at"))
_SETTLED = sa.update(_table).where(_MINE).values(**_FREE, **{name: sa.bindparam(f"b_{name}") for name in _RESULT})
_CALLED = (
    sa.update(_table)
    .where(_MINE)
    .values(transport_called_at=sa.bindparam("b_called_at"), attempts=_table.c.attempts + 1)
)


def _open(database: Database) -> sa.Connection:
    """Open a connection outside the pool whose commits do not wait for the disk."""
    connection = database.engine.connect()
    connection.detach()
    if connection.dialect.name == "sqlite":
        _pragma(connection, "synchronous=normal")
    else:
        connection.exec_driver_sql("SET SESSION synchronous_commit TO off")
        connection.commit()
    return connection


def _pragma(connection: sa.Connection, setting: str) -> None:
    """Set a pragma outside any transaction, where alone SQLite allows this one."""
    connection.connection.driver_connection.execute(f"pragma {setting}")  # type: ignore[union-attr]


@contextmanager
def _durable(connection: sa.Connection) -> Iterator[None]:
    """One transaction whose commit waits for the disk."""
    if connection.dialect.name != "sqlite":
        with connection.begin():
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO on")
            yield
        return
    _pragma(connection, "synchronous=full")
    with connection.begin():
        yield
    _pragma(connection, "synchronous=normal")


class Ledger:
    """One courier's open connection. Every method raises `Unavailable` when the database does not answer;
    what was to be written is then still to be written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: sa.Connection | None = None

    def write(self, settled: Sequence[Settlement], called: Claimed | None, now: datetime, *, durable: bool) -> bool:
        """Record results and that the transport is about to be called for `called`, in one transaction.

        Returns False when the claim on `called` is no longer ours: it must not be sent then. Results whose
        claim was lost are dropped; whoever holds the claim now records its own.
        """
        with translated():
            try:
                return self._write(settled, called, now, durable=durable)
            except BaseException:
                self.close()
                raise

    def _write(self, settled: Sequence[Settlement], called: Claimed | None, now: datetime, *, durable: bool) -> bool:
        connection = self._connection = self._connection or _open(self._database)
        with connection.begin() if not durable else _durable(connection):
            ours = True
            if settled:
                rows = [{f"b_{name}": getattr(one, name) for name in Settlement.__slots__} for one in settled]
                connection.execute(_SETTLED, rows)
            if called is not None:
                mark = {"b_delivery_id": called.id, "b_token": called.token, "b_called_at": now}
                ours = connection.execute(_CALLED, mark).rowcount == 1
        return ours

    def close(self) -> None:
        """Let go of the connection; the next `write` opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()
