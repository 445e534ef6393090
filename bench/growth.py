"""What history costs: building every page, and one publication, with ten incidents and with five thousand.

Both sites have the same components; only what has happened differs. One publication is an update of an open incident:
every page it touches is rendered, compressed and stored by the builder, as after a click.
"""

import statistics
import time
from dataclasses import dataclass, replace

import sqlalchemy as sa

from bench.grown import grown
from bench.installation import Installation
from statuspage.audit.actor import SYSTEM
from statuspage.cli.seed.sowing import Amount
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import commit
from statuspage.domain.incidents.actions import UpdateDraft, post_update
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref

FEW = Amount(incidents=10, components=50, subscribers=10)
MANY = replace(FEW, incidents=5000)
PUBLICATIONS = 7


@dataclass(frozen=True)
class Growth:
    """One site: pages, processor seconds of building them all, and of one publication (median)."""

    incidents: int
    pages: int
    whole_seconds: float
    publication_seconds: float


def measure() -> list[Growth]:
    """Build and publish on both sites."""
    return [_grow(amount) for amount in (FEW, MANY)]


def _grow(amount: Amount) -> Growth:
    made = grown(amount)
    builder = made.builder()
    begun = time.process_time()
    builder.build_all()
    whole = time.process_time() - begun
    spans = []
    for number in range(PUBLICATIONS):
        _say(made, f"Note {number}: we are still working on it.")
        begun = time.process_time()
        builder.follow(60)
        spans.append(time.process_time() - begun)
    pages = len(builder.store.paths())
    made.database.dispose()
    return Growth(amount.incidents, pages, whole, statistics.median(spans))


def _say(made: Installation, text: str) -> None:
    with made.database.session() as session:
        newest = session.scalar(sa.select(sa.func.max(Incident.ref)).where(Incident.public_status != "resolved"))
        assert newest is not None
        incident = incident_by_ref(session, newest, EVERYTHING)
        post_update(session, incident, UpdateDraft(body=text, notify=False), by=SYSTEM, now=SYSTEM_CLOCK.now())
        commit(session)


def report(found: list[Growth]) -> str:
    """Return one line for each site and what five hundred times the history costs."""
    few, many = found
    lines = ["history (processor seconds)        pages   build all   per page ms   one publication"]
    lines += [
        f"  {one.incidents:6,} incidents             {one.pages:9,}{one.whole_seconds:12.1f}"
        f"{one.whole_seconds * 1000 / one.pages:14.1f}{one.publication_seconds:18.3f}"
        for one in found
    ]
    ratio = many.publication_seconds / few.publication_seconds
    lines.append(
        f"  one publication costs {ratio:.1f} times as much with {many.incidents // few.incidents} times the past"
    )
    return "\n".join(lines)
