"""What a page is made from: where, for which site, from which facts, as of when."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from statuspage.core.languages import Language, Speech, speech
from statuspage.domain.components.uptime import Day
from statuspage.publish.facts.components import Catalogue
from statuspage.publish.reading import Reading, reading
from statuspage.publish.site import Site


@dataclass(frozen=True)
class Visit:
    """One rendering of the page at `path`. `as_of` is an input of the build, never the clock; aware UTC."""

    session: Session
    path: str
    site: Site
    as_of: datetime
    reading: Reading

    @property
    def speech(self) -> Speech:
        """The language of this page."""
        return speech(self.site.language)

    @property
    def plain_path(self) -> str:
        """The address of this page in the site's own language."""
        return self.path.removeprefix(self.site.links.prefix)

    @property
    def today(self) -> date:
        """The day of `as_of` in the page's zone."""
        return self.day_of(self.as_of)

    def day_of(self, instant: datetime) -> date:
        """Return the day of an instant in the page's zone."""
        return instant.astimezone(self.site.zone).date()

    @property
    def recent_days(self) -> Mapping[uuid.UUID, Sequence[Day]]:
        """The last `RECENT_DAYS` days of every public component, up to today."""
        return self.reading.recent_days(self.today, self.site.timezone, self.as_of)

    @property
    def catalogue(self) -> Catalogue:
        """Every public component."""
        return self.reading.catalogue


def visit(session: Session, path: str, site: Site, as_of: datetime, language: Language | None = None) -> Visit:
    """Return a visit under the name, zone and language that stand in the database, or under `language` instead.

    Raises `NotFound` without a profile.
    """
    facts = reading(session)
    dressed = facts.profile.dress(site)
    return Visit(session, path, dressed.speaking(language) if language else dressed, as_of, facts)
