"""A courier claims a batch, sends it message by message over one connection, and writes down each outcome.

Each message is written while the one before it waits. Before it is sent, one short transaction records the result of
the one before and that the transport is about to be called; so whatever kills the worker, at most the one message
under way is sent a second time. The rest of a batch goes back into the queue. When the relay cannot be reached, the
whole batch waits by the schedule and the courier rests before it claims again.
"""

import time
import uuid
from collections.abc import Iterator, Sequence

from statuspage.core.db import commit
from statuspage.core.errors import Unavailable
from statuspage.core.log import get_logger
from statuspage.delivery.channels.envelope import Envelope
from statuspage.delivery.office import Office
from statuspage.delivery.retry import settle, settle_fault, settle_skipped
from statuspage.outbox.claims import Claimed, anything_due, claim, hand_back, waiting
from statuspage.outbox.enums import Lane
from statuspage.outbox.ledger import Ledger, Settlement
from statuspage.outbox.outcomes import Outcome, Retry

FIRST_BATCH = 20
BATCH = 200
BATCH_SECONDS = 2.0
MOST_COUNTED = 10_000
_LONGEST_REST = 60.0

_log = get_logger("delivery")


class Courier:
    """Serves `lanes`, the first one first. Used by one thread.

    `seconds_of_work` is how long this courier alone would need for what waited when it last claimed.
    """

    def __init__(self, office: Office, lanes: Sequence[Lane]) -> None:
        self._office = office
        self._lanes = lanes
        self._transport = office.open_transport()
        self._composer = office.open_composer()
        self._ledger = Ledger(office.database)
        self._unwritten: list[Settlement] = []
        self._at_hand: Claimed | None = None
        self._token: uuid.UUID | None = None
        self._failures = 0
        self._seconds_per_message = 0.0
        self.seconds_of_work = 0.0

    def step(self) -> bool:
        """Send one batch. Returns False when nothing was due.

        Raises `Unavailable` when the database does not answer; after any other error call `blame`.
        """
        self._hand_back()
        batch = self._claim()
        if not batch:
            return False
        self._send(batch)
        if self._office.stop.is_set():
            self._hand_back()
        self._token = None
        return True

    def rest_seconds(self) -> float:
        """How long to wait before the next step because the relay was out of reach; 0 when it is there."""
        return min(_LONGEST_REST, 2.0**self._failures) if self._failures else 0.0

    def blame(self, fault: BaseException) -> None:
        """Count an error of ours against the message at hand, so that it cannot hold up the others."""
        row, self._at_hand = self._at_hand, None
        if row is not None:
            self._unwritten.append(settle_fault(row, f"{type(fault).__name__}: {fault}", self._office.clock.now()))
            self._transport.close()
            self._record(None, durable=True)
        self._hand_back()

    def close(self) -> None:
        """Let go of the connections to relay and database."""
        self._transport.close()
        self._ledger.close()

    def _claim(self) -> list[Claimed]:
        office = self._office
        with office.database.session(readonly=True) as session:
            if not anything_due(session, self._lanes, office.clock.now()):
                return []
        with office.database.session() as session:
            batch = claim(session, self._lanes, office.worker_id, office.clock.now(), limit=self._limit())
            queue = waiting(session, self._lanes, at_most=MOST_COUNTED)
            commit(session)
        self._token = batch[0].token if batch else None
        self.seconds_of_work = (queue + len(batch)) * self._seconds_per_message
        return batch

    def _limit(self) -> int:
        """As many as take about two seconds, so that nobody waits long behind a batch; few before that is known."""
        if not self._seconds_per_message:
            return FIRST_BATCH
        return max(5, min(BATCH, int(BATCH_SECONDS / self._seconds_per_message)))

    def _send(self, batch: Sequence[Claimed]) -> None:
        began, sent = time.monotonic(), 0
        messages = self._messages(batch)
        at_hand = next(messages, None)
        while at_hand and not self._office.stop.is_set():
            coming = next(messages, None)
            row, message = at_hand
            self._at_hand = row
            if self._record(row):
                outcome = self._transport.send(message, coming[1] if coming else None)
                sent += 1
                self._seconds_per_message = (time.monotonic() - began) / sent
                self._note(row, outcome)
                if isinstance(outcome, Retry) and outcome.unreachable:
                    self._put_off(batch[batch.index(row) + 1 :], outcome)
                    break
            at_hand = coming
        self._at_hand = None
        self._record(None, durable=True)

    def _messages(self, batch: Sequence[Claimed]) -> Iterator[tuple[Claimed, Envelope]]:
        """Write the messages of a batch as they are asked for; those with nothing to send are settled on the way."""
        desk = self._composer.lay_out(batch)
        for row in batch:
            self._at_hand = row
            message = self._composer.write(row, desk)
            if isinstance(message, Envelope):
                yield row, message
            else:
                self._unwritten.append(settle_skipped(row, message.reason, self._office.clock.now()))

    def _note(self, row: Claimed, outcome: Outcome) -> None:
        reachable = not (isinstance(outcome, Retry) and outcome.unreachable)
        self._failures = 0 if reachable else self._failures + 1
        self._unwritten.append(settle(row, outcome, self._office.clock.now()))

    def _put_off(self, rest: Sequence[Claimed], outcome: Retry) -> None:
        _log.warning("relay_unreachable", reason=outcome.reason, waiting=len(rest) + 1)
        now = self._office.clock.now()
        self._unwritten += [settle(row, outcome, now) for row in rest]

    def _record(self, called: Claimed | None, *, durable: bool = False) -> bool:
        """Write what is unwritten; while the database is away, wait for it, because nobody else knows these results."""
        while True:
            try:
                ours = self._ledger.write(self._unwritten, called, self._office.clock.now(), durable=durable)
            except Unavailable:
                if self._office.stop.wait(0.5):
                    raise
            else:
                self._unwritten = []
                return ours

    def _hand_back(self) -> None:
        """Put what was claimed and not called back into the queue; what was settled no longer has the token."""
        if self._token is None:
            return
        with self._office.database.session() as session:
            hand_back(session, self._token)
            commit(session)
        self._token = None
