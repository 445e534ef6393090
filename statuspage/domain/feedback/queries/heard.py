"""What readers said about one incident: reports, answers, counts."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, raiseload

from statuspage.domain.feedback.enums import Question, ReportKind, Verdict
from statuspage.domain.feedback.models import IncidentVotes, ProblemReport, UpdateVotes
from statuspage.domain.incidents.models import Incident, Update

NEWEST = 20
Word = TypeVar("Word")


@dataclass(frozen=True)
class Count:
    """How many said yes and how many no."""

    yes: int
    no: int


@dataclass(frozen=True)
class Heard:
    """What readers said about an incident. Reports are counted as long as they are kept; `newest` are the newest few,
    `verdicts` what those answered who were asked whether it is fixed."""

    helpful: Mapping[uuid.UUID, Count]
    soon: Mapping[Question, Count]
    reports: Mapping[ReportKind, int]
    verdicts: Mapping[Verdict, int]
    newest: Sequence[ProblemReport]

    def __bool__(self) -> bool:
        """Tell whether anybody said anything."""
        return any((self.helpful, self.soon, self.reports, self.verdicts))


def heard_of(session: Session, incident: Incident) -> Heard:
    """Return what readers said about an incident. Five queries, whatever the number of reports."""
    helpful = select(UpdateVotes).join(Update, Update.id == UpdateVotes.update_id)
    helpful = helpful.where(Update.incident_id == incident.id)
    soon = select(IncidentVotes).where(IncidentVotes.incident_id == incident.id)
    about = select(ProblemReport).where(ProblemReport.incident_id == incident.id)
    newest = about.order_by(ProblemReport.id.desc()).limit(NEWEST).options(raiseload("*"))
    return Heard(
        helpful={row.update_id: Count(row.yes, row.no) for row in session.scalars(helpful)},
        soon={row.question: Count(row.yes, row.no) for row in session.scalars(soon)},
        reports=dict(session.execute(_counted(incident, ProblemReport.kind)).all()),
        verdicts={said: count for said, count in session.execute(_counted(incident, ProblemReport.verdict)) if said},
        newest=session.scalars(newest).all(),
    )


def _counted(incident: Incident, column: InstrumentedAttribute[Word]) -> Select[Word, int]:
    return select(column, func.count()).where(ProblemReport.incident_id == incident.id).group_by(column)
