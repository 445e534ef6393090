"""One worker from its first breath to its last."""

import signal
import sys
import threading
import time
from collections.abc import Iterable

from statuspage.core.clock import Clock
from statuspage.core.config import Settings
from statuspage.core.db import Database
from statuspage.delivery.office import Office, open_office
from statuspage.outbox.enums import Lane
from statuspage.worker.bell import Bell
from statuspage.worker.crews import CrewPlan, start_crew
from statuspage.worker.duties import Post, start_duties
from statuspage.worker.fanout import FanOut
from statuspage.worker.loop import repeat
from statuspage.worker.presence import Presence
from statuspage.worker.roll import on_the_roll

_LAST_MESSAGE_SECONDS = 8.0
# A courier waits for answers of some hundred microseconds. At the default of 5 ms, whoever computes meanwhile (the
# fan-out to the next thousand recipients) would hold it up ten times as long.
_SWITCH_SECONDS = 0.0005


def stop_when_told() -> threading.Event:
    """Return an event that SIGTERM and SIGINT set. A thread does it: a signal may find the main thread in the very lock
    that setting an event takes."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=stop.set).start())
    return stop


def run_worker(settings: Settings, clock: Clock, stop: threading.Event) -> None:
    """Work until `stop` is set (see `stop_when_told`); messages under way are finished, at most 8 s.

    A database that is not there, at the start or later, is waited for. Raises `Unavailable` when it had not answered
    once before `stop`, `ConfigError` without a secret key. The process is the worker's own: it sets how threads take
    turns in it.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    database = Database(settings.database_url)
    try:
        with on_the_roll(database, clock, settings.data.dir, stop) as presence:
            office = open_office(settings, database, clock, presence.worker_id, stop)
            _work(office, presence, settings.mail.connections)
    finally:
        database.dispose()


def _work(office: Office, presence: Presence, connections: int) -> None:
    bell = Bell()
    ticker = start_duties(Post(presence.worker_id, office.database, office.clock, presence, bell))
    threads = [
        *start_crew(CrewPlan("first", (Lane.ACCOUNT, Lane.LIVE), connections), office, bell),
        *start_crew(CrewPlan("again", (Lane.RETRY, Lane.BULK), 1), office, bell),
    ]
    repeat("fan-out", FanOut(office, bell), office.stop, bell)
    bell.ring()
    _join(threads)
    ticker.shutdown()


def _join(threads: Iterable[threading.Thread]) -> None:
    until = time.monotonic() + _LAST_MESSAGE_SECONDS
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
