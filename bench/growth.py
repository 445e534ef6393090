"""What history costs: building every page, and one publication, with a hundred, a thousand and five thousand incidents.

The sites have the same components; only what has happened differs. One publication is an update of an open incident:
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
from statuspage.outbox.publications import newest_number, publications_since
from statuspage.publish import pages
from statuspage.publish.builder import Builder
from statuspage.publish.plan import tick_of

FEW = Amount(incidents=100, components=50, subscribers=10, days=3650)
AMOUNTS = (FEW, replace(FEW, incidents=1000), replace(FEW, incidents=5000))
PUBLICATIONS = 7


@dataclass(frozen=True)
class Growth:
    """One site: pages, processor seconds of building them all, and of one publication its processor seconds, queries
    and pages (medians)."""

    incidents: int
    pages: int
    whole_seconds: float
    publication_seconds: float
    queries: int
    rendered: int


def measure() -> list[Growth]:
    """Build and publish on every site."""
    return [_grow(amount) for amount in AMOUNTS]


def _grow(amount: Amount) -> Growth:
    made = grown(amount)
    builder = made.builder()
    begun = time.process_time()
    builder.build_all()
    whole = time.process_time() - begun
    asked: list[str] = []
    sa.event.listen(made.database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    costs = [_publish(made, builder, asked, number) for number in range(PUBLICATIONS)]
    stored = len(builder.store.paths())
    made.database.dispose()
    seconds, queries, rendered = (statistics.median_low(column) for column in zip(*costs, strict=True))
    return Growth(amount.incidents, stored, whole, seconds, int(queries), int(rendered))


def _publish(made: Installation, builder: Builder, asked: list[str], number: int) -> tuple[float, int, int]:
    """Say something and rebuild what it touches; return processor seconds, queries and pages."""
    _say(made, f"Note {number}: we are still working on it.")
    with made.database.session(readonly=True) as session:
        touches = publications_since(session, newest_number(session) - 1)[0].touches
        touched = pages.touched_paths(session, touches, tick_of(SYSTEM_CLOCK.now()))
    asked.clear()
    begun = time.process_time()
    builder.follow(60)
    return time.process_time() - begun, len(asked), len(touched)


def _say(made: Installation, text: str) -> None:
    with made.database.session() as session:
        newest = session.scalar(sa.select(sa.func.max(Incident.ref)).where(Incident.public_status != "resolved"))
        assert newest is not None
        incident = incident_by_ref(session, newest, EVERYTHING)
        post_update(session, incident, UpdateDraft(body=text, notify=False), by=SYSTEM, now=SYSTEM_CLOCK.now())
        commit(session)


def report(found: list[Growth]) -> str:
    """Return one line for each site and what five hundred times the history costs."""
    few, many = found[0], found[-1]
    lines = [
        "history (processor seconds)        pages   build all   per page ms   one publication   queries   of pages"
    ]
    lines += [
        f"  {one.incidents:6,} incidents             {one.pages:9,}{one.whole_seconds:12.1f}"
        f"{one.whole_seconds * 1000 / one.pages:14.1f}{one.publication_seconds:18.3f}{one.queries:10}{one.rendered:11}"
        for one in found
    ]
    ratio = many.publication_seconds / few.publication_seconds
    lines.append(
        f"  one publication costs {ratio:.1f} times as much with {many.incidents // few.incidents} times the past"
    )
    return "\n".join(lines)
