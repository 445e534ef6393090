"""What the owner calls the page."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.core.languages import Language
from statuspage.domain.components.queries import counting, editions, site_profile
from statuspage.domain.components.uptime import Counting
from statuspage.publish.brand import Brand
from statuspage.publish.facts.branding import brand
from statuspage.publish.site import Site


@dataclass(frozen=True)
class Profile:
    """The page's own row: its code never changes, everything else is edited in the panel."""

    code: str
    name: str
    timezone: str
    locale: Language
    others: tuple[Language, ...]
    support_url: str
    created_at: datetime
    counting: Counting
    brand: Brand

    def dress(self, site: Site) -> Site:
        """Return `site` under the name, zone, languages and brand that stand in the panel."""
        named = replace(site, name=self.name, timezone=self.timezone, brand=self.brand)
        return replace(named, locale=self.locale, others=self.others)


def profile(session: Session) -> Profile:
    """Return the page's profile. Raises `NotFound` before the database has one."""
    row, shown = site_profile(session), editions(session)
    return Profile(
        code=row.code,
        name=row.name,
        timezone=row.timezone,
        locale=shown.own,
        others=shown.others,
        support_url=row.support_url,
        created_at=row.created_at,
        counting=counting(session),
        brand=brand(session),
    )
