"""What the couriers of one worker share, put together from the configuration."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from statuspage.core.clock import Clock
from statuspage.core.config import Settings, open_keys
from statuspage.core.db import Database
from statuspage.core.links import Links
from statuspage.delivery.channels.envelope import Transport
from statuspage.delivery.channels.mail import open_transport
from statuspage.delivery.composer import Composer
from statuspage.delivery.messages.writing import Writer


@dataclass(frozen=True)
class Office:
    """Each courier opens a transport and a composer of its own. `stop` is set when the worker is to end."""

    database: Database
    clock: Clock
    worker_id: uuid.UUID
    open_transport: Callable[[], Transport]
    open_composer: Callable[[], Composer]
    stop: threading.Event


def open_office(
    settings: Settings, database: Database, clock: Clock, worker_id: uuid.UUID, stop: threading.Event
) -> Office:
    """Return the office of one worker. Raises `ConfigError` when there is no usable secret key."""
    keys = open_keys(settings)
    writer = Writer(Links(settings.site.base_url), settings.mail_from)
    return Office(
        database=database,
        clock=clock,
        worker_id=worker_id,
        open_transport=partial(open_transport, settings),
        open_composer=partial(Composer, database, keys, writer),
        stop=stop,
    )
