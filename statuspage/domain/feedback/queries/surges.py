"""Reports nobody has dealt with, by what they are about, and what they suggest.

A fixed number of queries over one day's reports, whatever the number of components.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from statuspage.domain.components.models import Component
from statuspage.domain.feedback.enums import ReportKind, Suggestion
from statuspage.domain.feedback.models import ProblemReport, ReportRules
from statuspage.domain.feedback.rules import LOOKED_AT, Threshold, suggestion, surge_at
from statuspage.domain.incidents.enums import IncidentKind, IncidentState, PublicStatus
from statuspage.domain.incidents.models import Incident, IncidentComponent
from statuspage.domain.incidents.queries.readers import Reader, visible_to
from statuspage.domain.incidents.rules import OPEN_STATES, REOPEN_WINDOW

SHOWN = 5
_OPEN_FOR_CUSTOMERS = tuple(status for status in PublicStatus if status is not PublicStatus.RESOLVED)
_OVER = (IncidentState.RESOLVED, IncidentState.CLOSED)
_About = tuple[uuid.UUID | None, uuid.UUID | None]


@dataclass(frozen=True)
class Saying:
    """When somebody reported, and in which words (there may be none)."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Group:
    """Reports of the last day that nobody has dealt with: about `component` (None: none was named), or `still` about an
    incident that was said to be over.

    `since` is when they became many, None while they are few; `incident` is the one to attach them to or to reopen.
    `newest` is the id of the newest, `sayings` the newest few.
    """

    component: Component | None
    still: bool
    count: int
    since: datetime | None
    suggestion: Suggestion
    incident: Incident | None
    newest: uuid.UUID
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class _Known:
    components: dict[uuid.UUID, Component]
    open: dict[uuid.UUID, Incident]
    over: dict[uuid.UUID, Incident]


def threshold(session: Session) -> Threshold:
    """Return how many reports suggest something: as somebody set it, else five within ten minutes."""
    row = session.get(ReportRules, 1)
    return Threshold(row.reports, row.minutes) if row else Threshold()


def groups(session: Session, reader: Reader, now: datetime) -> list[Group]:
    """Return what readers report and nobody has dealt with: what became many first, then by number."""
    limits = threshold(session)
    gathered: dict[_About, list[Row[*tuple[object, ...]]]] = {}
    for row in session.execute(_newest(now, max(2 * limits.reports, SHOWN))):
        gathered.setdefault((row.component_id, row.incident_id), []).append(row)
    known = _known(session, reader, gathered, now)
    found = [_group(about, rows, known, limits, now) for about, rows in gathered.items()]
    standing = [one for one in found if one]
    return sorted(standing, key=lambda one: (one.since is None, -one.count))


def _newest(now: datetime, most: int) -> Select[*tuple[object, ...]]:
    """The `most` newest reports of each group, with their whole number. What is ranked is narrow: words are read for
    the few that are left."""
    about = (ProblemReport.component_id, ProblemReport.incident_id)
    ranked = (
        select(
            ProblemReport.id,
            *about,
            func.row_number().over(partition_by=about, order_by=ProblemReport.id.desc()).label("place"),
            func.count().over(partition_by=about).label("total"),
        )
        .where(
            ProblemReport.created_at >= now - LOOKED_AT,
            ProblemReport.dismissed_at.is_(None),
            or_(ProblemReport.kind == ReportKind.STILL, ProblemReport.incident_id.is_(None)),
        )
        .subquery()
    )
    return (
        select(ranked, ProblemReport.created_at, ProblemReport.words)
        .join(ProblemReport, ProblemReport.id == ranked.c.id)
        .where(ranked.c.place <= most)
        .order_by(ranked.c.id.desc())
    )


def _known(session: Session, reader: Reader, about: Iterable[_About], now: datetime) -> _Known:
    components = {one for one, _ in about if one}
    incidents = {one for _, one in about if one}
    named = session.scalars(select(Component).where(Component.id.in_(components)))
    held = select(IncidentComponent.component_id, Incident).join(Incident, Incident.id == IncidentComponent.incident_id)
    held = held.where(
        IncidentComponent.component_id.in_(components), Incident.kind == IncidentKind.REAL, visible_to(reader)
    )
    going_on = held.where(or_(Incident.state.in_(OPEN_STATES), Incident.public_status.in_(_OPEN_FOR_CUSTOMERS)))
    ended = held.where(Incident.state.in_(_OVER), Incident.public_resolved_at >= now - REOPEN_WINDOW)
    ended = ended.where(Incident.public_status == PublicStatus.RESOLVED).order_by(Incident.public_resolved_at)
    over = dict(session.execute(ended).all())
    still = select(Incident).where(Incident.id.in_(incidents), visible_to(reader), Incident.state.in_(_OVER))
    over |= {incident.id: incident for incident in session.scalars(still)}
    going = dict(session.execute(going_on.order_by(Incident.id)).all())
    return _Known({one.id: one for one in named}, going, over)


def _group(
    about: _About, rows: Sequence[Row[*tuple[object, ...]]], known: _Known, limits: Threshold, now: datetime
) -> Group | None:
    """Return a group, or None for one about an incident that goes on again, or is not for this reader."""
    component_id, incident_id = about
    going_on = known.open.get(component_id) if component_id else None
    key = component_id or incident_id
    over = known.over.get(key) if key else None
    if incident_id and over is None:
        return None
    return Group(
        component=known.components[component_id] if component_id else None,
        still=incident_id is not None,
        count=rows[0].total,
        since=surge_at([row.created_at for row in rows], limits),
        suggestion=suggestion(going_on is not None, over.public_resolved_at if over else None, now),
        incident=going_on or over,
        newest=rows[0].id,
        sayings=tuple(Saying(row.created_at, row.words) for row in rows[:SHOWN]),
    )
