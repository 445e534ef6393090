"""What a WSGI server serves: the public door in front of the application, and the follower beside it.

`gunicorn statuspage.wsgi:app` works, and so does every other WSGI server; the configuration is found as the commands
find it (STATUSPAGE_CONFIG, else config.toml). `statuspage serve` is the quicker way to the same.
"""

from dataclasses import dataclass

from statuspage.app import create_app
from statuspage.core.clock import SYSTEM_CLOCK, Clock
from statuspage.core.config import Settings, load_settings
from statuspage.core.db import Database
from statuspage.core.log import configure_logging
from statuspage.domain.editorial.actions import publish_due
from statuspage.domain.editorial.queries import anything_to_publish
from statuspage.domain.incidents.actions import close_due
from statuspage.domain.incidents.queries import anything_to_close
from statuspage.domain.maintenance.actions import advance_due
from statuspage.domain.maintenance.queries import anything_due
from statuspage.publish.builder import Builder
from statuspage.publish.door import Door
from statuspage.publish.follower import Claim, Follower
from statuspage.publish.freshness import Freshness
from statuspage.web.kit.current import EXTENSION
from statuspage.web.kit.installation import Installation


@dataclass(frozen=True)
class Serving:
    """One web process: the door that visitors knock at, the builder, and the follower, which is not started yet."""

    database: Database
    door: Door
    builder: Builder
    follower: Follower


def assemble(settings: Settings, clock: Clock) -> Serving:
    """Put one web process together. Raises `ConfigError` without a secret."""
    app = create_app(settings, clock=clock)
    installation: Installation = app.extensions[EXTENSION]
    builder = installation.builder
    freshness = Freshness(clock, since=builder.store.announced_at())
    claims = (
        Claim(anything_to_publish, publish_due),
        Claim(anything_due, advance_due),
        Claim(anything_to_close, close_due),
    )
    follower = Follower(installation.database, builder, freshness, clock, claims)
    door = Door(builder.store, installation.site.assets, app, freshness, secure=installation.links.secure)
    return Serving(installation.database, door, builder, follower)


def __getattr__(name: str) -> Door:
    if name != "app":
        raise AttributeError(f"module {__name__} has no attribute {name}")
    configure_logging()
    serving = assemble(load_settings(), SYSTEM_CLOCK)
    serving.follower.start()
    globals()["app"] = serving.door
    return serving.door
