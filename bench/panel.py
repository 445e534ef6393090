"""The panel and the management API over five thousand incidents: each page fetched straight from the application.

Beside the time on the clock stands the processor's, which other work on the machine changes little.
"""

import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.grown import MANAGER, PASSWORD, grown
from bench.installation import Installation
from statuspage.app import create_app
from statuspage.audit.actor import SYSTEM
from statuspage.cli.seed.sowing import Amount
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import commit
from statuspage.domain.accounts.access import create_token
from statuspage.domain.accounts.enums import Scope
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.models import Incident
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.models import Event

BIG = Amount(incidents=5000, components=500, subscribers=10_000)
_PANEL = (
    "", "incidents", "incidents?state=open", "incidents?state=closed&severity=sev1", "incidents?component={component}",
    "incidents?before={middle}", "incidents?q=customers", "incidents?q=customers+in+frankfurt+are", "incidents?q=e",
    "incidents?q=zebra", "incidents/{ref}", "incidents/{ref}/facts", "incidents/{ref}/updates/{update}/deliveries",
    "incidents/new", "incidents/past", "components", "components/{component}/edit", "components/{component}/intervals",
    "maintenance", "maintenance/{work}", "maintenance/new", "subscribers", "subscribers?q=customer9",
    "subscribers/{subscriber}", "settings", "settings/audit", "settings/mail", "settings/people", "settings/uptime",
)  # fmt: skip
_API = (
    "components", "component-groups", "incidents", "incidents?state=closed", "incidents?component={component}",
    "incidents?q=customers", "incidents/{ref}", "incidents/{ref}/timeline", "incidents/{ref}/similar",
    "incidents/{ref}/deliveries", "maintenances", "subscribers",
)  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What an address costs: milliseconds on the clock (median, 95th percentile) and of the processor, and queries."""

    address: str
    p50: float
    p95: float
    processor: float
    queries: int
    kilobytes: float


class _Visitor:
    """Somebody signed in to the panel who also holds a token."""

    def __init__(self, made: Installation) -> None:
        self._origin = made.settings.site.base_url
        with made.database.session() as session:
            _, token = create_token(session, "bench", Scope.ADMIN, None, by=SYSTEM, now=SYSTEM_CLOCK.now())
            commit(session)
        self._token = {"Authorization": f"Bearer {token}"}
        self._client = create_app(made.settings, clock=SYSTEM_CLOCK).test_client()
        form = self._client.get("/signin", base_url=self._origin).get_data(as_text=True)
        sealed = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert sealed is not None
        typed = {"email": MANAGER, "password": PASSWORD, "csrf_token": sealed[1]}
        same = {"Origin": self._origin, "Sec-Fetch-Site": "same-origin"}
        answer = self._client.post("/signin", data=typed, headers=same, base_url=self._origin)
        assert answer.status_code in (302, 303), answer.status_code

    def fetch(self, address: str) -> int:
        """Fetch an address and return its size in bytes."""
        headers = self._token if address.startswith("/api/") else {}
        answer = self._client.get(address, base_url=self._origin, headers=headers)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return len(answer.get_data())


def measure(rounds: int) -> list[Cost]:
    """Fetch every sort of page and answer `rounds` times, after once for what is kept from then on."""
    made = grown(BIG)
    visitor = _Visitor(made)
    with made.database.session(readonly=True) as session:
        named = _named(session)
    addresses = [f"/admin/{page}" for page in _PANEL] + [f"/api/v1/{name}" for name in _API]
    costs = [_cost(visitor, address.format(**named), rounds) for address in addresses]
    made.database.dispose()
    return costs


def _named(session: Session) -> dict[str, object]:
    told = session.scalars(sa.select(Event).order_by(Event.id.desc())).first()
    assert told is not None
    return {
        "ref": session.get_one(Incident, told.thread_id).ref,
        "update": told.subject_id,
        "middle": session.scalar(sa.select(Incident.id).order_by(Incident.id).offset(BIG.incidents // 2).limit(1)),
        "component": session.scalar(sa.select(Component.slug).order_by(Component.position).limit(1)),
        "work": session.scalar(sa.select(sa.func.max(Maintenance.ref))),
        "subscriber": session.scalar(sa.select(sa.func.max(Subscriber.id))),
    }


def _cost(visitor: _Visitor, address: str, rounds: int) -> Cost:
    visitor.fetch(address)
    with _counted() as statements:
        size = visitor.fetch(address)
    walls, processors = [], []
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        visitor.fetch(address)
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.process_time() - processor) * 1000)
    p95 = statistics.quantiles(walls, n=20, method="inclusive")[18]
    return Cost(address, statistics.median(walls), p95, statistics.median(processors), len(statements), size / 1024)


@contextmanager
def _counted() -> Iterator[list[str]]:
    made: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        made.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def report(costs: list[Cost]) -> str:
    """Return one line for each address, and how many keep below 100 ms."""
    size = f"{BIG.incidents:,} incidents, {BIG.incidents * BIG.updates:,} updates, {BIG.components} components"
    lines = [f"{size:68}   p50 ms  p95 ms  processor ms  queries      kB"]
    lines += [
        f"  {one.address[:66]:66}{one.p50:9.1f}{one.p95:8.1f}{one.processor:14.1f}{one.queries:9}{one.kilobytes:8.1f}"
        for one in costs
    ]
    below = sum(one.p50 < 100 for one in costs)
    cheap = sum(one.processor < 100 for one in costs)
    lines.append(f"  below 100 ms: {below} of {len(costs)} on the clock, {cheap} by the processor")
    return "\n".join(lines)
