"""Signing on and off: the worker's row for people and monitors, its lock file for the workers beside it."""

import platform
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from statuspage import __version__
from statuspage.core.clock import Clock
from statuspage.core.db import Database, commit, new_id
from statuspage.core.errors import Unavailable
from statuspage.core.log import get_logger
from statuspage.outbox.duties import enlist, sign_off
from statuspage.outbox.models import Worker
from statuspage.worker.presence import Presence

_log = get_logger("worker")


@contextmanager
def on_the_roll(database: Database, clock: Clock, data_dir: Path, stop: threading.Event) -> Iterator[Presence]:
    """Be a known worker for the length of a `with`; waits for a database that is not there yet.

    Raises `Unavailable` when `stop` is set before the database answered.
    """
    worker_id = new_id()
    presence = Presence(data_dir, worker_id)
    while not _signed_on(database, worker_id, clock):
        if stop.wait(1.0):
            presence.leave()
            raise Unavailable
    _log.info("worker_started", worker=str(worker_id))
    try:
        yield presence
    finally:
        _sign_off(database, presence.worker_id, clock)
        presence.leave()
        _log.info("worker_stopped", worker=str(worker_id))


def _signed_on(database: Database, worker_id: uuid.UUID, clock: Clock) -> bool:
    now = clock.now()
    worker = Worker(id=worker_id, host=platform.node()[:120], version=__version__, started_at=now, seen_at=now)
    try:
        with database.session() as session:
            enlist(session, worker)
            commit(session)
    except Unavailable as fault:
        _log.warning("database_away", job="start", reason=str(fault))
        return False
    return True


def _sign_off(database: Database, worker_id: uuid.UUID, clock: Clock) -> None:
    try:
        with database.session() as session:
            sign_off(session, worker_id, clock.now())
            commit(session)
    except Unavailable:  # it will be taken for dead in a minute, and that is true by then
        _log.warning("left_without_a_word", worker=str(worker_id))
