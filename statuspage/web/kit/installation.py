"""The parts of one running installation, put together once by `statuspage.app`."""

from collections.abc import Callable
from dataclasses import dataclass

from statuspage.core.clock import Clock
from statuspage.core.config import Settings
from statuspage.core.db import Database
from statuspage.core.links import Links
from statuspage.core.secrets import Keys
from statuspage.publish.site import Site


@dataclass(frozen=True)
class Installation:
    """What every door may need. `catch_up` rebuilds what was published and returns whether it got ready within so
    many seconds; it never raises."""

    settings: Settings
    clock: Clock
    database: Database
    keys: Keys
    site: Site
    catch_up: Callable[[float], bool]

    @property
    def links(self) -> Links:
        """Every address of this installation."""
        return self.site.links
