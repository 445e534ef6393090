"""The facts that several pages share, each read once while nothing is published."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from statuspage.domain.components.uptime import Day
from statuspage.domain.feedback.queries import codes_asked_anew
from statuspage.domain.incidents import queries as incidents
from statuspage.domain.maintenance import queries as maintenances
from statuspage.outbox.publications import newest_publication_at
from statuspage.publish.facts.components import Catalogue, catalogue
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.facts.profile import Profile, profile
from statuspage.publish.facts.uptime import RECENT_DAYS, days_by_component, last_days
from statuspage.publish.memory import Memory

MOST = 50
MOST_OF_ONE = 25  # of what is said about one component: there may be hundreds of these
MOST_EVENTS = 200
_SHARED = "publish.reading"
Found = TypeVar("Found")


class Reading:
    """What the database says in one transaction. No list is longer than `MOST`, but those of open things, of a span of
    time and for calendars."""

    def __init__(self, session: Session, memory: Memory) -> None:
        self._session = session
        self._memory = memory

    @property
    def profile(self) -> Profile:
        """What the owner calls the page. Raises `NotFound` before the database has one."""
        return self._once("profile", profile)

    @property
    def published_at(self) -> datetime:
        """When something public last changed; before that, when the page was made."""
        return self._once("published_at", newest_publication_at) or self.profile.created_at

    @property
    def first_start(self) -> datetime | None:
        """When the first thing began that history tells of, or None."""
        return self._once("first_start", _first_start)

    @property
    def catalogue(self) -> Catalogue:
        """Every public component."""
        return self._once("catalogue", catalogue)

    @property
    def open_incidents(self) -> list[IncidentFact]:
        """Incidents customers see as going on, newest first."""
        return self._incidents(self._once("open_public_ids", incidents.open_public_ids))

    @property
    def newest_incidents(self) -> list[IncidentFact]:
        """The incidents that began last, newest first."""
        return self._incidents(self._once("newest_incidents", partial(incidents.newest_public_ids, limit=MOST)))

    @property
    def incidents_told_last(self) -> list[IncidentFact]:
        """The incidents to which the newest updates belong, newest first."""
        return self._incidents(self._once("incidents_told_last", partial(incidents.ids_told_last, limit=MOST)))

    def incidents_between(self, start: datetime, end: datetime) -> list[IncidentFact]:
        """Return incidents that began (for customers) from `start` until before `end`, newest first."""
        return self._incidents(incidents.public_ids_between(self._session, start, end))

    def incidents_resolved_since(self, since: datetime) -> list[IncidentFact]:
        """Return incidents resolved for customers at or after `since`, the last resolved first."""
        return self._incidents(incidents.public_ids_resolved_since(self._session, since))

    def incident(self, code: str) -> IncidentFact | None:
        """Return a published incident, or None when there is none of this code."""
        found = self._expected.get(code) or incidents.public_incident_id(self._session, code)
        return next(iter(self._incidents([found])), None) if found else None

    def codes_asked_anew(self, since: datetime | None, as_of: datetime) -> set[str]:
        """Return the codes of incidents whose pages ask their readers something else at `as_of` than at `since`."""
        return codes_asked_anew(self._session, since, as_of)

    @property
    def running(self) -> list[MaintenanceFact]:
        """Maintenance that has begun and not ended, the earliest end first."""
        return self._maintenances(self._once("running_ids", maintenances.running_ids))

    @property
    def coming(self) -> list[MaintenanceFact]:
        """Maintenance still to begin, the next first."""
        return self._maintenances(self._once("coming", partial(maintenances.coming_ids, limit=MOST)))

    @property
    def newest_maintenances(self) -> list[MaintenanceFact]:
        """The maintenances that start last, newest first."""
        return self._maintenances(self._once("newest_maintenances", partial(maintenances.newest_ids, limit=MOST)))

    @property
    def maintenances_told_last(self) -> list[MaintenanceFact]:
        """The maintenances to which the newest updates belong, newest first."""
        return self._maintenances(self._once("maintenances_told_last", partial(maintenances.ids_told_last, limit=MOST)))

    def told_last_of(self, component_id: uuid.UUID) -> tuple[list[IncidentFact], list[MaintenanceFact]]:
        """Return the incidents and maintenances to which the newest updates about a component belong, newest first."""
        stories = incidents.ids_told_last_of(self._session, component_id, MOST_OF_ONE)
        works = maintenances.ids_told_last_of(self._session, component_id, MOST_OF_ONE)
        return self._incidents(stories), self._maintenances(works)

    def maintenances_for_calendars(self, since: datetime) -> list[MaintenanceFact]:
        """Return maintenances that are not over or were to start at or after `since`, the last to start first; at most
        `MOST_EVENTS`."""
        return self._maintenances(maintenances.unfinished_or_since(self._session, since, MOST_EVENTS))

    def maintenances_between(self, start: datetime, end: datetime) -> list[MaintenanceFact]:
        """Return completed maintenances that began from `start` until before `end`, newest first."""
        return self._maintenances(maintenances.completed_ids_between(self._session, start, end))

    def maintenance(self, code: str) -> MaintenanceFact | None:
        """Return a maintenance, or None when there is none of this code."""
        found = self._expected.get(code) or maintenances.maintenance_id(self._session, code)
        return next(iter(self._maintenances([found])), None) if found else None

    def recent_days(self, today: date, zone: str, as_of: datetime) -> dict[uuid.UUID, list[Day]]:
        """Return the last `RECENT_DAYS` days up to `today` in `zone` for each public component, measured up to
        `as_of`; read once for each `as_of`."""
        asked = (today, zone, as_of)
        known: tuple[object, dict[uuid.UUID, list[Day]]] = self._memory.noted.get("recent_days", (None, {}))
        if known[0] != asked:
            shown, counting = self.catalogue.components, self.profile.counting
            dates = last_days(today, RECENT_DAYS)
            days = days_by_component(self._session, shown, dates, zone, as_of, counting=counting)
            known = self._memory.noted["recent_days"] = (asked, days)
        return known[1]

    def expect(self, incident_codes: Sequence[str], maintenance_codes: Sequence[str]) -> None:
        """Read at once what `incident` and `maintenance` are asked for next, one by one; not more than memory keeps."""
        told = incidents.public_ids_of(self._session, incident_codes)
        planned = maintenances.maintenance_ids_of(self._session, maintenance_codes)
        self._memory.noted["ids"] = {**told, **planned}
        self._incidents(list(told.values()))
        self._maintenances(list(planned.values()))

    def _once(self, name: str, read: Callable[[Session], Found]) -> Found:
        """Return what `read` finds, or found since the last publication."""
        if name not in self._memory.noted:
            self._memory.noted[name] = read(self._session)
        found: Found = self._memory.noted[name]
        return found

    @property
    def _expected(self) -> Mapping[str, uuid.UUID]:
        """The ids of what is asked for next, by public code."""
        found: Mapping[str, uuid.UUID] = self._memory.noted.get("ids", {})
        return found

    def _incidents(self, ids: Sequence[uuid.UUID]) -> list[IncidentFact]:
        return self._memory.incidents.get(self._session, ids)

    def _maintenances(self, ids: Sequence[uuid.UUID]) -> list[MaintenanceFact]:
        return self._memory.maintenances.get(self._session, ids)


def _first_start(session: Session) -> datetime | None:
    starts = (incidents.first_public_start(session), maintenances.first_maintenance_start(session))
    return min((start for start in starts if start), default=None)


def share_reading(session: Session, memory: Memory) -> None:
    """Let every page that is made in this session's transaction read the same facts, and take what nothing has
    touched from `memory`. Nothing may be written in the session."""
    memory.catch_up(session)
    session.info[_SHARED] = Reading(session, memory)


def reading(session: Session) -> Reading:
    """Return the session's shared reading, or without one a reading of its own for whoever asks."""
    shared: Reading | None = session.info.get(_SHARED)
    return shared or Reading(session, Memory())
