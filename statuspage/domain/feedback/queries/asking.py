"""What a stranger's answer is about. Only what is public is found."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from statuspage.domain.components.enums import Visibility
from statuspage.domain.feedback.models import ProblemReport
from statuspage.domain.feedback.rules import ASKED_FOR, STILL_FOR
from statuspage.domain.incidents.enums import UpdateVisibility
from statuspage.domain.incidents.models import Incident, Update


@dataclass(frozen=True)
class Asked:
    """The incident or update an answer is about; `code` is the incident's, `resolved_at` its end for customers."""

    id: uuid.UUID
    code: str
    resolved_at: datetime | None


def incident_asked(session: Session, code: str) -> Asked | None:
    """Return the public incident with this code, or None."""
    query = select(Incident.id, Incident.code, Incident.public_resolved_at)
    query = query.where(Incident.code == code, Incident.visibility == Visibility.PUBLIC)
    found = session.execute(query).first()
    return Asked(*found) if found else None


def update_asked(session: Session, code: str) -> Asked | None:
    """Return the public update with this code that was not withdrawn, or None."""
    query = (
        select(Update.id, Incident.code, Incident.public_resolved_at)
        .join(Incident, Incident.id == Update.incident_id)
        .where(
            Update.code == code,
            Update.visibility == UpdateVisibility.PUBLIC,
            Update.retracted_at.is_(None),
            Incident.visibility == Visibility.PUBLIC,
        )
    )
    found = session.execute(query).first()
    return Asked(*found) if found else None


def codes_asked_anew(session: Session, since: datetime | None, now: datetime) -> set[str]:
    """Return the codes of public incidents whose readers are asked something else at `now` than at `since`; without
    `since`, of all whose questions still change by the clock."""
    resolved = Incident.public_resolved_at
    spans = (
        [resolved > now - ASKED_FOR]
        if since is None
        else [and_(resolved > since - span, resolved <= now - span) for span in (STILL_FOR, ASKED_FOR)]
    )
    return set(session.scalars(select(Incident.code).where(Incident.visibility == Visibility.PUBLIC, or_(*spans))))


def report_or_none(session: Session, report_id: uuid.UUID) -> ProblemReport | None:
    """Return a report whose sender was asked "fixed, or still broken?", or None when there is none any more."""
    found = session.get(ProblemReport, report_id)
    return found if found and found.follow_up_id else None
