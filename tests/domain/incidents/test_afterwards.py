"""Cloning, entering afterwards, closing by the clock and several at once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.errors import Invalid
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.incidents.actions import (
    Ending,
    PastIncident,
    Resolution,
    cancel_incident,
    clone_incident,
    close_due,
    close_incidents,
    enter_past_incident,
    reopen_incident,
    resolve_incident,
)
from statuspage.domain.incidents.enums import Impact, IncidentState, MilestoneKind, PublicStatus, Severity
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import (
    EVERYTHING,
    anything_to_close,
    current_milestones,
    incident_by_ref,
    incidents_by_refs,
    open_public_incidents,
)
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from statuspage.outbox.publications import newest_number
from tests.domain import stage
from tests.kit.cast import affects, says
from tests.kit.clock import NOON, FrozenClock

MAJOR, PARTIAL = ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PARTIAL_OUTAGE


def before_noon(minutes: int) -> datetime:
    return NOON - timedelta(minutes=minutes)


PAST = PastIncident(
    title="Payments failed overnight",
    severity=Severity.SEV2,
    started_at=before_noon(300),
    components=affects(api=MAJOR),
    updates=(
        says("We look.", display_at=before_noon(290)),
        says("Found.", PublicStatus.IDENTIFIED, display_at=before_noon(280), components=affects(api=PARTIAL)),
        says("Over.", PublicStatus.RESOLVED, display_at=before_noon(240)),
    ),
)


def events(session: Session) -> list[EventKind]:
    return list(session.scalars(select(Event.kind)))


def intervals(session: Session) -> list[tuple[ComponentStatus, datetime, datetime | None, bool]]:
    rows = session.scalars(select(ImpactInterval).order_by(ImpactInterval.started_at))
    return [(row.level, row.started_at, row.ended_at, row.public) for row in rows]


def test_a_clone_has_the_words_and_components_and_tells_nobody(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    original = stage.outage(session, clock.now())
    resolve_incident(session, original, Resolution(body="Over."), by=stage.BEN, now=clock.advance(minutes=5))
    before = (newest_number(session), len(events(session)))
    clone = clone_incident(session, original, by=stage.BEN, now=clock.advance(days=1))
    assert (clone.title, clone.public_title, clone.severity) == ("Payments fail", "Payments fail", Severity.SEV2)
    assert (clone.public, clone.state) == (False, IncidentState.INVESTIGATING)
    assert [(row.component.slug, row.status) for row in clone.components] == [("api", PARTIAL)]
    assert (newest_number(session), len(events(session))) == before
    assert clone.ref != original.ref


def test_a_past_incident_is_public_at_its_own_times_and_silent(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = enter_past_incident(session, PAST, by=stage.BEN, now=clock.now())
    assert (incident.state, incident.public_status) == (IncidentState.RESOLVED, PublicStatus.RESOLVED)
    assert (incident.public_started_at, incident.public_resolved_at) == (before_noon(300), before_noon(240))
    said = [update.display_at for update in incident_by_ref(session, incident.ref, EVERYTHING).updates]
    assert said == [before_noon(240), before_noon(280), before_noon(290)]
    assert intervals(session) == [
        (MAJOR, before_noon(300), before_noon(280), True),
        (PARTIAL, before_noon(280), before_noon(240), True),
    ]
    assert events(session) == []
    assert open_public_incidents(session) == []
    assert current_milestones(session, incident.id)[MilestoneKind.RESOLVED] == before_noon(240)


def test_a_past_incident_tells_subscribers_once_when_asked(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    enter_past_incident(session, replace(PAST, notify=True), by=stage.BEN, now=clock.now())
    assert events(session) == [EventKind.INCIDENT_RESOLVED]


def test_one_word_is_enough_for_a_past_incident(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    past = replace(PAST, severity=Severity.SEV4, updates=PAST.updates[-1:])
    incident = enter_past_incident(session, past, by=stage.BEN, now=clock.now())
    assert intervals(session) == [(MAJOR, before_noon(300), before_noon(240), True)]
    assert incident.impact is Impact.CRITICAL


def test_a_past_incident_without_words_stays_inside(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    past = replace(PAST, updates=(), ended_at=before_noon(240))
    incident = enter_past_incident(session, past, by=stage.BEN, now=clock.now())
    assert (incident.public, incident.state) == (False, IncidentState.RESOLVED)
    assert intervals(session) == [(MAJOR, before_noon(300), before_noon(240), False)]


@pytest.mark.parametrize(
    ("past", "field"),
    [
        (replace(PAST, started_at=NOON + timedelta(hours=1)), "started_at"),
        (replace(PAST, updates=()), "ended_at"),
        (replace(PAST, updates=(), ended_at=before_noon(301)), "ended_at"),
        (replace(PAST, updates=PAST.updates[:-1]), "updates.1.display_at"),
        (replace(PAST, updates=PAST.updates[::-1]), "updates.0.display_at"),
        (replace(PAST, started_at=before_noon(285)), "updates.0.display_at"),
    ],
)
def test_impossible_times_are_named(session: Session, clock: FrozenClock, past: PastIncident, field: str) -> None:
    stage.components(session, clock.now())
    with pytest.raises(Invalid) as refusal:
        enter_past_incident(session, past, by=stage.BEN, now=clock.now())
    assert list(refusal.value.fields) == [field]


def test_what_was_resolved_closes_by_itself_after_seven_days(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    resolve_incident(session, incident, Resolution(body="Over."), by=stage.BEN, now=clock.now())
    soon = clock.advance(days=6)
    assert (anything_to_close(session, soon), close_due(session, soon)) == (False, 0)
    then = clock.advance(days=1)
    assert anything_to_close(session, then)
    assert (close_due(session, then), close_due(session, then)) == (1, 0)
    assert incident.state is IncidentState.CLOSED
    assert current_milestones(session, incident.id)[MilestoneKind.CLOSED] == then


def test_what_customers_see_as_open_stays_open(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    resolve_incident(session, incident, Resolution(), by=stage.BEN, now=clock.now())
    cancelled = stage.outage(session, clock.now(), public=False)
    cancel_incident(session, cancelled, Ending("Nothing"), by=stage.BEN, now=clock.now())
    assert close_due(session, clock.advance(days=30)) == 0


def test_the_seven_days_begin_anew_after_a_reopening(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    resolve_incident(session, incident, Resolution(body="Over."), by=stage.BEN, now=clock.advance(minutes=5))
    reopen_incident(session, incident, "Again", "It is back.", by=stage.BEN, now=clock.advance(days=5))
    again = clock.advance(days=1)
    resolve_incident(session, incident, Resolution(body="Over now."), by=stage.BEN, now=again)
    assert current_milestones(session, incident.id)[MilestoneKind.RESOLVED] == again
    assert close_due(session, clock.advance(days=6)) == 0
    assert close_due(session, clock.advance(days=1)) == 1


def test_several_are_closed_at_once_and_the_others_left(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    over, going_on = stage.outage(session, clock.now()), stage.outage(session, clock.now())
    resolve_incident(session, over, Resolution(body="Over."), by=stage.BEN, now=clock.now())
    found: list[Incident] = list(incidents_by_refs(session, [over.ref, going_on.ref, "INC-1999-0001"], EVERYTHING))
    left = close_incidents(session, found, "fixed", by=stage.BEN, now=clock.now())
    assert [incident.ref for incident in left] == [going_on.ref]
    assert (over.state, over.closure_code, going_on.state) == (
        IncidentState.CLOSED, "fixed", IncidentState.INVESTIGATING,
    )  # fmt: skip
