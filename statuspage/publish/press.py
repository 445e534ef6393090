"""The press: makes pages from one reading and puts them into the store, or compares them with what lies there."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from itertools import islice
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from statuspage.core.log import get_logger
from statuspage.publish.memory import Memory
from statuspage.publish.plan import PageList
from statuspage.publish.reading import share_reading
from statuspage.publish.records import same_answer
from statuspage.publish.site import Site
from statuspage.publish.store import Generation, Page, Store

AHEAD = 60  # pages whose facts are read at once; well below what a memory keeps, and few megabytes of rows
_log = get_logger("builder")


class Fate(StrEnum):
    """What is to be done with a page that was made."""

    WRITTEN = auto()
    KEPT = auto()
    REMOVED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Made:
    """A page ready for the store: `data` is its file when it is to be written."""

    path: str
    fate: Fate
    data: bytes = b""


class Press:
    """Makes pages of `site` into `store`. `failed` names those that could not be made."""

    def __init__(self, pages: PageList, site: Site, store: Store) -> None:
        self.failed: set[str] = set()
        self._pages = pages
        self._site = site
        self._store = store

    def make(self, session: Session, paths: Iterable[str], as_of: Generation) -> None:
        """Make the pages at `paths` and place them. Needs the store's lock."""
        for path in paths:
            self.place(self.prepared(session, path, as_of))

    def make_some(self, session: Session, paths: Sequence[str], as_of: Generation, until: float) -> Sequence[str]:
        """Make pages until the monotonic instant `until`, at least one; return the paths that are left. Needs the
        store's lock."""
        for done, path in enumerate(paths):
            if done and monotonic() >= until:
                return paths[done:]
            self.make(session, (path,), as_of)
        return ()

    def prepared(self, session: Session, path: str, as_of: Generation) -> Made:
        """Make the page at `path` and compare it with what is stored, without writing. Raises what the database
        raises; any other fault is logged and leaves the page as it is."""
        try:
            page = self._render(session, path, as_of)
        except SQLAlchemyError:
            raise
        except Exception:  # noqa: BLE001  # one page that cannot be rendered must not keep news off all others
            _log.error("a page cannot be rendered; its last form stays", path=path, exc_info=True)
            return Made(path, Fate.FAILED)
        if page is None:
            return Made(path, Fate.REMOVED)
        data = self._store.changed(page)
        return Made(path, Fate.WRITTEN, data) if data else Made(path, Fate.KEPT)

    def place(self, made: Made) -> None:
        """Do with a page what is to be done. Needs the store's lock, and no other build since it was prepared."""
        if made.fate is Fate.FAILED:
            self.failed.add(made.path)
            return
        self.failed.discard(made.path)
        if made.fate is Fate.WRITTEN:
            self._store.write(made.path, made.data)
        elif made.fate is Fate.REMOVED:
            self._store.remove(made.path)

    def read_ahead(self, session: Session, paths: Sequence[str]) -> Collection[str]:
        """Read what the first of `paths` are made from, and return those. Takes its time: do it without the lock."""
        self._pages.expect(session, paths[:AHEAD])
        return frozenset(paths[:AHEAD])

    def differences(self, session: Session, known: Generation, among: set[str] | None) -> dict[str, str]:
        """Compare what is stored with what a whole build as of `known` makes; return a sentence for each address that
        differs, of all or of those in `among`."""
        share_reading(session, Memory())
        every = self._pages.all_paths(session, known.as_of)
        wanted, stored = set(every), self._store.paths()
        asked = [*every, *sorted(stored - wanted)] if among is None else sorted(among)
        found = {}
        for path in self._each(session, asked):
            page = self._render(session, path, known) if path in wanted else None
            record = self._store.get(path)
            if page and not record:
                found[path] = f"{path} is missing."
            elif record and not page:
                found[path] = f"{path} should not be there."
            elif page and record and not same_answer(page, record.page):
                found[path] = f"{path} differs from what the database holds."
        return found

    def _each(self, session: Session, paths: Sequence[str]) -> Iterator[str]:
        """Yield `paths`, having read ahead what their pages are made from."""
        rest = iter(paths)
        while chunk := list(islice(rest, AHEAD)):
            self.read_ahead(session, chunk)
            yield from chunk

    def _render(self, session: Session, path: str, as_of: Generation) -> Page | None:
        return self._pages.render(session, path, self._site, as_of.as_of)
