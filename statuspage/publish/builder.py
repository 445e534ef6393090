"""The builder: brings the stored pages to what the database holds.

Any number of processes have one; a lock lets one work at a time on a host. A step reads the publication number first
and the facts after it in one read transaction, each once for all pages; stories that nothing touched come from the
step before. It writes the pages whose bytes changed, those first that visitors look at first, and then the generation.
Since numbers commit in order and are read under the lock, an older build cannot come after a newer one.

A change of up to 200 pages is built in one step. A wider one is written down as pending and worked off in the
background.

Invariant: after any sequence of steps the pages are, byte for byte, those of a whole build with the same `as_of`.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from math import inf
from time import monotonic, sleep

from sqlalchemy.orm import Session

from statuspage.core.clock import Clock
from statuspage.core.db import Database
from statuspage.core.errors import Unavailable
from statuspage.core.log import get_logger
from statuspage.outbox.publications import newest_number
from statuspage.publish import background
from statuspage.publish.memory import MOST_KEPT_AT_ONCE, Memory
from statuspage.publish.plan import PageList, Plan, make_plan, shown_time
from statuspage.publish.press import Press
from statuspage.publish.reading import share_reading
from statuspage.publish.recipe import recipe_of
from statuspage.publish.site import Site
from statuspage.publish.store import Generation, Page, Store, StoreFault

MOST_WARMED = 3
_BUSY = "Another builder has held the page store for a minute; look at its process."
_log = get_logger("builder")


def _unheard(_left: int) -> None:
    """Nobody looks at the progress."""


class Builder:
    """Builds the pages of `site` from `database` into `store`."""

    def __init__(self, database: Database, store: Store, pages: PageList, site: Site, clock: Clock) -> None:
        self.store = store
        self._database = database
        self._pages = pages
        self._site = site
        self._clock = clock
        self._recipe = recipe_of(site)
        self._took_over = False
        self._memory = Memory()
        self._press = Press(pages, site, store)
        self._background = background.Background(database, store, self._press)

    @property
    def failed(self) -> set[str]:
        """The pages that could not be rendered the last time they were to be."""
        return self._press.failed

    def is_due(self, number: int) -> bool:
        """Return whether there is something to build when `number` is the newest publication. Costs no query."""
        known = self._known()
        if known is None or known.pending:
            return True
        return (known.number, known.as_of) != (number, shown_time(known, self._clock.now()))

    def catch_up(self, seconds: float = 2.0) -> bool:
        """As `follow`, but never raises: what fails is logged, and the next builder begins where this one ended."""
        try:
            return self.follow(seconds)
        except Unavailable as fault:
            reason = str(fault.__cause__ or fault)
            _log.warning("the stored pages stay as they are", what=str(fault), reason=reason)
        except Exception:  # noqa: BLE001  # the change is committed: nobody must be told that it failed
            _log.error("the pages could not be rebuilt", exc_info=True)
        return False

    def follow(self, seconds: float) -> bool:
        """Bring the store to everything committed before this call and return whether it got there in time.

        Waits at most `seconds` for another builder of this host. A store that cannot be written is logged and makes
        pages be rendered live; background work of a wide change may be left to the next call. Raises `Unavailable`.
        """
        deadline = monotonic() + seconds
        with self._database.session(readonly=True) as session:
            wanted = newest_number(session)
        try:
            while True:
                with self.store.locked(max(0.0, deadline - monotonic())) as held:
                    known = self._step() if held else self.store.generation()
                if known and known.number >= wanted:
                    return True
                if monotonic() >= deadline:
                    return False
        except StoreFault as fault:
            self._cannot_store(fault)
            return False

    def warm_up(self) -> None:
        """Read and render what visitors look at first, so that the first publication of this process takes no longer
        than later ones. Writes nothing. Raises `Unavailable`."""
        as_of = shown_time(self.store.generation(), self._clock.now())
        with self._database.session(readonly=True) as session:
            share_reading(session, self._memory)
            urgent = filter(self._pages.is_urgent, self._pages.all_paths(session, as_of))
            for path in islice(urgent, MOST_WARMED):
                self._press.prepared(session, path, Generation(0, as_of))

    def finish(self, tell: background.Listener = _unheard, helpers: int = 0) -> Generation:
        """Work until nothing is left to do; `tell` hears now and then how many pages are left. With `helpers`, as many
        processes are forked for a large build. Raises `StoreFault` and `Unavailable`."""
        while True:
            with self.store.locked(background.LOCK_SECONDS) as held:
                if not held:
                    raise StoreFault(_BUSY)
                known = self._step()
            tell(known.pending)
            if not known.pending and not self.is_due(known.number):
                return known
            alone = self._background.work_off(inf, self._memory, tell, helpers)
            sleep(background.PAUSE_SECONDS if alone else background.BATCH_SECONDS)

    def build_all(self, tell: background.Listener = _unheard, helpers: int = 0) -> Generation:
        """Render every page anew and remove what is no longer public; `tell` and `helpers` are those of `finish`.

        Keeps more in memory than a process that serves may. Raises `StoreFault` and `Unavailable`.
        """
        self.store.forget()
        self._memory = Memory(MOST_KEPT_AT_ONCE)
        try:
            return self.finish(tell, helpers)
        finally:
            self._memory = Memory()

    def work_off(self, seconds: float) -> bool:
        """Build what a wide change left pending, for `seconds` at most; return False when nothing could be done here:
        another process of the host is at it, or the store cannot be written. Raises `Unavailable`."""
        try:
            return self._background.work_off(seconds, self._memory, _unheard)
        except StoreFault as fault:
            self._cannot_store(fault)
            return False

    def check(self) -> list[str]:
        """Compare the store with a whole build as of the same instant; return one sentence per difference.

        Raises `StoreFault` and `Unavailable`.
        """
        known = self.finish()
        suspects = self._differences(known, None)
        if not suspects:
            return []
        with self.store.locked(
            background.LOCK_SECONDS
        ):  # a publication may have come in between: look with nobody building
            known = self._step()
            return sorted(self._differences(known, set(suspects)).values())

    def _differences(self, known: Generation, among: set[str] | None) -> dict[str, str]:
        with self._database.session(readonly=True) as session:
            return self._press.differences(session, known, among)

    def page(self, path: str) -> Page | None:
        """Render the page at `path` as it is now, and keep it if the store misses nothing but this page.

        None when nothing public is there. Raises `Unavailable`.
        """
        with self._database.session(readonly=True) as session:
            number = newest_number(session)
            as_of = shown_time(self.store.generation(), self._clock.now())
            page = self._pages.render(session, path, self._site, as_of)
        if page:
            self._keep(page, Generation(number, as_of))
        return page

    def _keep(self, page: Page, rendered: Generation) -> None:
        try:
            with self.store.locked(0) as held:
                known = self.store.generation() if held else None
                if known and (known.number, known.as_of) == (rendered.number, rendered.as_of):
                    self.store.put(page)
        except StoreFault:
            return  # the page was answered; a builder with news to write says what is wrong with the store

    def _known(self) -> Generation | None:
        """Return the store's generation if its pages can be built upon, else None.

        Another recipe counts only once per process: while two versions run side by side during an upgrade they must
        not take turns in rebuilding everything.
        """
        known = self.store.generation()
        if known is None or not self.store.survived_boot(known):
            return None
        return known if self._took_over or known.recipe == self._recipe else None

    def _step(self) -> Generation:
        """Do what one hold of the lock allows and return the generation that the store is then at."""
        known = self._known()
        if known is None:
            self._memory.clear()  # another database may be there
        with self._database.session(readonly=True) as session:
            share_reading(session, self._memory)
            plan = make_plan(session, self._pages, self.store, known, self._clock.now())
            self._took_over = True
            if known and plan.finished(known):
                self.store.behind = False
                return known
            shown = Generation(plan.number, plan.as_of, known.recipe if known else self._recipe)
            if known and plan.first:
                self._press.make(session, plan.first, shown)
                self.store.advance(known)  # nothing is reached yet, but doors read again what is there
            self._press.make(session, plan.now, shown)
            left = self._begin(session, plan, shown) if plan.wide else plan.later
        if left or not known or known.pending:
            self.store.plan(left)
        reached = replace(shown, pending=len(left))
        self.store.advance(reached)
        self.store.behind = False
        return reached

    def _begin(self, session: Session, plan: Plan, shown: Generation) -> Sequence[str]:
        """Build the first pages of a wide change, which visitors look at first; return what is left."""
        return self._press.make_some(session, plan.later, shown, monotonic() + background.BATCH_SECONDS)

    def _cannot_store(self, fault: StoreFault) -> None:
        if not self.store.behind:
            _log.error("pages are rendered live until the store can be written", reason=str(fault))
        self.store.behind = True
