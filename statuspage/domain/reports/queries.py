"""Gathering what the honesty check looks at. A fixed number of queries, whatever the number of incidents."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.domain.components.enums import Cause
from statuspage.domain.components.queries import impaired_components
from statuspage.domain.components.rules import worst
from statuspage.domain.incidents.enums import IncidentState
from statuspage.domain.incidents.queries import open_promises, publicly_open_incidents
from statuspage.domain.maintenance.queries import unfinished_ends
from statuspage.domain.reports.rules import Finding, Impaired, OpenIncident, Situation, Work, findings
from statuspage.outbox.publications import publications_since
from statuspage.outbox.queries import backlog

_OVER = (IncidentState.RESOLVED, IncidentState.CLOSED)


def honesty(session: Session, now: datetime, *, shown: int | None) -> list[Finding]:
    """Return where what customers are told and what is so do not agree at `now`.

    `shown` is the publication that the stored pages show; None when nothing is stored and pages are made on demand.
    Names public incidents only, so every member of the team may read it.
    """
    queue = backlog(session)
    unshown = publications_since(session, shown, limit=1) if shown is not None else []
    situation = Situation(
        now=now,
        impaired=tuple(_impaired(session)),
        incidents=tuple(_open_incidents(session)),
        works=tuple(Work(ref, ends_at) for ref, ends_at in unfinished_ends(session, now)),
        waiting=queue.waiting,
        mail_since=queue.since,
        unshown_since=unshown[0].at if unshown else None,
    )
    return findings(situation)


def _impaired(session: Session) -> Iterator[Impaired]:
    for component, intervals in impaired_components(session):
        yield Impaired(
            slug=component.slug,
            name=component.name,
            status=worst(row.level for row in intervals),
            since=min(row.started_at for row in intervals),
            explained=any(row.cause is Cause.INCIDENT for row in intervals),
        )


def _open_incidents(session: Session) -> Iterator[OpenIncident]:
    rows = publicly_open_incidents(session)
    promises = open_promises(session, [row.id for row in rows])
    for row in rows:
        if row.public_status is not None:
            yield OpenIncident(
                ref=row.ref,
                status=row.public_status,
                statuses=tuple(one.published_status for one in row.components if one.published_status),
                over_inside=row.state in _OVER,
                due_at=promises[row.id].due_at if row.id in promises else None,
                since=row.updated_at,
            )
