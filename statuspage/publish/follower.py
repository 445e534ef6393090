"""The follower: a thread of every web process that keeps this host's pages up to date.

It polls the publication number (one tiny read four times a second), rebuilds what others committed, carries out what
becomes due by the clock, and remembers when this host last agreed with its database. Without the database the stored
pages stay as they are; it says so once in the log and keeps trying, at least every four seconds.
"""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.core.clock import Clock
from statuspage.core.db import Database, commit
from statuspage.core.errors import Conflict, Unavailable
from statuspage.core.log import get_logger
from statuspage.outbox.publications import newest_number
from statuspage.publish.background import PAUSE_SECONDS
from statuspage.publish.builder import Builder
from statuspage.publish.freshness import Freshness

POLL_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 4.0
_log = get_logger("follower")


@dataclass(frozen=True)
class Claim:
    """Something that becomes public by the clock: `is_due` only reads, `carry_out` claims and does what is due."""

    is_due: Callable[[Session, datetime], bool]
    carry_out: Callable[[Session, datetime], object]


class Follower:
    """Keeps `builder`'s store up to date until stopped. `start` it in the process that serves; a fork restarts it."""

    def __init__(
        self, database: Database, builder: Builder, freshness: Freshness, clock: Clock, claims: Sequence[Claim] = ()
    ) -> None:
        self._database = database
        self._builder = builder
        self._freshness = freshness
        self._clock = clock
        self._claims = claims
        self._stopping = threading.Event()
        self._round = threading.Lock()
        self._thread: threading.Thread | None = None
        self._failures = 0

    def start(self) -> None:
        """Begin to follow, here and in every process forked off from here."""
        os.register_at_fork(
            before=self._round.acquire, after_in_parent=self._round.release, after_in_child=self._begin_anew
        )
        self._run_thread()

    def stop(self) -> None:
        """Stop following and wait for the step under way, at most five seconds."""
        thread, self._thread = self._thread, None
        self._stopping.set()
        if thread:
            thread.join(5)

    def follow_once(self) -> float:
        """Do one round and return the seconds to wait before the next. Raises `Unavailable` without the database."""
        now = self._clock.now()
        with self._database.session(readonly=True) as session:
            number = newest_number(session)
            due = [claim for claim in self._claims if claim.is_due(session, now)]
        for claim in due:
            self._carry_out(claim, now)
        if due or self._builder.is_due(number):
            agreed = self._builder.follow(POLL_SECONDS) or self._builder.store.behind
        else:
            agreed = True
        if agreed:
            self._freshness.agree()
        known = self._builder.store.generation()
        left = bool(known and known.pending and agreed)
        return PAUSE_SECONDS if left and self._builder.work_off(POLL_SECONDS) else POLL_SECONDS

    def _carry_out(self, claim: Claim, now: datetime) -> None:
        try:
            with self._database.session() as session:
                claim.carry_out(session, now)
                commit(session)
        except Conflict:
            return  # another follower or a worker was faster

    def _run_thread(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._stopping,), name="follower", daemon=True)
        self._thread.start()

    def _begin_anew(self) -> None:
        """After a fork: threads do not survive it, and connections must not be shared across it.

        The fork waited for the round under way, so that no lock the round took stays closed in the child for ever.
        """
        self._round.release()
        if self._thread is not None:
            self._database.engine.dispose(close=False)
            self._run_thread()

    def _run(self, stopping: threading.Event) -> None:
        wait, warm = 0.0, False
        while not stopping.wait(wait):
            try:
                with self._round:
                    wait = self.follow_once()
                    if not warm:
                        self._builder.warm_up()
                        warm = True
            except Unavailable as fault:
                reason = str(fault.__cause__ or fault)
                wait = self._failed("the page stays as it is", what=str(fault), reason=reason)
            except Exception:  # noqa: BLE001  # the page must go on following whatever one round ran into
                wait = self._failed("a round of the follower failed; it is tried again", exc_info=True)
            else:
                if self._failures:
                    _log.info("the database answers again", rounds_missed=self._failures)
                self._failures = 0

    def _failed(self, what: str, /, **details: object) -> float:
        """Say so once, and return how long to wait before the next try."""
        if self._failures == 0:
            _log.error(what, **details)
        self._failures += 1
        return min(LONGEST_WAIT_SECONDS, POLL_SECONDS * (1 << min(self._failures, 10)))
