"""What staff may do about a message: have it sent once more."""

import uuid
from datetime import datetime
from typing import Any, cast

from sqlalchemy import update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.errors import Conflict
from statuspage.outbox.enums import DeliveryState, Lane
from statuspage.outbox.models import Delivery

REPEATABLE = (DeliveryState.UNCERTAIN, DeliveryState.GONE, DeliveryState.DEAD)


def send_again(session: Session, delivery_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Queue a message that was refused, given up or left in doubt; it keeps its Message-ID and starts a new day.

    Raises `Conflict` when it is on its way, was delivered, or its address has been forgotten.
    """
    again = (
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.state.in_(REPEATABLE), Delivery.address != "")
        .values(
            state=DeliveryState.QUEUED,
            lane=Lane.RETRY,
            attempts=0,
            faults=0,
            created_at=now,
            next_attempt_at=now,
            uncertain_at=None,
            finished_at=None,
        )
        .execution_options(synchronize_session=False)
    )
    if cast(CursorResult[Any], session.execute(again)).rowcount != 1:
        raise Conflict("This message cannot be sent again: look at what became of it meanwhile.")
    record(session, by, "delivery.sent_again", ("delivery", delivery_id), now)
