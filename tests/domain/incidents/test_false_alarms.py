"""Closing what turned out to be nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.components.queries import current_statuses, public_intervals
from statuspage.domain.incidents.actions import (
    Ending,
    IncidentDraft,
    Resolution,
    close_as_false_alarm,
    declare_incident,
    reopen_incident,
    resolve_incident,
)
from statuspage.domain.incidents.enums import IncidentKind, IncidentState, MilestoneKind, PublicStatus, Severity
from statuspage.domain.incidents.queries import current_milestones
from statuspage.outbox.models import Event
from statuspage.outbox.publications import newest_number
from tests.domain import stage
from tests.kit.clock import FrozenClock

NOTICE = Ending("The probe was wrong", "There was no fault: a check of ours was wrong.")


def test_a_public_false_alarm_is_closed_with_a_notice_and_leaves_uptime(session: Session, clock: FrozenClock) -> None:
    parts = stage.components(session, clock.now())
    begun = clock.now()
    incident = stage.outage(session, begun)
    ended = clock.advance(minutes=20)
    close_as_false_alarm(session, incident, NOTICE, by=stage.BEN, now=ended)
    found = (incident.kind, incident.state, incident.public_status)
    assert found == (IncidentKind.FALSE_ALARM, IncidentState.CLOSED, PublicStatus.RESOLVED)
    assert public_intervals(session, [parts["api"].id], begun, ended) == {}
    assert current_statuses(session) == {}
    assert session.scalars(select(ImpactInterval.voided_at)).all() == [ended], "the row stays, and counts nowhere"
    assert current_milestones(session, incident.id)[MilestoneKind.CLOSED] == ended
    actions = [line.action for line in lines_about(session, "incident", incident.id)]
    assert {"incident.false_alarm", "interval.voided"} <= set(actions)


def test_without_a_notice_what_customers_read_is_not_closed(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    with pytest.raises(Invalid) as refusal:
        close_as_false_alarm(session, incident, Ending("Wrong probe"), by=stage.BEN, now=clock.now())
    assert "body" in refusal.value.fields


def test_an_internal_false_alarm_tells_nobody(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now(), public=False)
    before = newest_number(session)
    close_as_false_alarm(session, incident, Ending("Wrong probe"), by=stage.BEN, now=clock.advance(minutes=5))
    assert (incident.state, incident.kind) == (IncidentState.CLOSED, IncidentKind.FALSE_ALARM)
    assert current_statuses(session, public_only=False) == {}
    assert (newest_number(session), session.scalars(select(Event)).all()) == (before, [])


def test_what_was_resolved_may_still_prove_false(session: Session, clock: FrozenClock) -> None:
    parts = stage.components(session, clock.now())
    begun = clock.now()
    incident = stage.outage(session, begun)
    resolve_incident(session, incident, Resolution(body="Over."), by=stage.BEN, now=clock.advance(minutes=5))
    close_as_false_alarm(session, incident, NOTICE, by=stage.BEN, now=clock.advance(minutes=5))
    assert public_intervals(session, [parts["api"].id], begun, clock.now()) == {}


def test_a_false_alarm_is_final(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    close_as_false_alarm(session, incident, NOTICE, by=stage.BEN, now=clock.advance(minutes=1))
    for again in (
        lambda: close_as_false_alarm(session, incident, NOTICE, by=stage.BEN, now=clock.now()),
        lambda: reopen_incident(session, incident, "After all", by=stage.BEN, now=clock.now()),
    ):
        with pytest.raises(Conflict):
            again()


def test_a_drill_is_no_false_alarm(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    draft = IncidentDraft("Drill", Severity.SEV2, kind=IncidentKind.DRILL)
    drill = declare_incident(session, draft, by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        close_as_false_alarm(session, drill, Ending("Over"), by=stage.BEN, now=clock.now())


def test_nobody_declares_a_false_alarm(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    draft = IncidentDraft("X", Severity.SEV2, kind=IncidentKind.FALSE_ALARM)
    with pytest.raises(Invalid):
        declare_incident(session, draft, by=stage.BEN, now=clock.now())
