"""Sending: what becomes of a row for each outcome, and that nothing is lost or sent twice, on both engines."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.core.errors import Unavailable
from statuspage.delivery.channels.envelope import Envelope
from statuspage.delivery.courier import Courier
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.subscribers.actions import Choices, request_subscription
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.claims import FAULT_LIMIT, LEASE, release
from statuspage.outbox.enums import DeliveryState, EventKind, Lane
from statuspage.outbox.ledger import Ledger
from statuspage.outbox.models import Delivery
from statuspage.outbox.outcomes import Delivered, Gone, Retry, Uncertain
from tests.delivery.house import Room
from tests.kit.cast import SAM

KIM, LOU = "kim@example.net", "lou@example.net"
RESOLVED = PublicStatus.RESOLVED


class Killed(BaseException):
    """The worker ends here, as a kill would end it: nothing after this line runs."""


def row_of(room: Room, address: str) -> Delivery:
    (row,) = [row for row in room.rows() if row.address == address]
    return row


def test_a_delivered_message_is_done(room: Room) -> None:
    room.declare()
    room.deliver()
    row = row_of(room, SAM)
    assert (row.state, row.attempts, row.finished_at) == (DeliveryState.DELIVERED, 1, room.clock.now())
    assert (row.claim_token, row.claimed_by, row.lease_until, row.transport_called_at) == (None, None, None, None)


def test_a_deferred_message_comes_on_the_next_try_once(room: Room) -> None:
    room.mailbox.answers[SAM] = [Retry("451 greylisted"), Delivered()]
    room.declare()
    room.deliver()
    row = row_of(room, SAM)
    assert (row.state, row.lane, row.last_error) == (DeliveryState.QUEUED, Lane.RETRY, "451 greylisted")
    room.clock.advance(seconds=59)
    room.send()
    assert room.mailbox.envelopes == []
    room.clock.advance(seconds=1)
    room.send()
    assert row_of(room, SAM).state is DeliveryState.DELIVERED
    assert (len(room.mailbox.envelopes), row_of(room, SAM).attempts) == (1, 2)


def test_a_refused_message_is_gone_with_the_servers_words(room: Room) -> None:
    room.mailbox.answers[SAM] = [Gone("550 5.1.1 no such user")]
    room.declare()
    room.deliver()
    row = row_of(room, SAM)
    assert (row.state, row.last_error) == (DeliveryState.GONE, "550 5.1.1 no such user")


def test_a_lost_answer_is_followed_by_one_more_try_with_the_same_message_id(room: Room) -> None:
    tried: list[Envelope] = []
    room.mailbox.before = tried.append
    room.mailbox.answers[SAM] = [Uncertain("connection lost")]
    room.declare()
    room.deliver()
    assert row_of(room, SAM).state is DeliveryState.QUEUED
    room.clock.advance(minutes=5)
    room.send()
    assert row_of(room, SAM).state is DeliveryState.UNCERTAIN
    assert len(tried) == 2
    assert tried[0].message == tried[1].message
    assert tried[0].name == tried[1].name


def test_a_message_is_given_up_after_a_day(room: Room) -> None:
    room.mailbox.answers[SAM] = [Retry("451 later")]
    room.declare()
    room.fan_out()
    tries = 0
    while row_of(room, SAM).state is DeliveryState.QUEUED:
        room.send()
        tries += 1
        room.clock.set(max(room.clock.now(), row_of(room, SAM).next_attempt_at))
    assert (row_of(room, SAM).state, tries) == (DeliveryState.DEAD, 28)
    assert row_of(room, SAM).last_error == "Given up after 24 hours. 451 later"


def test_an_unreachable_relay_puts_the_whole_batch_off_after_one_try(room: Room) -> None:
    tried: list[Envelope] = []
    room.mailbox.before = tried.append
    room.join(KIM, LOU)
    room.mailbox.answers = {address: [Retry("no route", unreachable=True), Delivered()] for address in (SAM, KIM, LOU)}
    room.declare()
    room.fan_out()
    courier = room.courier()
    assert courier.step()
    assert len(tried) == 1
    assert courier.rest_seconds() > 0
    assert {row.next_attempt_at - room.clock.now() for row in room.rows()} == {timedelta(minutes=1)}
    courier.close()


def test_who_waits_for_a_link_is_served_before_a_crowd(room: Room) -> None:
    room.join(*(f"reader{number}@example.net" for number in range(4)))
    room.declare()
    room.do(lambda session, now: request_subscription(session, KIM, Choices(), now=now))
    room.deliver()
    assert room.mailbox.envelopes[0].recipient == KIM


def test_nobody_reads_the_end_before_the_beginning(room: Room) -> None:
    room.mailbox.answers[SAM] = [Retry("451 later"), Delivered()]
    room.join(KIM)
    incident = room.declare()
    room.deliver()
    room.say(incident, "Over.", RESOLVED)
    room.clock.advance(seconds=-30)
    room.deliver()
    assert room.mailbox.subjects(SAM) == []
    assert len(room.mailbox.subjects(KIM)) == 2
    room.clock.advance(minutes=1)
    room.send()
    assert [one.partition(":")[0] for one in room.mailbox.subjects(SAM)] == ["[Acme] Investigating", "[Acme] Resolved"]


def test_a_message_that_breaks_our_code_dies_alone(room: Room) -> None:
    room.join(KIM)
    room.declare()
    room.fan_out()
    sam = room.subscriber(SAM)
    room.do(lambda session, now: _break_address(session, sam))
    faults = 0
    courier = room.courier()
    for _ in range(FAULT_LIMIT):
        faults += _step_blaming(courier)
        room.clock.advance(hours=1)
    courier.close()
    assert (faults, row_of(room, KIM).state) == (FAULT_LIMIT, DeliveryState.DELIVERED)
    dead = [row for row in room.rows() if row.recipient_id == sam]
    assert [(row.state, row.faults, row.attempts) for row in dead] == [(DeliveryState.DEAD, FAULT_LIMIT, 0)]
    assert "letters that a message cannot carry" in dead[0].last_error


def _break_address(session: Session, sam: uuid.UUID) -> None:
    """Write past every check, as a bug of ours would."""
    session.get_one(Subscriber, sam).endpoint = "sam@example.net\r\nBcc: eve@example.com"


def _step_blaming(courier: Courier) -> int:
    faults = 0
    while True:
        try:
            if not courier.step():
                return faults
        except ValueError as fault:
            faults += 1
            courier.blame(fault)


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_kill_around_the_final_dot_costs_at_most_one_duplicate(room: Room, place: str) -> None:
    room.join(KIM, LOU)
    room.declare()
    room.fan_out()

    def die(envelope: Envelope) -> None:
        if envelope.recipient == KIM:
            if place == "after":
                room.mailbox.envelopes.append(envelope)
            room.mailbox.before = lambda envelope: None
            raise Killed

    room.mailbox.before = die
    with pytest.raises(Killed):
        room.courier().step()
    assert row_of(room, KIM).transport_called_at is not None
    room.do(lambda session, now: release(session, now, dead_workers=[room.worker_id]))
    assert row_of(room, KIM).state is DeliveryState.QUEUED
    room.send()
    assert set(room.states().values()) == {DeliveryState.DELIVERED}
    sent = [one.recipient for one in room.mailbox.envelopes]
    assert sorted(sent) == sorted([SAM, KIM, LOU] + ([KIM] if place == "after" else []))
    assert len({one.message for one in room.mailbox.envelopes if one.recipient == KIM}) == 1


def test_stopping_finishes_the_message_at_hand_and_hands_back_the_rest(room: Room) -> None:
    room.join(KIM, LOU)
    room.declare()
    room.fan_out()
    room.mailbox.before = lambda envelope: room.stop.set()
    courier = room.courier()
    courier.step()
    courier.close()
    assert sorted(row.state for row in room.rows()) == ["delivered", "queued", "queued"]
    assert {row.claim_token for row in room.rows()} == {None}


def test_a_claim_lost_to_another_worker_is_not_sent(room: Room) -> None:
    room.join(KIM)
    room.declare()
    room.fan_out()
    other = Room(room.database, room.clock, mailbox=room.mailbox)

    def lose_the_rest(envelope: Envelope) -> None:
        room.mailbox.before = lambda envelope: None
        room.clock.advance(seconds=LEASE.total_seconds() + 1)
        room.do(release)
        other.send()

    room.mailbox.before = lose_the_rest
    room.courier().step()
    second = [one.recipient for one in room.mailbox.envelopes]
    assert sorted(second) == sorted([SAM, KIM, second[-1]]), "only the one under way went twice"
    assert set(room.states().values()) == {DeliveryState.DELIVERED}


def test_results_wait_for_a_database_that_is_away(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.declare()
    room.fan_out()
    away = [True, True]
    write = Ledger.write

    def sometimes(self: Ledger, settled, called, now, *, durable: bool) -> bool:  # as Ledger.write
        if settled and away:
            away.pop()
            raise Unavailable
        return write(self, settled, called, now, durable=durable)

    monkeypatch.setattr(Ledger, "write", sometimes)
    room.send()
    assert (len(room.mailbox.envelopes), row_of(room, SAM).state) == (1, DeliveryState.DELIVERED)


def test_two_rooms_share_the_work_without_a_message_twice(room: Room) -> None:
    room.join(*(f"reader{number}@example.net" for number in range(20)))
    room.declare()
    room.fan_out()
    other = Room(room.database, room.clock)
    mine, theirs = room.courier(), other.courier()
    mine._limit = theirs._limit = lambda: 4  # small batches, so that both get some
    while mine.step() or theirs.step():
        theirs.step()
    both = [one.recipient for one in room.mailbox.envelopes + other.mailbox.envelopes]
    assert len(both) == len(set(both)) == 21
    assert room.mailbox.envelopes
    assert other.mailbox.envelopes


def test_each_recipient_has_links_of_their_own(room: Room) -> None:
    room.join(KIM)
    room.declare()
    room.deliver()
    tokens = {text.partition("/unsubscribe/")[2] for address in (SAM, KIM) for text in room.mailbox.texts(address)}
    assert len(tokens) == 2
    assert room.rows(EventKind.INCIDENT_OPENED)[0].attempts == 1
