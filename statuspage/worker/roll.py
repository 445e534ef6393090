"""Signing on and off: the worker's row for people and monitors, its lock file for the workers beside it."""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from statuspage import __version__
from statuspage.core.clock import Clock
from statuspage.core.db import Database, commit, new_id
from statuspage.outbox.duties import enlist, sign_off
from statuspage.outbox.models import Worker
from statuspage.worker.presence import Presence


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
    yield presence
    with database.session() as session:
        sign_off(session, worker_id, clock.now())
        commit(session)
    presence.leave()
