"""Sending a message once more by hand."""

import pytest
from sqlalchemy import select

from statuspage.audit.models import AuditLine
from statuspage.core.errors import Conflict
from statuspage.delivery.actions import REPEATABLE, send_again
from statuspage.outbox.enums import DeliveryState
from statuspage.outbox.models import Delivery
from statuspage.outbox.outcomes import Delivered, Gone
from tests.delivery.house import BEN, Room
from tests.kit.cast import SAM


def test_a_refused_message_can_be_sent_once_more(room: Room) -> None:
    room.mailbox.answers[SAM] = [Gone("550 unknown"), Delivered("250 queued as 4711")]
    room.declare()
    room.deliver()
    (row,) = room.rows()
    room.clock.advance(hours=30)
    room.do(lambda session, now: send_again(session, row.id, by=BEN, now=now))
    room.send()
    (row,) = room.rows()
    assert (row.state, row.attempts, row.receipt) == (DeliveryState.DELIVERED, 1, "250 queued as 4711")
    line = room.do(lambda session, now: session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first())
    assert (line.action, line.subject_id, line.actor_name) == ("delivery.sent_again", row.id, "Ben")


@pytest.mark.parametrize("state", [state for state in DeliveryState if state not in (*REPEATABLE, "claimed")])
def test_what_is_under_way_or_done_is_left_alone(room: Room, state: DeliveryState) -> None:
    room.declare()
    room.fan_out()
    (row,) = room.rows()

    def become(session, now) -> None:  # a state for the row
        session.get_one(Delivery, row.id).state = state

    room.do(become)
    with pytest.raises(Conflict, match="cannot be sent again"):
        room.do(lambda session, now: send_again(session, row.id, by=BEN, now=now))


def test_a_forgotten_address_cannot_be_written_to(room: Room) -> None:
    room.mailbox.answers[SAM] = [Gone("550 unknown")]
    room.declare()
    room.deliver()
    (row,) = room.rows()

    def forget(session, now) -> None:  # as retention does
        session.get_one(Delivery, row.id).address = ""

    room.do(forget)
    with pytest.raises(Conflict):
        room.do(lambda session, now: send_again(session, row.id, by=BEN, now=now))
