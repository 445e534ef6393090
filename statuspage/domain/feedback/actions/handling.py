"""What staff do with reports: put them aside, make them part of an incident, say how many are many."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import new_id
from statuspage.core.errors import Conflict, Invalid, NotFound
from statuspage.domain.feedback.enums import ReportKind
from statuspage.domain.feedback.models import ProblemReport, ReportRules
from statuspage.domain.feedback.queries import threshold
from statuspage.domain.feedback.rules import Threshold
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.rules import OPEN_STATES


@dataclass(frozen=True)
class About:
    """A group of reports as somebody saw it: on a component, or `still` under an incident, or (both None) on nothing
    named. `newest` is the newest report in it: what came later is not touched."""

    newest: uuid.UUID
    component_id: uuid.UUID | None = None
    still_in: uuid.UUID | None = None

    @property
    def subject(self) -> tuple[str, uuid.UUID]:
        """What an audit line about the group is about."""
        if self.still_in:
            return "incident", self.still_in
        return ("component", self.component_id) if self.component_id else ("site", new_id())


def _members(about: About) -> list[ColumnElement[bool]]:
    still = about.still_in is not None
    return [
        ProblemReport.kind == (ReportKind.STILL if still else ReportKind.PROBLEM),
        ProblemReport.incident_id == about.still_in if still else ProblemReport.incident_id.is_(None),
        ProblemReport.component_id.is_not_distinct_from(about.component_id),
        ProblemReport.dismissed_at.is_(None),
        ProblemReport.id <= about.newest,
    ]


def _change(session: Session, about: About, **values: object) -> int:
    change = update(ProblemReport).where(*_members(about)).values(**values)
    done = session.execute(change.execution_options(synchronize_session=False))
    return cast(CursorResult[Any], done).rowcount


def dismiss_reports(session: Session, about: About, *, by: Actor, now: datetime) -> int:
    """Put a group of reports aside and return how many. They stay in the list; addresses in them are forgotten."""
    count = _change(session, about, dismissed_at=now, address="")
    record(session, by, "reports.dismissed", about.subject, now, count=count)
    return count


def attach_reports(session: Session, about: About, incident: Incident, *, by: Actor, now: datetime) -> int:
    """Make a group of reports part of an open incident and return how many. When it is resolved, those who left an
    address are asked whether it is fixed.

    Raises `Conflict` when the incident is over.
    """
    if incident.state not in OPEN_STATES and not incident.publicly_open:
        raise Conflict(f"{incident.ref} is {incident.state}. Reopen it first, or declare a new one.")
    count = _change(session, about, incident_id=incident.id)
    record(session, by, "reports.attached", ("incident", incident.id), now, count=count)
    return count


def delete_report(session: Session, report_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Forget one report at once, for who asks for it or wrote what must not be kept. Raises `NotFound`."""
    found = session.get(ProblemReport, report_id)
    if found is None:
        raise NotFound("This report is gone already.")
    session.delete(found)
    record(session, by, "reports.deleted", ("report", report_id), now)


def change_threshold(
    session: Session, wanted: Threshold, *, seen: Threshold | None = None, by: Actor, now: datetime
) -> Threshold:
    """Change how many reports suggest something. Raises `Invalid` by field, or `Conflict` when it is no longer what the
    author saw."""
    stands = threshold(session)
    if seen is not None and seen != stands:
        raise Conflict("Somebody changed this meanwhile. Compare, then save again.", theirs=stands, yours=wanted)
    if faults := wanted.faults():
        raise Invalid(faults)
    row = session.get(ReportRules, 1) or ReportRules(id=1)
    row.reports, row.minutes = wanted.reports, wanted.minutes
    session.add(row)
    session.flush()
    record(
        session, by, "reports.threshold_changed", ("site", new_id()), now,
        reports=[stands.reports, wanted.reports], minutes=[stands.minutes, wanted.minutes],
    )  # fmt: skip
    return wanted
