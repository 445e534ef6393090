"""What every page of an installation has in common: addresses, assets, name, zone and language."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from markupsafe import Markup

from statuspage.core.languages import Editions, Language, spoken
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
    others: tuple[Language, ...] = ()
    """Languages besides `locale` that pages are shown in."""
    told_in: Language | None = None
    """The language of this frame, where that is not `locale`."""

    @property
    def editions(self) -> Editions:
        """Every language the page is shown in."""
        return Editions(spoken(self.locale), self.others)

    @property
    def language(self) -> Language:
        """The language the frame is said in."""
        return self.told_in or spoken(self.locale)

    @property
    def of_staff(self) -> Markup:
        """The `lang` of an element that holds words of staff, with a space before it; nothing where it is the frame's
        (WCAG 2.2, 3.1.2)."""
        own = spoken(self.locale)
        return Markup("") if self.language is own else Markup(' lang="{}"').format(own)

    def twin(self, plain_path: str, language: Language) -> str:
        """Return where the page at an address without prefix stands in one of `editions`."""
        return self.editions.prefix(language) + plain_path

    def speaking(self, language: Language) -> "Site":
        """Return the frame in one of `editions`, with links that stay in it."""
        return replace(self, told_in=language, links=self.links.under(self.editions.prefix(language)))

    @property
    def zone(self) -> ZoneInfo:
        """The page's zone: days, months and printed times are in it."""
        return ZoneInfo(self.timezone)

    def asset(self, name: str) -> str:
        """Return the address of the static file called `name`."""
        return self.assets.url(name)
