"""From the commit of an update to the moment a visitor gets it.

Three ways lead there: the process that committed rebuilds and serves it itself, as the panel does; another process of
the host rebuilds, and the serving one sees the new generation; or nobody rebuilt, and the serving process follows.
"""

import statistics
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.installation import Installation, Served
from statuspage.audit.actor import SYSTEM
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import commit
from statuspage.domain.incidents.actions import IncidentDraft, UpdateDraft, declare_incident, post_update
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.publish.door import captured
from statuspage.wsgi import assemble

UPDATES_PER_INCIDENT = 10
_POLL_SECONDS = 0.002
_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Latency:
    """Milliseconds from just before the commit until the incident's page tells of the update."""

    way: str
    count: int
    p50: float
    p99: float


def measure(made: Installation, updates: int) -> list[Latency]:
    """Publish `updates` updates by each of the three ways; a third of them by the one that waits for the follower."""
    serving = assemble(made.settings, SYSTEM_CLOCK)
    serving.builder.finish()

    def here(path: str, text: str) -> bool:
        environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": path}
        return text.encode() in captured(serving.door, environ)[2][0]

    found = [_latency("the process that committed", made, updates, serving.builder.catch_up, here)]
    with made.served() as elsewhere:
        there = _reader(elsewhere)
        found.append(_latency("another process rebuilt", made, updates, made.builder().catch_up, there))
        found.append(_latency("the follower rebuilt", made, max(5, updates // 3), lambda: None, there))
    return found


def _reader(server: Served) -> Callable[[str, str], bool]:
    def shows(path: str, text: str) -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
            return text.encode() in answer.read()

    return shows


def _latency(
    way: str, made: Installation, count: int, rebuild: Callable[[], object], shows: Callable[[str, str], bool]
) -> Latency:
    spans = []
    ref, path = "", ""
    for number in range(count):
        if number % UPDATES_PER_INCIDENT == 0:
            ref, path = _declare(made)
            made.builder().finish()
        text = f"Note {number} by {way}."
        with made.database.session() as session:
            incident = incident_by_ref(session, ref, EVERYTHING)
            post_update(session, incident, UpdateDraft(body=text), by=SYSTEM, now=SYSTEM_CLOCK.now())
            begun = time.perf_counter()
            commit(session)
        rebuild()
        while not shows(path, text):
            if time.perf_counter() - begun > _PATIENCE_SECONDS:
                raise RuntimeError(f"{path} never showed what was published")
            time.sleep(_POLL_SECONDS)
        spans.append((time.perf_counter() - begun) * 1000)
    cuts = statistics.quantiles(spans, n=100, method="inclusive")
    return Latency(way, count, cuts[49], cuts[98])


def _declare(made: Installation) -> tuple[str, str]:
    with made.database.session() as session:
        draft = IncidentDraft(title="Bench", severity=Severity.SEV3, update=UpdateDraft(body="It begins."))
        incident = declare_incident(session, draft, by=SYSTEM, now=SYSTEM_CLOCK.now())
        commit(session)
        return incident.ref, f"/incidents/{incident.code}"


def report(latencies: list[Latency]) -> str:
    """Return one line for each way."""
    lines = ["from commit to visible          updates    p50 ms    p99 ms"]
    lines += [f"  {one.way:30}{one.count:7}{one.p50:10.1f}{one.p99:10.1f}" for one in latencies]
    return "\n".join(lines)
