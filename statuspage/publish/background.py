"""Working off what a wide change left pending: one process of the host at a time, from one reading.

It ends when nothing is left, when its time is up, and as soon as something was published or somebody else built. The
builder's lock is free between two batches, so that a publication never waits for longer than one.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from time import monotonic, sleep

from sqlalchemy.orm import Session

from statuspage.core.db import Database
from statuspage.outbox.publications import newest_number
from statuspage.publish.crew import Crew
from statuspage.publish.memory import Memory
from statuspage.publish.press import Press
from statuspage.publish.reading import share_reading
from statuspage.publish.store import Generation, Store

BATCH_SECONDS = 0.1
PAUSE_SECONDS = 0.01  # whoever waits for the lock comes first
LOCK_SECONDS = 60
_SAVE_SECONDS = 1.0  # a builder that is killed repeats no more than this
_WORTH_HELPERS = 1000  # pages; for fewer, what each helper reads by itself costs more than it does

Listener = Callable[[int], None]


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
        number, stamp = newest_number(session), self._store.stamp()
        left: Sequence[str] = self._store.pending()
        ready: Collection[str] = ()
        save_at = monotonic() + _SAVE_SECONDS
        while True:
            if left and left[0] not in ready:
                ready = self._press.read_ahead(session, left)
            with self._store.locked(LOCK_SECONDS) as held:
                known = self._store.generation()
                if not held or known is None or self._store.stamp() != stamp:
                    return
                if not known.pending or known.number != number:
                    return
                left = self._press.make_some(session, left, known, monotonic() + BATCH_SECONDS)
                over = not left or self._is_newer(number) or monotonic() >= until
                if over or monotonic() >= save_at:
                    self._save(known, left)
                    stamp, save_at = self._store.stamp(), monotonic() + _SAVE_SECONDS
            tell(len(left))
            if over:
                return
            sleep(PAUSE_SECONDS)

    def _build_together(self, helpers: int, tell: Listener) -> None:
        known, stamp = self._store.generation(), self._store.stamp()
        left: Sequence[str] = self._store.pending()
        if known is None:
            return
        save_at = monotonic() + _SAVE_SECONDS
        with Crew(self._database.url, self._press, helpers, known) as crew:
            for made in crew.made(left):
                with self._store.locked(LOCK_SECONDS) as held:
                    if not held or self._store.stamp() != stamp:
                        return
                    for one in made:
                        self._press.place(one)
                    left = left[len(made) :]
                    over = not made or not left or self._is_newer(known.number)
                    if over or monotonic() >= save_at:
                        self._save(known, left)
                        stamp, save_at = self._store.stamp(), monotonic() + _SAVE_SECONDS
                tell(len(left))
                if over:
                    return

    def _save(self, reached: Generation, left: Sequence[str]) -> None:
        self._store.plan(left)
        self._store.advance(replace(reached, pending=len(left)))

    def _is_newer(self, number: int) -> bool:
        with self._database.session(readonly=True) as session:
            return newest_number(session) != number
