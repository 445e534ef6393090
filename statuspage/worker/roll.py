"""Signing on and off: the worker's row for people and monitors, its lock file for the workers beside it."""

import platform
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
def on_the_roll(database: Database, clock: Clock, data_dir: Path) -> Iterator[Presence]:
    """Be a known worker for the length of a `with`. Raises `Unavailable` when the database does not answer."""
    worker_id = new_id()
    presence = Presence(data_dir, worker_id)
    now = clock.now()
    with database.session() as session:
        worker = Worker(id=worker_id, host=platform.node()[:120], version=__version__, started_at=now, seen_at=now)
        enlist(session, worker)
        commit(session)
    _log.info("worker_started", worker=str(worker_id))
    try:
        yield presence
    finally:
        _sign_off(database, presence.worker_id, clock)
        presence.leave()
        _log.info("worker_stopped", worker=str(worker_id))


def _sign_off(database: Database, worker_id: uuid.UUID, clock: Clock) -> None:
    try:
        with database.session() as session:
            sign_off(session, worker_id, clock.now())
            commit(session)
    except Unavailable:  # it will be taken for dead in a minute, and that is true by then
        _log.warning("left_without_a_word", worker=str(worker_id))
