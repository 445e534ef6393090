"""One mail to who left an address, "fixed, or still broken?", and forgetting: duties of the worker.

It goes out when the incident a report was attached to is over, or the next incident on its component. The address moves
into the mail's delivery and is emptied there, too, as soon as the mail has left or been given up.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Update, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from statuspage.core.db import new_id
from statuspage.domain.components.enums import Visibility
from statuspage.domain.feedback.models import ProblemReport
from statuspage.domain.feedback.rules import REPORTS_KEPT
from statuspage.domain.incidents.enums import IncidentState, PublicStatus
from statuspage.domain.incidents.models import Incident, IncidentComponent
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Delivery, Event

AT_ONCE = 500
_WAITING = (ProblemReport.address != "", ProblemReport.follow_up_id.is_(None))


def ask_back(session: Session, now: datetime) -> int:
    """Have those asked whose incident is over, and forget the addresses of those who were; return how many are asked.

    Every report is asked about once: let one worker at a time do this.
    """
    _follow_merges(session)
    found = dict(_due(session))
    due: dict[uuid.UUID, list[uuid.UUID]] = {}
    for report_id, incident_id in found.items():
        due.setdefault(incident_id, []).append(report_id)
    for incident_id, reports in due.items():
        event = emit(session, EventKind.REPORT_FOLLOW_UP, new_id(), now, payload={"incident": str(incident_id)})
        asked = update(ProblemReport).where(ProblemReport.id.in_(reports), *_WAITING)
        _carry_out(session, asked.values(follow_up_id=event.subject_id, incident_id=incident_id))
    _forget_addresses(session)
    return len(found)


def anything_to_ask_or_forget(session: Session) -> bool:
    """Tell whether an address is kept of somebody who reported something; reads only."""
    kept = select(ProblemReport.id).where(ProblemReport.address != "").limit(1)
    return session.scalar(kept) is not None or session.scalar(_carried().limit(1)) is not None


def _follow_merges(session: Session) -> None:
    """An incident that continues in another one is not over: its reports wait for the other."""
    merged = select(Incident.id).where(Incident.state == IncidentState.MERGED)
    into = select(Incident.merged_into_id).where(Incident.id == ProblemReport.incident_id).scalar_subquery()
    moved = update(ProblemReport).where(*_WAITING, ProblemReport.incident_id.in_(merged))
    _carry_out(session, moved.values(incident_id=into))


def _over() -> ColumnElement[bool]:
    public = and_(Incident.visibility == Visibility.PUBLIC, Incident.public_status == PublicStatus.RESOLVED)
    inside = and_(
        Incident.visibility == Visibility.INTERNAL, Incident.state.in_((IncidentState.RESOLVED, IncidentState.CLOSED))
    )
    return and_(or_(public, inside), Incident.state != IncidentState.MERGED)


def _due(session: Session) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
    for query in (_attached(), _on_component()):
        yield from session.execute(query)


def _attached() -> Select[uuid.UUID, uuid.UUID]:
    query = select(ProblemReport.id, Incident.id).join(Incident, Incident.id == ProblemReport.incident_id)
    return query.where(*_WAITING, _over()).order_by(ProblemReport.id).limit(AT_ONCE)


def _on_component() -> Select[uuid.UUID, uuid.UUID]:
    """Reports nobody attached, with an incident on their component that customers were told is over since."""
    query = (
        select(ProblemReport.id, Incident.id)
        .join(IncidentComponent, IncidentComponent.component_id == ProblemReport.component_id)
        .join(Incident, Incident.id == IncidentComponent.incident_id)
        .where(
            *_WAITING,
            ProblemReport.incident_id.is_(None),
            IncidentComponent.published_status.is_not(None),
            Incident.visibility == Visibility.PUBLIC,
            Incident.public_resolved_at > ProblemReport.created_at,
            _over(),
        )
    )
    return query.order_by(ProblemReport.id).limit(AT_ONCE)


def _forget_addresses(session: Session) -> None:
    """Empty the addresses that a mail carries now, and in mails those of the mails that are finished."""
    expanded = select(Event.subject_id).where(Event.kind == EventKind.REPORT_FOLLOW_UP, Event.expanded_at.is_not(None))
    asked = update(ProblemReport).where(ProblemReport.address != "", ProblemReport.follow_up_id.in_(expanded))
    _carry_out(session, asked.values(address=""))
    left = update(Delivery).where(Delivery.id.in_(_carried()), Delivery.finished_at.is_not(None))
    _carry_out(session, left.values(address="", receipt="", last_error=""))


def _carried() -> Select[uuid.UUID]:
    """Deliveries that still hold an address."""
    query = select(Delivery.id).join(Event, Event.id == Delivery.event_id)
    return query.where(Event.kind == EventKind.REPORT_FOLLOW_UP, Delivery.address != "")


def forget_reports(session: Session, now: datetime) -> None:
    """Delete reports older than thirty days, with the addresses in them."""
    session.execute(delete(ProblemReport).where(ProblemReport.created_at < now - REPORTS_KEPT))


def _carry_out(session: Session, change: Update) -> None:
    session.execute(change.execution_options(synchronize_session=False))
