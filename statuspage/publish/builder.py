"""The builder: brings the stored pages to what the database holds.

Any number of processes have one; a lock lets one work at a time on a host. A step reads the publication number first
and the facts after it in one read transaction, each once for all pages; stories that nothing touched come from the
step before. It writes the pages whose bytes changed, those first that visitors look at first, and then the generation.
Since numbers commit in order and are read under the lock, an older build cannot come after a newer one.

A change of up to 200 pages is built in one step. A wider one is written down as pending and built in steps of
100 ms; between them the lock is free, so that a publication never waits for longer than one.

Invariant: after any sequence of steps the pages are, byte for byte, those of a whole build with the same `as_of`.
"""

from collections.abc import Iterable
from time import monotonic, sleep

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from statuspage.core.clock import Clock
from statuspage.core.db import Database
from statuspage.core.errors import Unavailable
from statuspage.core.log import get_logger
from statuspage.outbox.publications import newest_number
from statuspage.publish.memory import Memory
from statuspage.publish.plan import PageList, Plan, make_plan, shown_time
from statuspage.publish.reading import share_reading
from statuspage.publish.recipe import recipe_of
from statuspage.publish.records import same_answer
from statuspage.publish.site import Site
from statuspage.publish.store import Generation, Page, Store, StoreFault

BATCH_SECONDS = 0.1
PAUSE_SECONDS = 0.02
_log = get_logger("builder")


class Builder:
    """Builds the pages of `site` from `database` into `store`. `failed` names pages that could not be rendered."""

    def __init__(self, database: Database, store: Store, pages: PageList, site: Site, clock: Clock) -> None:
        self.store = store
        self.failed: set[str] = set()
        self._database = database
        self._pages = pages
        self._site = site
        self._clock = clock
        self._recipe = recipe_of(site)
        self._took_over = False
        self._memory = Memory()

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

    def finish(self) -> Generation:
        """Work until nothing is left to do. Raises `StoreFault` and `Unavailable`."""
        while True:
            with self.store.locked(60) as held:
                if not held:
                    raise StoreFault("Another builder has held the page store for a minute; look at its process.")
                known = self._step()
                if not known.pending and not self.is_due(known.number):
                    return known
            sleep(PAUSE_SECONDS)  # whoever waits for the lock comes first

    def build_all(self) -> Generation:
        """Render every page anew and remove what is no longer public. Raises `StoreFault` and `Unavailable`."""
        self.store.forget()
        return self.finish()

    def check(self) -> list[str]:
        """Compare the store with a whole build as of the same instant; return one sentence per difference.

        Raises `StoreFault` and `Unavailable`.
        """
        known = self.finish()
        suspects = self._differences(known, None)
        if not suspects:
            return []
        with self.store.locked(60):  # a publication may have come in between: look again with nobody building
            known = self._step()
            return sorted(self._differences(known, set(suspects)).values())

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
            if not known or len(plan.later) > known.pending:
                self.store.plan(plan.later)
            if known and plan.first:
                self._build(session, plan, plan.first)
                self.store.advance(known)  # nothing is reached yet, but doors read again what is there
            left = self._build_rest(session, plan)
        recipe = known.recipe if known else self._recipe
        reached = Generation(plan.number, plan.as_of, recipe, pending=len(left))
        if len(left) != len(plan.later):
            self.store.plan(left)
        self.store.advance(reached)
        self.store.behind = False
        return reached

    def _build(self, session: Session, plan: Plan, paths: Iterable[str]) -> None:
        for path in paths:
            self._make(session, path, plan)

    def _build_rest(self, session: Session, plan: Plan) -> tuple[str, ...]:
        """Build what is due at once, then of the rest what fits into the batch, at least one; return what is left."""
        until = monotonic() + BATCH_SECONDS
        self._build(session, plan, plan.now)
        for done, path in enumerate(plan.later):
            if done and monotonic() >= until:
                return plan.later[done:]
            self._make(session, path, plan)
        return ()

    def _make(self, session: Session, path: str, plan: Plan) -> None:
        try:
            page = self._pages.render(session, path, self._site, plan.as_of)
        except SQLAlchemyError:
            raise
        except Exception:  # noqa: BLE001  # one page that cannot be rendered must not keep news off all others
            _log.error("a page cannot be rendered; its last form stays", path=path, exc_info=True)
            self.failed.add(path)
            return
        self.failed.discard(path)
        if page:
            self.store.put(page)
        else:
            self.store.remove(path)

    def _differences(self, known: Generation, among: set[str] | None) -> dict[str, str]:
        with self._database.session(readonly=True) as session:
            share_reading(session, Memory())
            wanted = set(self._pages.all_paths(session, known.as_of))
            stored = self.store.paths()
            found = {}
            for path in (wanted | stored) if among is None else among:
                page = self._pages.render(session, path, self._site, known.as_of) if path in wanted else None
                record = self.store.get(path)
                if page and not record:
                    found[path] = f"{path} is missing."
                elif record and not page:
                    found[path] = f"{path} should not be there."
                elif page and record and not same_answer(page, record.page):
                    found[path] = f"{path} differs from what the database holds."
        return found

    def _cannot_store(self, fault: StoreFault) -> None:
        if not self.store.behind:
            _log.error("pages are rendered live until the store can be written", reason=str(fault))
        self.store.behind = True
