"""Events, deliveries, publications and the heartbeats of those who work them off."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from statuspage.core.db import Instant, Model, enum_type, new_id
from statuspage.outbox.enums import Channel, DeliveryState, EventKind, Lane


class Event(Model):
    """Somebody is to be told. `subject_id` is the update, subscriber or account link it is about;
    `thread_id` the incident or maintenance whose messages keep their order. `cursor` is how far its fan-out
    has come."""

    __tablename__ = "events"
    __table_args__ = (
        sa.UniqueConstraint("kind", "subject_id"),
        sa.Index(
            "ix_events_waiting",
            "id",
            postgresql_where=sa.text("expanded_at IS NULL"),
            sqlite_where=sa.text("expanded_at IS NULL"),
        ),
        sa.Index(None, "thread_id", "id"),
        sa.Index(None, "subject_id"),
        sa.CheckConstraint("faults >= 0", name="faults_not_negative"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[EventKind] = mapped_column(enum_type(EventKind))
    subject_id: Mapped[uuid.UUID]
    thread_id: Mapped[uuid.UUID]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(Instant)
    cursor: Mapped[uuid.UUID | None]
    expanded_at: Mapped[datetime | None] = mapped_column(Instant)
    faults: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(sa.String(500), default="")


class Delivery(Model):
    """One message to one recipient over one channel, and what became of it.

    `attempts` counts calls of the transport, `faults` calls that ended in an error of ours or in the death
    of the worker. `transport_called_at` stands from just before the irreversible step until its outcome is
    known, `uncertain_at` from the first time an answer was lost. Times of leases are the worker's clock.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "recipient_id", "channel"),
        sa.CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        sa.CheckConstraint("faults >= 0", name="faults_not_negative"),
        sa.CheckConstraint("(state = 'claimed') = (claim_token IS NOT NULL)", name="claimed_by_token"),
        sa.Index(
            "ix_deliveries_due",
            "lane",
            "next_attempt_at",
            "id",
            postgresql_where=sa.text("state = 'queued'"),
            sqlite_where=sa.text("state = 'queued'"),
        ),
        sa.Index(
            "ix_deliveries_leased",
            "lease_until",
            postgresql_where=sa.text("state = 'claimed'"),
            sqlite_where=sa.text("state = 'claimed'"),
        ),
        sa.Index(
            "ix_deliveries_failed",
            "id",
            postgresql_where=sa.text("state IN ('gone', 'dead')"),
            sqlite_where=sa.text("state IN ('gone', 'dead')"),
        ),
        sa.Index(None, "recipient_id", "thread_id", "event_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"))
    thread_id: Mapped[uuid.UUID]
    recipient_id: Mapped[uuid.UUID]
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    address: Mapped[str] = mapped_column(sa.String(320))
    lane: Mapped[Lane] = mapped_column(enum_type(Lane))
    state: Mapped[DeliveryState] = mapped_column(enum_type(DeliveryState), default=DeliveryState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    next_attempt_at: Mapped[datetime] = mapped_column(Instant)
    claim_token: Mapped[uuid.UUID | None]
    claimed_by: Mapped[uuid.UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    transport_called_at: Mapped[datetime | None] = mapped_column(Instant)
    uncertain_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    receipt: Mapped[str] = mapped_column(sa.String(300), default="")
    last_error: Mapped[str] = mapped_column(sa.String(500), default="")


class Worker(Model):
    """One running worker process; `stopped_at` stands when it ended by itself. One that is no longer seen
    is dead."""

    __tablename__ = "workers"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    host: Mapped[str] = mapped_column(sa.String(120))
    version: Mapped[str] = mapped_column(sa.String(30))
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant, index=True)
    stopped_at: Mapped[datetime | None] = mapped_column(Instant)


class Sweep(Model):
    """A recurring duty of the workers together and when it is due next: whoever moves the instant carries
    it out."""

    __tablename__ = "sweeps"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(Instant)


class Publication(Model):
    """One change of what the public sees. `number` is given under a row lock, so numbers commit in order;
    `touches` names the objects whose pages are to be rebuilt: `incident:<code>`, `maintenance:<code>`,
    `component:<slug>`, `site` (what shows the whole: home, lists, feeds), `everything` (a name any page may
    show)."""

    __tablename__ = "publications"

    number: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    touches: Mapped[list[str]]


class PublicationCounter(Model):
    """The number of the newest publication: one row, locked for the rest of each publishing transaction."""

    __tablename__ = "publication_counter"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(sa.BigInteger)
