"""The facts that several pages share, each read once while a build goes on."""

from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session, SessionTransaction

from statuspage.domain.incidents.queries import incidents_told_last, newest_public_incidents, open_public_incidents
from statuspage.domain.maintenance.queries import (
    coming_maintenances,
    maintenances_told_last,
    newest_maintenances,
    running_maintenances,
)
from statuspage.outbox.publications import newest_number, newest_publication_at
from statuspage.publish.facts.components import Catalogue, catalogue
from statuspage.publish.facts.incidents import IncidentFact, incident_fact
from statuspage.publish.facts.maintenances import MaintenanceFact, maintenance_fact
from statuspage.publish.facts.profile import Profile, profile

MOST = 50
_KEPT = "publish.reading"


class Reading:
    """What the database says at one publication number. No list is longer than `MOST`, but those of open things."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def profile(self) -> Profile:
        """What the owner calls the page. Raises `NotFound` before the database has one."""
        return profile(self._session)

    @cached_property
    def published_at(self) -> datetime:
        """When something public last changed; before that, when the page was made."""
        return newest_publication_at(self._session) or self.profile.created_at

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every public component."""
        return catalogue(self._session)

    @cached_property
    def open_incidents(self) -> list[IncidentFact]:
        """Incidents customers see as going on, newest first."""
        return [incident_fact(row) for row in open_public_incidents(self._session)]

    @cached_property
    def newest_incidents(self) -> list[IncidentFact]:
        """The incidents that began last, newest first."""
        return [incident_fact(row) for row in newest_public_incidents(self._session, MOST)]

    @cached_property
    def incidents_told_last(self) -> list[IncidentFact]:
        """The incidents to which the newest updates belong, newest first."""
        return [incident_fact(row) for row in incidents_told_last(self._session, MOST)]

    @cached_property
    def running(self) -> list[MaintenanceFact]:
        """Maintenance that has begun and not ended, the earliest end first."""
        return [maintenance_fact(row) for row in running_maintenances(self._session)]

    @cached_property
    def coming(self) -> list[MaintenanceFact]:
        """Maintenance still to begin, the next first."""
        return [maintenance_fact(row) for row in coming_maintenances(self._session, limit=MOST)]

    @cached_property
    def newest_maintenances(self) -> list[MaintenanceFact]:
        """The maintenances that start last, newest first."""
        return [maintenance_fact(row) for row in newest_maintenances(self._session, MOST)]

    @cached_property
    def maintenances_told_last(self) -> list[MaintenanceFact]:
        """The maintenances to which the newest updates belong, newest first."""
        return [maintenance_fact(row) for row in maintenances_told_last(self._session, MOST)]


def reading(session: Session) -> Reading:
    """Return what is read in the session's open transaction; a new publication in it makes a new reading."""
    number = newest_number(session)
    key: tuple[SessionTransaction | None, int] = (session.get_transaction(), number)
    kept = session.info.get(_KEPT)
    if kept is None or kept[0] != key:
        kept = session.info[_KEPT] = (key, Reading(session))
    found: Reading = kept[1]
    return found
