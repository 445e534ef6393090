"""Carries the whole data set out: one open transaction, the same rows each time for the same numbers and instant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from statuspage.cli.seed.chance import Chance
from statuspage.cli.seed.components import Place, make_components
from statuspage.cli.seed.courses import imagine
from statuspage.cli.seed.ground import what_is_there
from statuspage.cli.seed.incidents import Scribe, write_incident
from statuspage.cli.seed.maintenances import write_maintenances
from statuspage.cli.seed.refs import Refs
from statuspage.cli.seed.rows import Rows
from statuspage.cli.seed.subscribers import write_deliveries, write_subscribers
from statuspage.outbox.actions import publish

BATCH = 200
PER_MAINTENANCE = 40
QUIET = timedelta(hours=12)
_BEFORE = timedelta(days=30)
_OPEN_EVERY = timedelta(minutes=37)
_SWINGS = (-6, -4, -3, -1, 0, 0, 1, 3, 4, 6)


@dataclass(frozen=True)
class Amount:
    """How much there is to be. `days` is how far it reaches back, `updates` the mean of an incident, at least two."""

    incidents: int
    components: int
    subscribers: int
    days: int = 1095
    updates: int = 10

    @property
    def steps(self) -> int:
        """What a progress bar counts."""
        return self.incidents + self.components + self.subscribers


@dataclass(frozen=True)
class Sown:
    """What was added."""

    components: int
    incidents: int
    updates: int
    maintenances: int
    subscribers: int


def sow(session: Session, amount: Amount, now: datetime, tell: Callable[[int], None]) -> Sown:
    """Add `amount` to the open transaction, beside what is there; `tell` hears of steps that are done."""
    there = what_is_there(session)
    rows = Rows(session, Chance(f"{there.position} components, {there.subscribers} subscribers"))
    places = make_components(rows, amount.components, there, now - timedelta(days=amount.days) - _BEFORE)
    rows.write()
    tell(amount.components)
    refs = Refs(session)
    updates, newest = _incidents(rows, amount, places, refs, (now, tell))
    maintenances = write_maintenances(
        rows, places, refs, _spread(rows, amount.incidents // PER_MAINTENANCE, amount, now)
    )
    told = write_subscribers(rows, range(there.subscribers, there.subscribers + amount.subscribers), places, now, tell)
    if newest and newest.opening_id:
        write_deliveries(rows, (newest.opening_id, newest.id), told, now - _OPEN_EVERY)
    rows.write()
    refs.save()
    publish(session, ["site", "everything"], now)
    return Sown(len(places), amount.incidents, updates, maintenances, amount.subscribers)


def _spread(rows: Rows, count: int, amount: Amount, now: datetime) -> list[datetime]:
    """Return `count` instants over the days up to yesterday, in order, and `now` behind them."""
    days = timedelta(days=amount.days)
    begins = sorted(now - QUIET * 2 - days * rows.chance.random() for _ in range(count))
    return [*begins, now]


def _incidents(
    rows: Rows, amount: Amount, places: list[Place], refs: Refs, meanwhile: tuple[datetime, Callable[[int], None]]
) -> tuple[int, Scribe | None]:
    """Write incidents in the order of their declaration, the last few still open; return how many updates they have
    and who wrote the newest one."""
    now, tell = meanwhile
    going_on = min(5, -(-amount.incidents // 20))
    begins = _spread(rows, amount.incidents - going_on, amount, now)[:-1]
    begins += [now - _OPEN_EVERY * back for back in range(going_on, 0, -1)]
    updates, scribe = 0, None
    for number, begin in enumerate(begins, 1):
        words = max(2, amount.updates + _swing(number, amount.updates))
        open_now = number > amount.incidents - going_on
        course = imagine(rows.chance, places, begin, words, now, goes_on=open_now)
        scribe = write_incident(rows, course, refs.next("INC", begin))
        updates += len(course.words)
        if number % BATCH == 0 or number == amount.incidents:
            rows.write()
            tell((number - 1) % BATCH + 1)
    return updates, scribe


def _swing(number: int, mean: int) -> int:
    """Return by how many updates an incident differs from the mean: nothing over ten incidents together."""
    return round(_SWINGS[number * 7 % len(_SWINGS)] * mean / 12)
