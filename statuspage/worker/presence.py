"""Noticing a killed worker at once: each holds a lock on a file of its own below the data directory.

The kernel drops the lock with the process, whatever ended it. A worker on another host has no file here; its claims
come free when their lease runs out.
"""

import fcntl
import os
import uuid
from pathlib import Path

DIRECTORY = "workers"


class Presence:
    """This worker's lock file. Take it before claiming anything."""

    def __init__(self, data_dir: Path, worker_id: uuid.UUID) -> None:
        self.worker_id = worker_id
        self._directory = data_dir / DIRECTORY
        self._directory.mkdir(parents=True, exist_ok=True)
        self._own = self._directory / f"{worker_id}.lock"
        aside = self._own.with_suffix(".new")
        self._handle = os.open(aside, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        aside.rename(self._own)  # under its name a file is always locked, or its owner is dead

    def dead(self) -> list[uuid.UUID]:
        """Return the workers of this host that ended without saying so."""
        others = (path for path in self._directory.glob("*.lock") if path != self._own)
        return [uuid.UUID(path.stem) for path in others if not _is_locked(path)]

    def forget(self, worker_id: uuid.UUID) -> None:
        """Remove a dead worker's file, once its claims are free."""
        (self._directory / f"{worker_id}.lock").unlink(missing_ok=True)

    def leave(self) -> None:
        """End this worker's presence, when it holds no more claims."""
        self._own.unlink(missing_ok=True)
        os.close(self._handle)


def _is_locked(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:  # it left in this moment
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
