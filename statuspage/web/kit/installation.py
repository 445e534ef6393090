"""The parts of one running installation, put together once by `statuspage.app`."""

from dataclasses import dataclass

from statuspage.core.clock import Clock
from statuspage.core.config import Settings
from statuspage.core.db import Database
from statuspage.core.links import Links
from statuspage.core.secrets import Keys
from statuspage.publish.builder import Builder
from statuspage.publish.site import Site


@dataclass(frozen=True)
class Installation:
    """What every door may need. `builder` renders public pages and stores them."""

    settings: Settings
    clock: Clock
    database: Database
    keys: Keys
    site: Site
    builder: Builder

    @property
    def links(self) -> Links:
        """Every address of this installation."""
        return self.site.links
