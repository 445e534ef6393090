"""Facts kept from one build to the next while nothing touches them.

Reading a story costs half a dozen queries, and a publication changes one or two of the hundred that pages show. What
a fact says stands on the story's own page, and a change of that page touches it by name; so a touch of the story, or
of everything, is what makes a kept fact old. Facts know nothing of the clock. What else a reading found out is kept
until the next publication: nothing public changes without one.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from statuspage.domain.incidents.queries import public_incidents
from statuspage.domain.maintenance.queries import maintenances_by_ids
from statuspage.outbox.publications import newest_number, publications_since
from statuspage.publish.facts.incidents import IncidentFact, incident_fact
from statuspage.publish.facts.maintenances import MaintenanceFact, maintenance_fact

MOST_KEPT = 300  # stories of each kind; those asked for last
MOST_KEPT_AT_ONCE = 10_000  # by a process that only builds: about two hundred megabytes
_MOST_PUBLICATIONS = 100  # further behind than this, everything is read again


class Story(Protocol):
    """A fact with a page of its own."""

    @property
    def id(self) -> uuid.UUID:
        """The row it was read from."""
        ...

    @property
    def code(self) -> str:
        """What touches call it."""
        ...


Fact = TypeVar("Fact", bound=Story)


class Kept(Generic[Fact]):
    """Facts by id; `read` loads those that are asked for and not here, in as many queries for many as for one."""

    def __init__(self, read: Callable[[Session, Sequence[uuid.UUID]], Iterable[Fact]], most: int) -> None:
        self._read = read
        self._most = most
        self._facts: dict[uuid.UUID, Fact] = {}

    def get(self, session: Session, ids: Sequence[uuid.UUID]) -> list[Fact]:
        """Return the facts with these ids, in this order, without what is not there."""
        missing = [one for one in ids if one not in self._facts]
        found = {fact.id: fact for fact in self._read(session, missing)} if missing else {}
        found |= {one: self._facts.pop(one) for one in ids if one in self._facts}
        self._facts |= found
        for oldest in list(self._facts)[: max(0, len(self._facts) - self._most)]:
            del self._facts[oldest]
        return [found[one] for one in ids if one in found]

    def drop(self, codes: set[str]) -> None:
        """Forget the facts that touches call by these codes."""
        self._facts = {one: fact for one, fact in self._facts.items() if fact.code not in codes}

    def clear(self) -> None:
        """Forget every fact."""
        self._facts.clear()


class Memory:
    """What one builder keeps: at most `most` stories of each kind, and in `noted` what else was read since the last
    publication. Call `catch_up` in the transaction that reads, before anything is taken from it."""

    def __init__(self, most: int | None = None) -> None:
        most = most or MOST_KEPT
        self.incidents = Kept(_incidents, most)
        self.maintenances = Kept(_maintenances, most)
        self.noted: dict[str, Any] = {}
        self._number = 0

    def catch_up(self, session: Session) -> None:
        """Forget what was touched since the last call, and everything when the database went back or far ahead."""
        number = newest_number(session)
        if number == self._number:
            return
        self.noted.clear()
        news = publications_since(session, self._number, limit=_MOST_PUBLICATIONS)
        touches = {touch.partition(":")[::2] for one in news for touch in one.touches}
        if len(news) != number - self._number or ("everything", "") in touches:
            self.clear()
        self.incidents.drop({code for kind, code in touches if kind == "incident"})
        self.maintenances.drop({code for kind, code in touches if kind == "maintenance"})
        self._number = number

    def clear(self) -> None:
        """Forget everything."""
        self.incidents.clear()
        self.maintenances.clear()
        self.noted.clear()


def _incidents(session: Session, ids: Sequence[uuid.UUID]) -> list[IncidentFact]:
    return [incident_fact(row) for row in public_incidents(session, ids)]


def _maintenances(session: Session, ids: Sequence[uuid.UUID]) -> list[MaintenanceFact]:
    return [maintenance_fact(row) for row in maintenances_by_ids(session, ids)]
