"""Rows of an incident from its course, as the domain's actions would have left them."""

import uuid
from datetime import datetime

from statuspage.cli.seed.courses import Course, Word
from statuspage.cli.seed.rows import Rows
from statuspage.domain.components.enums import Cause, ComponentStatus, Visibility
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.incidents.enums import (
    Category,
    IncidentKind,
    IncidentState,
    MilestoneKind,
    PublicStatus,
    ResolutionKind,
    Source,
)
from statuspage.domain.incidents.models import (
    ComponentChange,
    Incident,
    IncidentComponent,
    Milestone,
    Promise,
    Update,
    UpdateVersion,
)
from statuspage.domain.incidents.rules import impact_of, milestones_between, state_after

_CODES = ("config", "deploy", "provider", "hardware", "capacity")
_WORKAROUND = "Try again after some minutes; what was sent twice is counted once."


def write_incident(rows: Rows, course: Course, ref: str) -> "Scribe":
    """Add the rows of `course` and return who wrote them."""
    scribe = Scribe(rows, course, ref)
    for word in course.words:
        scribe.say(word)
    scribe.finish()
    return scribe


class Scribe:
    """Writes one incident word by word. `opening_id` is the first public update, None while there is none."""

    def __init__(self, rows: Rows, course: Course, ref: str) -> None:
        self.id = rows.chance.id_at(course.declared_at)
        self.opening_id: uuid.UUID | None = None
        self._rows, self._chance = rows, rows.chance
        self._course, self._ref = course, ref
        self._language = self._chance.language()
        self._service = course.places[0].service
        self._author = self._chance.one("people")
        self._state = IncidentState.INVESTIGATING
        self._status: PublicStatus | None = None
        self._level = course.level
        self._held_since = course.started_at
        self._opened_at: datetime | None = None
        self._changed_at = course.declared_at
        self._last_at = course.declared_at
        self._reached: set[MilestoneKind] = set()
        self._begin()

    def _begin(self) -> None:
        course = self._course
        self._mark(MilestoneKind.IMPACT_STARTED, course.started_at, course.declared_at)
        self._mark(MilestoneKind.DETECTED, course.detected_at, course.declared_at)
        self._mark(MilestoneKind.DECLARED, course.declared_at)
        if course.acknowledged_at:
            self._mark(MilestoneKind.ACKNOWLEDGED, course.acknowledged_at)
            self._record(course.acknowledged_at, "acknowledged")
        self._record(course.declared_at, "declared", severity=course.severity)

    def say(self, word: Word) -> None:
        """Add an update and what it moved."""
        said = self._update(word)
        if word.status:
            self._publish(word, word.status, said)
        elif word.state:
            self._move(word.state, word.at)
        self._word(said, word)
        self._last_at = max(self._last_at, word.at)
        status = word.status.value if word.status else None
        self._record(word.at, "update_posted", update=str(said), visibility=word.visibility.value, status=status)

    def _update(self, word: Word) -> uuid.UUID:
        return self._rows.add(
            Update,
            word.at,
            code=self._chance.code(),
            incident_id=self.id,
            visibility=word.visibility,
            status=word.status,
            state=word.state,
            notify=word.status is not None,
            display_at=word.at,
            created_at=word.at,
            published_at=word.at if word.status else None,
            author_name=self._author,
            retracted_at=word.retracted_at,
            retraction_reason="Meant for another incident." if word.retracted_at else "",
        )

    def _word(self, said: uuid.UUID, word: Word) -> None:
        kind = word.status.value if word.status else "note"
        versions = [(1, word.at, ""), (2, word.corrected_at, "A number was wrong.")]
        for number, at, reason in versions:
            if at:
                self._rows.add(
                    UpdateVersion,
                    at,
                    update_id=said,
                    number=number,
                    body=self._chance.body(kind, self._service, self._language),
                    reason=reason,
                    author_name=self._author,
                    created_at=at,
                )
                self._last_at = max(self._last_at, at)

    def _publish(self, word: Word, status: PublicStatus, said: uuid.UUID) -> None:
        if self.opening_id is None:
            self.opening_id, self._opened_at = said, word.at
            self._mark(MilestoneKind.FIRST_PUBLIC_UPDATE, word.at)
        self._status = status
        self._changed_at = max(self._changed_at, word.at, word.corrected_at or word.at, word.retracted_at or word.at)
        self._move(state_after(self._state, status), word.at)
        if word.promised_at:
            promise = {"incident_id": self.id, "update_id": said, "made_at": word.at, "due_at": word.promised_at}
            self._rows.add(Promise, word.at, **promise)
        if word.level:
            self._change(said, word.at, word.level)

    def _change(self, said: uuid.UUID, at: datetime, level: ComponentStatus) -> None:
        before = ComponentStatus.OPERATIONAL if said == self.opening_id else self._level
        for place in self._course.places:
            change = {"component_id": place.id, "old_status": before, "new_status": level}
            self._rows.add(ComponentChange, at, update_id=said, **change)
        if said != self.opening_id:
            self._hold(at)
        self._level = level

    def _hold(self, until: datetime | None) -> None:
        """Add the stretch at the level that stands, up to `until`; a drill holds nothing."""
        if self._course.kind is IncidentKind.REAL and self._level is not ComponentStatus.OPERATIONAL:
            for place in self._course.places:
                self._rows.add(
                    ImpactInterval,
                    self._held_since,
                    component_id=place.id,
                    level=self._level,
                    started_at=self._held_since,
                    ended_at=until,
                    public=self._course.public,
                    cause=Cause.INCIDENT,
                    cause_id=self.id,
                )
        self._held_since = until or self._held_since

    def _move(self, state: IncidentState, at: datetime) -> None:
        for kind in milestones_between(self._state, state):
            self._mark(kind, at)
        self._state = state

    def _mark(self, kind: MilestoneKind, at: datetime, recorded_at: datetime | None = None) -> None:
        if kind not in self._reached:
            self._reached.add(kind)
            written = {"kind": kind, "at": at, "recorded_at": recorded_at or at, "recorded_by": self._author}
            self._rows.add(Milestone, recorded_at or at, incident_id=self.id, **written)

    def _record(self, at: datetime, deed: str, **details: object) -> None:
        self._rows.record(at, f"incident.{deed}", ("incident", self.id), **details)

    def finish(self) -> None:
        """Add the end of the story, as far as it has come, and the incident itself."""
        course = self._course
        if course.ended_at is None:
            self._hold(None)
        else:
            if not course.public:
                self._hold(course.ended_at)
                self._level = ComponentStatus.OPERATIONAL
            self._move(IncidentState.RESOLVED, course.ended_at)
            self._record(course.ended_at, "resolved", public=course.public)
            self._last_at = max(self._last_at, course.ended_at)
        if course.closed_at:
            self._move(IncidentState.CLOSED, course.closed_at)
            self._record(course.closed_at, "closed")
            self._last_at = course.closed_at
        for place in course.places:
            named = {"incident_id": self.id, "component_id": place.id, "status": self._level}
            published = self._level if course.public else None
            self._rows.add(IncidentComponent, course.declared_at, **named, published_status=published)
        self._incident()

    def _incident(self) -> None:
        course, chance = self._course, self._chance
        title = chance.title(self._service)
        self._rows.add(
            Incident,
            course.declared_at,
            id=self.id,
            ref=self._ref,
            code=chance.code(),
            title=title,
            public_title=title if course.public else None,
            kind=course.kind,
            category=chance.choice(list(Category)),
            source=chance.choice(list(Source)),
            severity=course.severity,
            severity_initial=course.severity,
            severity_peak=course.severity,
            impact=impact_of(course.severity, [course.level]),
            state=self._state,
            visibility=Visibility.PUBLIC if course.public else Visibility.INTERNAL,
            restricted=course.restricted,
            public_status=self._status,
            published_at=self._opened_at,
            public_changed_at=self._changed_at if course.public else None,
            public_started_at=course.started_at if course.public else None,
            public_resolved_at=course.ended_at if course.public else None,
            workaround=f"Try again after {chance.randint(2, 20)} minutes."
            if course.public and chance.happens(0.2)
            else "",
            resolution_kind=chance.choice(list(ResolutionKind)) if course.ended_at else None,
            closure_code=chance.choice(_CODES) if course.closed_at else "",
            created_at=course.declared_at,
            updated_at=self._last_at,
        )
