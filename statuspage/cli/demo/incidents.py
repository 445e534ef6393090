"""Playing an incident: its declaration and each of its steps, through the same actions as panel and API."""

from collections.abc import Callable
from datetime import datetime, timedelta

from statuspage.cli.demo.stage import Beat, Stage
from statuspage.cli.demo.story import Deed, Impacts, Step, ToldIncident
from statuspage.domain.incidents.actions import (
    ComponentImpact,
    Correction,
    IncidentChange,
    IncidentDraft,
    Resolution,
    UpdateDraft,
    acknowledge,
    change_incident,
    close_incident,
    correct_update,
    declare_incident,
    post_update,
    resolve_incident,
    retract_update,
)
from statuspage.domain.incidents.enums import UpdateVisibility
from statuspage.domain.incidents.models import Incident, Update
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref


def incident_beats(stage: Stage, told: ToldIncident) -> list[Beat]:
    """Return what happens in an incident and when."""
    declared = stage.instant(told)
    player = _Player(stage, told)
    said_at_once = told.steps[0].do == "say" and not told.steps[0].after
    opening = told.steps[0] if said_at_once else None
    beats = [Beat(declared, lambda now: player.declare(opening, now))]
    later = told.steps[1:] if said_at_once else told.steps
    beats += [player.beat(step, declared + timedelta(minutes=step.after)) for step in later]
    return [beat for beat in beats if beat.at <= stage.now]


def _impacts(impacts: Impacts) -> tuple[ComponentImpact, ...]:
    return tuple(ComponentImpact(slug, status) for slug, status in impacts.items())


class _Player:
    def __init__(self, stage: Stage, told: ToldIncident) -> None:
        self.stage, self.told = stage, told
        self.session = stage.session
        self.ref = ""
        self.deeds: dict[Deed, Callable[[Incident, Step, datetime], object]] = {
            "say": self._say,
            "note": self._note,
            "state": self._state,
            "acknowledge": self._acknowledge,
            "correct": self._correct,
            "retract": self._retract,
            "resolve": self._resolve,
            "close": self._close,
        }

    def declare(self, opening: Step | None, now: datetime) -> None:
        told = self.told
        started = None if told.impact_before is None else now - timedelta(minutes=told.impact_before)
        draft = IncidentDraft(
            title=told.title,
            public_title=told.public_title,
            severity=told.severity,
            kind=told.kind,
            category=told.category,
            source=told.source,
            components=_impacts(told.components),
            impact_started_at=started,
            detected_at=now - timedelta(minutes=told.detected_before),
            update=self._words(opening, now) if opening else None,
        )
        self.ref = declare_incident(self.session, draft, by=self.stage.cast[told.by], now=now).ref

    def beat(self, step: Step, at: datetime) -> Beat:
        return Beat(at, lambda now: self._carry_out(step, now))

    def _carry_out(self, step: Step, now: datetime) -> None:
        incident = incident_by_ref(self.session, self.ref, EVERYTHING)
        self.deeds[step.do](incident, step, now)

    def _words(self, step: Step, now: datetime) -> UpdateDraft:
        return UpdateDraft(
            body=step.body,
            status=step.status,
            components=_impacts(step.components),
            next_update_at=now + timedelta(minutes=step.next_update) if step.next_update else None,
            workaround=step.workaround,
            notify=self.told.notify,
        )

    def _say(self, incident: Incident, step: Step, now: datetime) -> None:
        post_update(self.session, incident, self._words(step, now), by=self.stage.cast[step.by], now=now)

    def _note(self, incident: Incident, step: Step, now: datetime) -> None:
        draft = UpdateDraft(body=step.body, visibility=UpdateVisibility.INTERNAL_NOTE)
        post_update(self.session, incident, draft, by=self.stage.cast[step.by], now=now)

    def _state(self, incident: Incident, step: Step, now: datetime) -> None:
        draft = UpdateDraft(body=step.body, visibility=UpdateVisibility.INTERNAL_STATUS, state=step.state)
        post_update(self.session, incident, draft, by=self.stage.cast[step.by], now=now)

    def _acknowledge(self, incident: Incident, step: Step, now: datetime) -> None:
        acknowledge(self.session, incident, None, by=self.stage.cast[step.by], now=now)

    def _correct(self, incident: Incident, step: Step, now: datetime) -> None:
        correction = Correction(body=step.body, reason=step.reason)
        correct_update(self.session, _last_said(incident), correction, by=self.stage.cast[step.by], now=now)

    def _retract(self, incident: Incident, step: Step, now: datetime) -> None:
        retract_update(self.session, _last_said(incident), step.reason, by=self.stage.cast[step.by], now=now)

    def _resolve(self, incident: Incident, step: Step, now: datetime) -> None:
        ended = Resolution(kind=step.resolution, text=step.body)
        resolve_incident(self.session, incident, ended, by=self.stage.cast[step.by], now=now)

    def _close(self, incident: Incident, step: Step, now: datetime) -> None:
        by = self.stage.cast[step.by]
        change_incident(self.session, incident, IncidentChange(resolution_kind=step.resolution), by=by, now=now)
        close_incident(self.session, incident, step.code, step.body, by=by, now=now)


def _last_said(incident: Incident) -> Update:
    return next(update for update in incident.updates if update.public)
