"""What a page is made from: where, for which site, from which database, as of when."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from statuspage.publish.facts.components import Catalogue, catalogue
from statuspage.publish.facts.profile import Profile
from statuspage.publish.site import Site


@dataclass(frozen=True)
class Visit:
    """One rendering of the page at `path`. `as_of` is an input of the build, never the clock; aware UTC."""

    session: Session
    path: str
    site: Site
    as_of: datetime
    profile: Profile

    @property
    def today(self) -> date:
        """The day of `as_of` in the page's zone."""
        return self.day_of(self.as_of)

    def day_of(self, instant: datetime) -> date:
        """Return the day of an instant in the page's zone."""
        return instant.astimezone(self.site.zone).date()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every public component."""
        return catalogue(self.session)
