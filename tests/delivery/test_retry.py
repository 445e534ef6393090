import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from statuspage.delivery.retry import pause_before, settle, settle_fault, settle_skipped
from statuspage.outbox.claims import Claimed
from statuspage.outbox.enums import Channel, DeliveryState, Lane
from statuspage.outbox.outcomes import Delivered, Gone, Outcome, Retry, Uncertain
from tests.kit.clock import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ROW = Claimed(
    id=uuid.UUID(int=1),
    event_id=uuid.UUID(int=2),
    thread_id=uuid.UUID(int=3),
    recipient_id=uuid.UUID(int=4),
    channel=Channel.EMAIL,
    address="sam@example.net",
    lane=Lane.LIVE,
    attempts=0,
    faults=0,
    created_at=NOON,
    uncertain_at=None,
    token=uuid.UUID(int=5),
)


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 30), (5, 60), (6, 60), (27, 60)])
def test_the_pauses_grow_to_an_hour(attempt: int, minutes: int) -> None:
    assert pause_before(attempt) == timedelta(minutes=minutes)


def later(**changes: object) -> Claimed:
    return replace(ROW, **changes)


@pytest.mark.parametrize(
    ("row", "outcome", "now", "state"),
    [
        (ROW, Delivered("250"), NOON, DeliveryState.DELIVERED),
        (ROW, Gone("550"), NOON, DeliveryState.GONE),
        (later(attempts=9), Retry("451"), NOON + 23 * HOUR + MINUTE, DeliveryState.DEAD),
        (later(uncertain_at=NOON), Uncertain("lost"), NOON + HOUR, DeliveryState.UNCERTAIN),
    ],
)
def test_some_outcomes_are_final(row: Claimed, outcome: Outcome, now: datetime, state: DeliveryState) -> None:
    after = settle(row, outcome, now)
    assert (after.state, after.finished_at, after.attempts) == (state, now, row.attempts + 1)


@pytest.mark.parametrize(
    ("row", "outcome", "pause", "lane"),
    [
        (ROW, Retry("451"), MINUTE, Lane.RETRY),
        (later(attempts=1), Retry("451"), 5 * MINUTE, Lane.RETRY),
        (ROW, Retry("421", HOUR), HOUR, Lane.RETRY),
        (later(lane=Lane.ACCOUNT), Retry("451"), MINUTE, Lane.ACCOUNT),
        (later(attempts=9, created_at=NOON - 23 * HOUR), Retry("451"), HOUR, Lane.RETRY),
        (ROW, Uncertain("lost"), 5 * MINUTE, Lane.RETRY),
    ],
)
def test_others_are_tried_again(row: Claimed, outcome: Outcome, pause: timedelta, lane: Lane) -> None:
    after = settle(row, outcome, NOON)
    assert (after.state, after.lane, after.finished_at) == (DeliveryState.QUEUED, lane, None)
    assert after.next_attempt_at == NOON + pause
    assert after.attempts == row.attempts + 1


def test_a_lost_answer_is_remembered_so_that_it_is_tried_once_more_only() -> None:
    assert settle(ROW, Uncertain("lost"), NOON).uncertain_at == NOON
    assert settle(later(uncertain_at=NOON), Retry("451"), NOON + HOUR).uncertain_at == NOON


def test_giving_up_says_so_and_keeps_the_last_reason() -> None:
    assert settle(later(attempts=20), Retry("451 later"), NOON + 24 * HOUR).last_error == (
        "Given up after 24 hours. 451 later"
    )


def test_our_own_errors_are_counted_and_the_fifth_is_the_last() -> None:
    states = [settle_fault(later(faults=faults), "KeyError: x", NOON) for faults in range(5)]
    assert [one.state for one in states] == [DeliveryState.QUEUED] * 4 + [DeliveryState.DEAD]
    assert [one.faults for one in states] == [1, 2, 3, 4, 5]
    assert {one.attempts for one in states} == {0}


def test_who_left_is_skipped_without_an_attempt() -> None:
    after = settle_skipped(ROW, "gone", NOON)
    assert (after.state, after.attempts, after.last_error) == (DeliveryState.SKIPPED, 0, "gone")
