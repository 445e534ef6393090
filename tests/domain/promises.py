"""What stays true whatever happens to incidents and maintenance, in whatever order: looked at after every step."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.audit.models import AuditLine
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.incidents.enums import IncidentKind, IncidentState, PublicStatus
from statuspage.domain.incidents.models import Incident, Removal, Update
from statuspage.domain.incidents.queries import current_milestones, open_promises, public_incidents
from statuspage.domain.incidents.rules import ENDED_STATES, milestone_fault
from statuspage.domain.maintenance.models import Maintenance
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event, Publication
from statuspage.outbox.publications import newest_number
from statuspage.publish.facts.incidents import incident_fact

INSIDE = "zqinside"
_TOLD = (EventKind.INCIDENT_OPENED, EventKind.INCIDENT_UPDATED, EventKind.INCIDENT_RESOLVED)
Held = dict[uuid.UUID, ComponentStatus]


class Watch:
    """What was before an action, compared with what is after it."""

    NOTHING = object()
    """Returned by an action that found nothing to do."""

    def __init__(self) -> None:
        self._counts = (0, 0, 0)
        self._told: dict[uuid.UUID, tuple[PublicStatus | None, int]] = {}

    def before(self, session: Session) -> None:
        """Remember what there is."""
        self._counts, self._told = _counts(session), _told(session)

    def refused(self, session: Session) -> None:
        """A refusal leaves nothing behind."""
        assert _counts(session) == self._counts
        assert _told(session) == self._told

    def carried_out(self, session: Session, done: object) -> None:
        """Every change has its audit line; what customers are told changes with a public update alone."""
        (lines, events, number), now = self._counts, _counts(session)
        assert now[1] >= events and now[2] >= number
        if done is not self.NOTHING:
            assert now[0] > lines, f"nobody can read who did this: {done}"
        for incident, (status, said) in _told(session).items():
            status_before, said_before = self._told.get(incident, (None, 0))
            assert status_before is None or status is not None, "what was published became internal"
            if status is not status_before:
                assert said > said_before, "the public status moved without a public update"
        if isinstance(done, Removal) and done.update_id:
            words = [version.body + version.workaround for version in session.get_one(Update, done.update_id).versions]
            assert "Jane Doe" not in "".join(words)

    def look(self, session: Session, now: datetime) -> None:
        """Look at everything that has to be true between two actions."""
        _numbers_follow_each_other(session)
        incidents = session.scalars(sa.select(Incident).order_by(Incident.id)).all()
        intervals = session.scalars(sa.select(ImpactInterval).where(ImpactInterval.voided_at.is_(None))).all()
        promises = open_promises(session, [incident.id for incident in incidents])
        for incident in incidents:
            fault = milestone_fault(current_milestones(session, incident.id), now)
            assert fault is None, f"{incident.ref}: {fault}"
            _statuses_agree(incident)
            assert incident.publicly_open or incident.id not in promises, "a promise stands although it is over"
            _holds(intervals, (Cause.INCIDENT, incident.id), _wanted(incident), public=incident.public)
            _subscribers_are_told(session, incident)
            _internal_words_stay_inside(session, incident)
        for work in session.scalars(sa.select(Maintenance)):
            level = ComponentStatus.UNDER_MAINTENANCE
            wanted = {row.component_id: level for row in work.components} if work.running else {}
            _holds(intervals, (Cause.MAINTENANCE, work.id), wanted, public=True)
        _no_cause_counts_twice(intervals)


def _counts(session: Session) -> tuple[int, int, int]:
    lines = session.scalar(sa.select(sa.func.count()).select_from(AuditLine)) or 0
    events = session.scalar(sa.select(sa.func.count()).select_from(Event)) or 0
    return lines, events, newest_number(session)


def _told(session: Session) -> dict[uuid.UUID, tuple[PublicStatus | None, int]]:
    said = sa.select(sa.func.count()).where(Update.incident_id == Incident.id, Update.status.is_not(None))
    rows = session.execute(sa.select(Incident.id, Incident.public_status, said.scalar_subquery()))
    return {incident: (status, count) for incident, status, count in rows}


def _numbers_follow_each_other(session: Session) -> None:
    rows = session.execute(sa.select(Publication.number, Publication.at).order_by(Publication.number)).all()
    assert [number for number, _ in rows] == list(range(1, newest_number(session) + 1))
    assert all(first.at <= second.at for first, second in pairwise(rows))


def _statuses_agree(incident: Incident) -> None:
    assert (incident.public_resolved_at is not None) == (incident.public_status is PublicStatus.RESOLVED)
    assert not (incident.publicly_open and incident.state in ENDED_STATES), "customers wait for what has ended"
    assert (incident.merged_into_id is not None) == (incident.state is IncidentState.MERGED)
    if incident.kind is not IncidentKind.REAL and incident.kind is IncidentKind.DRILL:
        assert not incident.public


def _wanted(incident: Incident) -> Held:
    """Return what an incident is to hold: what was published of it, or what the team knows while it is internal."""
    if incident.kind is not IncidentKind.REAL:
        return {}
    levels = {row.component_id: row.published_status if incident.public else row.status for row in incident.components}
    return {key: level for key, level in levels.items() if level not in (None, ComponentStatus.OPERATIONAL)}


def _holds(intervals: Iterable[ImpactInterval], cause: tuple[Cause, uuid.UUID], wanted: Held, *, public: bool) -> None:
    held = [one for one in intervals if (one.cause, one.cause_id) == cause and one.ended_at is None]
    assert len(held) == len({one.component_id for one in held}), "one cause holds a component twice"
    assert {one.component_id: one.level for one in held} == wanted
    assert all(one.public is public for one in held)


def _no_cause_counts_twice(intervals: Sequence[ImpactInterval]) -> None:
    by_cause: dict[object, list[ImpactInterval]] = defaultdict(list)
    for one in intervals:
        assert one.ended_at is None or one.ended_at > one.started_at
        by_cause[one.component_id, one.cause, one.cause_id].append(one)
    for found in by_cause.values():
        for first, second in pairwise(sorted(found, key=lambda one: one.started_at)):
            assert first.ended_at is not None and first.ended_at <= second.started_at, "intervals of a cause overlap"


def _subscribers_are_told(session: Session, incident: Incident) -> None:
    for update in incident.updates:
        kinds = session.scalars(sa.select(Event.kind).where(Event.subject_id == update.id)).all()
        told = [kind for kind in kinds if kind in _TOLD]
        assert len(told) == (update.public and update.notify), f"{told} for an update of {update.status}"
        taken_back = update.public and update.notify and update.retracted_at is not None
        assert (EventKind.INCIDENT_RETRACTED in kinds) == taken_back


def _internal_words_stay_inside(session: Session, incident: Incident) -> None:
    found = public_incidents(session, [incident.id])
    assert len(found) == incident.public
    assert not any(INSIDE in repr(incident_fact(one)) for one in found)
