"""What every page of an installation has in common: addresses, assets, name, zone and language."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from statuspage.core.links import Links
from statuspage.publish.assets import Assets
from statuspage.publish.brand import PLAIN, Brand


@dataclass(frozen=True)
class Site:
    """The frame around every page. `name`, `timezone` (IANA) and `locale` come from the settings; where the
    page's own row in the database is at hand, `publish.pages` puts that row's values in their place. `brand` is what
    the owner chose in the panel; pages that need no database do without."""

    links: Links
    name: str
    timezone: str
    locale: str
    assets: Assets
    security_contact: str = ""
    """Where to report a weakness (an address as RFC 9116 wants it), or empty."""
    brand: Brand = PLAIN

    @property
    def zone(self) -> ZoneInfo:
        """The page's zone: days, months and printed times are in it."""
        return ZoneInfo(self.timezone)

    def asset(self, name: str) -> str:
        """Return the address of the static file called `name`."""
        return self.assets.url(name)
