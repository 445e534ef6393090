"""What a builder has to do next, decided from the store's generation and the database. Reads, writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from statuspage.outbox.publications import newest_number, publications_since
from statuspage.publish.site import Site
from statuspage.publish.store import Generation, Page, Store

TICK = timedelta(minutes=5)
WIDE = 200  # more pages than this are rebuilt in the background
_MOST_PUBLICATIONS = 500  # a store further behind is rebuilt as a whole
_CLOCK_WENT_BACK = timedelta(hours=1)


class PageList(Protocol):
    """What is public: every address, what a change or the clock touches, and the page at an address."""

    def all_paths(self, session: Session, as_of: datetime) -> list[str]:
        """Return every public address, the most important first."""
        ...

    def touched_paths(self, session: Session, touches: Iterable[str], as_of: datetime) -> set[str]:
        """Return the addresses that may read differently after `touches`, gone ones included."""
        ...

    def timed_paths(self, session: Session, as_of: datetime, since: datetime | None = None) -> set[str]:
        """Return the addresses that may read differently because `since` became `as_of`."""
        ...

    def is_urgent(self, path: str) -> bool:
        """Tell whether visitors look at this address first when there is news."""
        ...

    def expect(self, session: Session, paths: Iterable[str]) -> None:
        """Read at once what the pages at these addresses will ask for one by one."""
        ...

    def render(self, session: Session, path: str, site: Site, as_of: datetime) -> Page | None:
        """Return the page at an address, or None when nothing public is there."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """Build `first` and let it be seen, build `now`, put `later` (in this order) behind it; then the pages show
    `number` as of `as_of`. `wide` says that `later` holds more than what was left before."""

    number: int
    as_of: datetime
    first: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    wide: bool = False

    def finished(self, known: Generation) -> bool:
        """Return whether a store at `known` has no news to show, whatever is left of a wide change."""
        return (known.number, known.as_of) == (self.number, self.as_of)


def tick_of(now: datetime) -> datetime:
    """Return the last full five minutes (UTC): the time that pages show."""
    seconds = int(now.timestamp())
    return datetime.fromtimestamp(seconds - seconds % int(TICK.total_seconds()), UTC)


def shown_time(known: Generation | None, now: datetime) -> datetime:
    """Return the `as_of` of the next build: pages do not go back in time, unless the clock was far ahead."""
    tick = tick_of(now)
    return tick if known is None or known.as_of - tick > _CLOCK_WENT_BACK else max(tick, known.as_of)


def make_plan(session: Session, pages: PageList, store: Store, known: Generation | None, now: datetime) -> Plan:
    """Return what leads from `known` (None: everything is to be built) to what the database holds."""
    number = newest_number(session)
    as_of = shown_time(known, now)
    if known is None or number < known.number or as_of < known.as_of:
        return _whole(session, pages, store, number, as_of)
    news = publications_since(session, known.number, limit=_MOST_PUBLICATIONS + 1)
    if len(news) > _MOST_PUBLICATIONS:
        return _whole(session, pages, store, number, as_of)
    paths: set[str] = set()
    if news:
        paths |= pages.touched_paths(session, {touch for one in news for touch in one.touches}, as_of)
    if as_of > known.as_of:
        paths |= pages.timed_paths(session, as_of, known.as_of)
    waiting = store.pending() if known.pending else []
    if len(paths) <= WIDE:
        first = {path for path in paths if pages.is_urgent(path)}
        rest = tuple(path for path in waiting if path not in paths)
        return Plan(number, as_of, tuple(sorted(first)), tuple(sorted(paths - first)), rest)
    return Plan(number, as_of, later=_ordered(paths.union(waiting), pages.all_paths(session, as_of)), wide=True)


def _whole(session: Session, pages: PageList, store: Store, number: int, as_of: datetime) -> Plan:
    every = pages.all_paths(session, as_of)
    return Plan(number, as_of, later=_ordered(store.paths().union(every), every), wide=True)


def _ordered(paths: set[str], ranked: list[str]) -> tuple[str, ...]:
    """Return `paths` in the page list's order; those it no longer knows are to be removed, and come last."""
    first = [path for path in ranked if path in paths]
    return (*first, *sorted(paths.difference(first)))
