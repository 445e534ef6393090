"""Repeating a job until the worker is to stop. The one broad handler of the worker is here."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

from statuspage.core.errors import Unavailable
from statuspage.core.log import get_logger
from statuspage.worker.bell import Bell

IDLE_SECONDS = 0.3
_DATABASE_AWAY_SECONDS = 1.0
_AFTER_FAULT_SECONDS = 0.2

_log = get_logger("worker")


class Job(Protocol):
    """Something to be done again and again."""

    def step(self) -> bool:
        """Do a little; False when there was nothing to do."""
        ...

    def blame(self, fault: BaseException) -> None:
        """Take note of what the last step stumbled over."""
        ...

    def rest_seconds(self) -> float:
        """How long to wait although there may be more to do."""
        ...


def attempt(name: str, step: Callable[[], object], blame: Callable[[BaseException], object]) -> bool | None:
    """Carry out one step whatever happens: True for done, False for nothing to do, None for a fault."""
    try:
        return bool(step())
    except Unavailable as fault:
        _log.warning("database_away", job=name, reason=str(fault))
        return None
    except Exception as fault:  # noqa: BLE001  # one poison row must not stop the worker
        _log.error("step_failed", job=name, exc_info=fault)
        blame(fault)
        return None


def repeat(name: str, job: Job, stop: threading.Event, bell: Bell) -> None:
    """Repeat `job.step` until `stop`; when idle wait for the bell, at most `IDLE_SECONDS`."""
    rings = 0
    while not stop.is_set():
        done = attempt(name, job.step, partial(_blame, name, job))
        if done is None:
            stop.wait(_DATABASE_AWAY_SECONDS)
        elif rest := job.rest_seconds():
            stop.wait(rest)
        elif not done:
            rings = bell.wait(IDLE_SECONDS, rings)


def _blame(name: str, job: Job, fault: BaseException) -> None:
    attempt(name, partial(job.blame, fault), repr)
