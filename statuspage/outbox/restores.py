"""After a restore: what was still to be sent when the backup was made may have been sent since.

Nobody can tell from the backup, so nothing of it is sent again by itself: deliveries become `uncertain`, which the
panel shows with a button to send them once more, and events whose fan-out was not finished are closed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from statuspage.outbox.enums import DeliveryState
from statuspage.outbox.models import Delivery, Event

REASON = "Restored from a backup: this may have been sent after the backup was made."


@dataclass(frozen=True)
class SetAside:
    """How many deliveries became uncertain and how many events were closed without telling anybody more."""

    deliveries: int
    events: int


def set_aside_unfinished(session: Session, now: datetime) -> SetAside:
    """Mark every unfinished delivery of a restored database as uncertain and close every unfinished fan-out."""
    waiting = Delivery.state.in_((DeliveryState.QUEUED, DeliveryState.CLAIMED))
    uncertain = sa.update(Delivery).where(waiting).values(
        state=DeliveryState.UNCERTAIN,
        claim_token=None,
        claimed_by=None,
        lease_until=None,
        uncertain_at=sa.func.coalesce(Delivery.uncertain_at, now),
        finished_at=now,
        last_error=REASON,
    )  # fmt: skip
    closed = sa.update(Event).where(Event.expanded_at.is_(None)).values(expanded_at=now)
    return SetAside(_count(session, uncertain), _count(session, closed))


def _count(session: Session, statement: sa.Update) -> int:
    done = session.execute(statement.execution_options(synchronize_session=False))
    return cast(CursorResult[Any], done).rowcount
