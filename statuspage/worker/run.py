"""One worker from its first breath to its last."""

import threading
import time
from collections.abc import Iterable

from statuspage.core.clock import Clock
from statuspage.core.config import Settings
from statuspage.core.db import Database
from statuspage.core.log import get_logger
from statuspage.delivery.expander import Expander
from statuspage.delivery.messages.rendering import warm_up
from statuspage.delivery.office import open_office
from statuspage.outbox.enums import Lane
from statuspage.worker.bell import Bell
from statuspage.worker.crews import CrewPlan, start_crew
from statuspage.worker.duties import Post, start_duties
from statuspage.worker.loop import repeat
from statuspage.worker.roll import on_the_roll

_LAST_MESSAGE_SECONDS = 8.0
_COURIERS_TURN_SECONDS = 0.03

_log = get_logger("worker")


class _FanOut:
    """Expands events and tells the couriers that there is something to send."""

    def __init__(self, expander: Expander, bell: Bell) -> None:
        self._expander = expander
        self._bell = bell
        self._rest = 0.0

    def step(self) -> bool:
        """Expand one page."""
        self._rest = 0.0
        done = self._expander.step()
        if done:
            self._rest = _COURIERS_TURN_SECONDS
            self._bell.ring()
        return done

    def blame(self, fault: BaseException) -> None:
        """Count the fault against the event."""
        self._expander.blame(fault)

    def rest_seconds(self) -> float:
        """Let the couriers have the database between two pages: SQLite serves whoever happens to ask."""
        return self._rest


def run_worker(settings: Settings, clock: Clock, stop: threading.Event) -> None:
    """Work until `stop` is set (set it on SIGTERM and SIGINT); messages under way are finished, at most 8 s.

    Raises `Unavailable` when the database does not answer at the start and `ConfigError` without a secret key; later
    the worker waits for a database that went away.
    """
    database = Database(settings.database_url)
    with on_the_roll(database, clock, settings.data.dir) as presence:
        office = open_office(settings, database, clock, presence.worker_id, stop)
        bell = Bell()
        warm_up()
        ticker = start_duties(Post(presence.worker_id, database, clock, presence, bell))
        threads = [
            *start_crew(CrewPlan("first", (Lane.ACCOUNT, Lane.LIVE), settings.mail.connections), office, bell),
            *start_crew(CrewPlan("again", (Lane.RETRY, Lane.BULK), 1), office, bell),
        ]
        _log.info("worker_started", worker=str(presence.worker_id), transport=settings.mail.transport)
        repeat("fan-out", _FanOut(Expander(database, clock), bell), stop, bell)
        bell.ring()
        _join(threads)
        ticker.shutdown()
        _log.info("worker_stopped", worker=str(presence.worker_id))
    database.dispose()


def _join(threads: Iterable[threading.Thread]) -> None:
    until = time.monotonic() + _LAST_MESSAGE_SECONDS
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
