"""What follows from an outcome: when a message is tried again and when it is given up. Pure.

Try again after 1, 5, 15 and 30 minutes, then every hour, until the message is a day old: a stale "we are looking
into it" is worse than none. An answer that was lost is followed by one more try, five minutes later, under the same
Message-ID; if that answer is lost too, the message stays `uncertain` for people to see.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from statuspage.outbox.claims import FAULT_LIMIT, Claimed
from statuspage.outbox.enums import DeliveryState, Lane
from statuspage.outbox.ledger import Settlement
from statuspage.outbox.outcomes import Delivered, Gone, Outcome, Retry

SCHEDULE = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30))
THEN_EVERY = timedelta(hours=1)
LIFE = timedelta(hours=24)
AFTER_LOST_ANSWER = timedelta(minutes=5)
_LONGEST_REASON = 500


def pause_before(attempt: int) -> timedelta:
    """Return how long to wait after failed attempt number `attempt` (1 is the first)."""
    return SCHEDULE[attempt - 1] if attempt <= len(SCHEDULE) else THEN_EVERY


def settle(row: Claimed, outcome: Outcome, now: datetime) -> Settlement:
    """Return what to record for a delivery whose attempt ended in `outcome`."""
    attempts = row.attempts + 1
    if isinstance(outcome, Delivered):  # nearly all of them: built at once
        done = DeliveryState.DELIVERED
        return _as_it_stands(row, state=done, attempts=attempts, finished_at=now, receipt=outcome.receipt)
    tried = _as_it_stands(row, attempts=attempts)
    if isinstance(outcome, Gone):
        return replace(tried, state=DeliveryState.GONE, finished_at=now, last_error=outcome.reason)
    failed = replace(tried, last_error=outcome.reason)
    if isinstance(outcome, Retry):
        return _again(row, failed, now + (outcome.after or pause_before(tried.attempts)), now)
    if row.uncertain_at is None:
        return _again(row, replace(failed, uncertain_at=now), now + AFTER_LOST_ANSWER, now)
    return replace(failed, state=DeliveryState.UNCERTAIN, finished_at=now)


def settle_skipped(row: Claimed, reason: str, now: datetime) -> Settlement:
    """Return what to record when there is no longer anybody or anything to send."""
    return replace(_as_it_stands(row), state=DeliveryState.SKIPPED, finished_at=now, last_error=reason)


def settle_fault(row: Claimed, reason: str, now: datetime) -> Settlement:
    """Return what to record when an error of ours kept a message from being sent: five of them, and it is dead."""
    faulty = replace(_as_it_stands(row), faults=row.faults + 1, last_error=reason[:_LONGEST_REASON])
    if faulty.faults >= FAULT_LIMIT:
        return replace(faulty, state=DeliveryState.DEAD, finished_at=now)
    return _again(row, faulty, now + pause_before(faulty.faults), now)


def _as_it_stands(
    row: Claimed,
    *,
    state: DeliveryState = DeliveryState.QUEUED,
    attempts: int | None = None,
    finished_at: datetime | None = None,
    receipt: str = "",
) -> Settlement:
    return Settlement(
        delivery_id=row.id,
        token=row.token,
        state=state,
        lane=row.lane,
        attempts=row.attempts if attempts is None else attempts,
        faults=row.faults,
        next_attempt_at=row.created_at,
        uncertain_at=row.uncertain_at,
        finished_at=finished_at,
        receipt=receipt,
        last_error="",
    )


def _again(row: Claimed, failed: Settlement, at: datetime, now: datetime) -> Settlement:
    if at > row.created_at + LIFE:
        reason = f"Given up after {LIFE // timedelta(hours=1)} hours. {failed.last_error}"
        return replace(failed, state=DeliveryState.DEAD, finished_at=now, last_error=reason[:_LONGEST_REASON])
    return replace(failed, lane=Lane.RETRY if row.lane is Lane.LIVE else row.lane, next_attempt_at=at)
