"""Reports one after the other, for the list, the file and the API."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from statuspage.domain.components.models import Component
from statuspage.domain.feedback.enums import Handling, ReportKind
from statuspage.domain.feedback.models import ProblemReport
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries.readers import Reader, visible_to

_HANDLED: dict[Handling, ColumnElement[bool]] = {
    Handling.NEW: and_(ProblemReport.incident_id.is_(None), ProblemReport.dismissed_at.is_(None)),
    Handling.ATTACHED: and_(ProblemReport.incident_id.is_not(None), ProblemReport.dismissed_at.is_(None)),
    Handling.DISMISSED: ProblemReport.dismissed_at.is_not(None),
}


@dataclass(frozen=True)
class ReportFilter:
    """What the list is narrowed to; None and "" do not narrow. `component` is a slug, `incident` a ref, `search` a part
    of the words."""

    component: str = ""
    incident: str = ""
    kind: ReportKind | None = None
    handling: Handling | None = None
    search: str = ""


def reports_page(
    session: Session, reader: Reader, wanted: ReportFilter, *, before: uuid.UUID | None = None, limit: int = 50
) -> Sequence[ProblemReport]:
    """Return reports newest first with component and incident: at most `limit`, older than the id `before`.

    What is part of an incident that is not for `reader` is left out.
    """
    query = (
        select(ProblemReport)
        .join(ProblemReport.incident, isouter=True)
        .where(or_(ProblemReport.incident_id.is_(None), visible_to(reader)), *_narrowed(wanted))
        .options(joinedload(ProblemReport.component), joinedload(ProblemReport.incident))
        .order_by(ProblemReport.id.desc())
        .limit(limit)
    )
    if before:
        query = query.where(ProblemReport.id < before)
    return session.scalars(query).all()


def _narrowed(wanted: ReportFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.component:
        named = select(Component.id).where(Component.slug == wanted.component)
        found.append(ProblemReport.component_id.in_(named))
    if wanted.incident:
        found.append(Incident.ref == wanted.incident.upper())
    if wanted.kind:
        found.append(ProblemReport.kind == wanted.kind)
    if wanted.handling:
        found.append(_HANDLED[wanted.handling])
    if wanted.search:
        found.append(ProblemReport.words.icontains(wanted.search, autoescape=True))
    return found
