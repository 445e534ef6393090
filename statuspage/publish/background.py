"""Working off what a wide change left pending: one process of the host at a time, from one reading.

It ends when nothing is left, when its time is up, and as soon as something was published or somebody else built. The
builder's lock is free between two batches, so that a publication never waits for longer than one.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from math import inf
from time import monotonic, sleep

from sqlalchemy.orm import Session

from statuspage.core.db import Database
from statuspage.outbox.publications import newest_number
from statuspage.publish.crew import Crew
from statuspage.publish.memory import Memory
from statuspage.publish.press import Made, Press
from statuspage.publish.reading import share_reading
from statuspage.publish.store import Generation, Store

BATCH_SECONDS = 0.1
PAUSE_SECONDS = 0.01  # whoever waits for the lock comes first
LOCK_SECONDS = 60
_SAVE_SECONDS = 1.0  # a builder that is killed repeats no more than this
_WORTH_HELPERS = 1000  # pages; for fewer, what each helper reads by itself costs more than it does

Listener = Callable[[int], None]
Maker = Callable[[Generation], Sequence[str]]  # makes some pages as of a publication; returns what is left


@dataclass(slots=True)
class _Run:
    """How far one go at the pending pages came: as of which publication, what is left, and what the store then was."""

    number: int
    stamp: tuple[int, int] | None
    left: Sequence[str]
    save_at: float


class Background:
    """The pending pages of `store`, made by `press`."""

    def __init__(self, database: Database, store: Store, press: Press) -> None:
        self._database = database
        self._store = store
        self._press = press

    def work_off(self, seconds: float, memory: Memory, tell: Listener, helpers: int = 0) -> bool:
        """Build pending pages for about `seconds`, one batch at least, or with as many processes as `helpers` says;
        `tell` hears how many are left.

        Returns False at once when another process of the host is at it. Raises `StoreFault` and `Unavailable`.
        """
        with self._store.locked(0, "background") as alone:
            if alone and helpers and len(self._store.pending()) >= _WORTH_HELPERS:
                self._build_together(helpers, tell)
            elif alone:
                with self._database.session(readonly=True) as session:
                    share_reading(session, memory)
                    self._build(session, monotonic() + seconds, tell)
            return alone

    def _build(self, session: Session, until: float, tell: Listener) -> None:
        run = self._begun(newest_number(session))
        ready: Collection[str] = ()

        def make(known: Generation) -> Sequence[str]:
            return self._press.make_some(session, run.left, known, monotonic() + BATCH_SECONDS)

        while True:
            if run.left and run.left[0] not in ready:
                ready = self._press.read_ahead(session, run.left)
            if not self._goes_on(run, make, until, tell):
                return
            sleep(PAUSE_SECONDS)

    def _build_together(self, helpers: int, tell: Listener) -> None:
        known = self._store.generation()
        if known is None:
            return
        run = self._begun(known.number)
        with Crew(self._database.url, self._press, helpers, known) as crew:
            for made in crew.made(run.left):

                def place(_: Generation, made: Sequence[Made] = made) -> Sequence[str]:
                    for one in made:
                        self._press.place(one)
                    return run.left[len(made) :]

                if not self._goes_on(run, place, inf, tell):
                    return

    def _begun(self, number: int) -> "_Run":
        return _Run(number, self._store.stamp(), self._store.pending(), monotonic() + _SAVE_SECONDS)

    def _goes_on(self, run: "_Run", make: Maker, until: float, tell: Listener) -> bool:
        """Make a batch of `run` under the lock, unless somebody else built; tell whether another one is wanted."""
        with self._store.locked(LOCK_SECONDS) as held:
            known = self._store.generation()
            if not held or known is None or self._store.stamp() != run.stamp:
                return False
            if not known.pending or known.number != run.number:
                return False
            before, run.left = run.left, make(known)
            wanted = 0 < len(run.left) < len(before) and monotonic() < until and not self._is_newer(run.number)
            if not wanted or monotonic() >= run.save_at:
                self._save(known, run.left)
                run.stamp, run.save_at = self._store.stamp(), monotonic() + _SAVE_SECONDS
        tell(len(run.left))
        return wanted

    def _save(self, reached: Generation, left: Sequence[str]) -> None:
        self._store.plan(left)
        self._store.advance(replace(reached, pending=len(left)))

    def _is_newer(self, number: int) -> bool:
        with self._database.session(readonly=True) as session:
            return newest_number(session) != number
