"""How much memory `statuspage serve` takes: the parent, two web processes and the worker, idle and at work.

Each process counts with its proportional share (PSS): what processes have in common is counted once altogether, so the
sum is what the machine gives. At work means: visitors on the page (with `wrk`, when it is installed), one publication
after another, and each of them sent to subscribers by mail. The most that was seen counts.
"""

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.fanout import add_subscribers, local_sink
from bench.installation import Installation, Served
from statuspage.audit.actor import SYSTEM
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import commit
from statuspage.domain.incidents.actions import IncidentDraft, UpdateDraft, declare_incident
from statuspage.domain.incidents.enums import Severity

SUBSCRIBERS = 2000
PUBLICATIONS = 8
_SETTLED_SECONDS = 5.0
_PAUSE_SECONDS = 3.0
_EVERY_SECONDS = 0.5


@dataclass(frozen=True)
class Share:
    """Megabytes of one process: idle, and the most it had at work."""

    process: str
    idle: float
    most: float


def measure(made: Installation, subscribers: int = SUBSCRIBERS) -> list[Share]:
    """Serve with two web processes and a worker, and watch them, after adding so many subscribers. The last row is the
    sum, at one moment."""
    with made.database.session() as session:
        add_subscribers(session, subscribers, SYSTEM_CLOCK.now())
        commit(session)
    with local_sink() as mail_port, made.served(processes=2, mail_port=mail_port) as served:
        time.sleep(_SETTLED_SECONDS)
        idle = _shares(served)
        with _watched(served) as seen, _visitors(served):
            for number in range(PUBLICATIONS):
                _publish(made, number)
                time.sleep(_PAUSE_SECONDS)
    found = [Share(name, share, max(moment[name] for moment in seen)) for name, share in idle.items()]
    return [*found, Share("together", sum(idle.values()), max(sum(moment.values()) for moment in seen))]


def _shares(served: Served) -> dict[str, float]:
    return {name: _megabytes(pid) for name, pid in served.family.items()}


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"the kernel does not say what process {pid} takes")


@contextmanager
def _watched(served: Served) -> Iterator[list[dict[str, float]]]:
    """Look again and again until the block ends."""
    seen: list[dict[str, float]] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(_EVERY_SECONDS):
            seen.append(_shares(served))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


@contextmanager
def _visitors(served: Served) -> Iterator[None]:
    if shutil.which("wrk") is None:
        yield
        return
    seconds = int(PUBLICATIONS * _PAUSE_SECONDS)
    command = ["wrk", "-t1", "-c64", f"-d{seconds}s", f"http://127.0.0.1:{served.port}/"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        yield
        process.wait()


def _publish(made: Installation, number: int) -> None:
    with made.database.session() as session:
        said = UpdateDraft(body=f"Announcement {number} for everybody.")
        draft = IncidentDraft(title=f"Bench {number}", severity=Severity.SEV3, update=said)
        declare_incident(session, draft, by=SYSTEM, now=SYSTEM_CLOCK.now())
        commit(session)


def report(shares: list[Share]) -> str:
    """Return the shares as a table."""
    lines = ["memory, proportional share     idle MB   most at work MB"]
    lines += [f"  {one.process:27}{one.idle:9.0f}{one.most:18.0f}" for one in shares]
    return "\n".join(lines)
