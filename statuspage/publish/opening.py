"""Putting the frame and the builder of an installation together from its settings: for web processes and the shell."""

from statuspage.core.clock import Clock
from statuspage.core.config import Settings
from statuspage.core.db import Database
from statuspage.core.links import Links
from statuspage.core.paths import static_dir
from statuspage.publish import pages
from statuspage.publish.assets import Assets
from statuspage.publish.builder import Builder
from statuspage.publish.site import Site
from statuspage.publish.store import Store


def open_site(settings: Settings) -> Site:
    """Return what every page of this installation has in common."""
    return Site(
        links=Links(settings.site.base_url),
        name=settings.site.name,
        timezone=settings.site.timezone,
        locale=settings.site.locale,
        assets=Assets(static_dir()),
        security_contact=settings.site.security_contact,
    )


def open_builder(settings: Settings, database: Database, site: Site, clock: Clock) -> Builder:
    """Return a builder of this host's pages."""
    return Builder(database, Store(settings.data.dir / "site"), pages, site, clock)
