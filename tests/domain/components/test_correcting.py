"""Correcting impact intervals afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.correcting import IntervalCorrection, correct_interval, void_interval
from statuspage.domain.components.enums import ComponentStatus as S
from statuspage.domain.components.models import Component, ImpactInterval
from statuspage.domain.components.queries import public_intervals
from statuspage.domain.components.rules import Stretch, correction_fault
from statuspage.outbox.publications import newest_number, publications_since
from tests.domain import stage
from tests.kit.clock import FrozenClock

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHY = "The alert came late"


def stretch(start: int, end: int | None, level: S = S.MAJOR_OUTAGE) -> Stretch:
    """From and to are minutes before noon."""
    return Stretch(level, NOON - timedelta(minutes=start), None if end is None else NOON - timedelta(minutes=end))


@pytest.mark.parametrize(
    ("stood", "wanted", "others", "field"),
    [
        (stretch(60, 30), stretch(70, 30), [], None),
        (stretch(60, 30), stretch(60, 20), [], None),
        (stretch(60, 30), stretch(60, 30, S.PARTIAL_OUTAGE), [], None),
        (stretch(60, 30), stretch(60, 30), [], "started_at"),
        (stretch(60, 30), stretch(60, 30, S.OPERATIONAL), [], "level"),
        (stretch(60, 30), stretch(30, 60), [], "ended_at"),
        (stretch(60, 30), stretch(30, 30), [], "ended_at"),
        (stretch(60, 30), stretch(60, None), [], "ended_at"),
        (stretch(60, 30), stretch(60, -1), [], "ended_at"),
        (stretch(60, 30), stretch(-1, -2), [], "started_at"),
        (stretch(60, None), stretch(90, None), [], None),
        (stretch(60, None), stretch(60, 10), [], "ended_at"),
        (stretch(60, None), stretch(60, None, S.PARTIAL_OUTAGE), [], "level"),
        (stretch(60, 30), stretch(90, 30), [stretch(120, 80)], "started_at"),
        (stretch(60, 30), stretch(90, 30), [stretch(120, 90)], None),
        (stretch(60, 30), stretch(60, 10), [stretch(20, None)], "started_at"),
        (stretch(60, None), stretch(90, None), [stretch(100, 80)], "started_at"),
    ],
)
def test_what_may_be_corrected(stood: Stretch, wanted: Stretch, others: list[Stretch], field: str | None) -> None:
    fault = correction_fault(stood, wanted, others, NOON)
    assert (fault[0] if fault else None) == field


@pytest.fixture
def api(session: Session, clock: FrozenClock) -> Component:
    """API was down for half an hour, and slow since."""
    component = stage.components(session, clock.now())["api"]
    set_manual_status(session, "api", S.MAJOR_OUTAGE, by=stage.BEN, now=clock.now())
    set_manual_status(session, "api", S.DEGRADED_PERFORMANCE, by=stage.BEN, now=clock.advance(minutes=30))
    clock.advance(minutes=10)
    return component


def intervals(session: Session) -> list[ImpactInterval]:
    return list(session.scalars(select(ImpactInterval).order_by(ImpactInterval.id)))


def test_a_correction_moves_the_interval_and_keeps_the_old_values(
    session: Session, clock: FrozenClock, api: Component
) -> None:
    down = intervals(session)[0]
    old, begin = down.started_at, down.started_at - timedelta(minutes=20)
    before = newest_number(session)
    wanted = IntervalCorrection(WHY, started_at=begin, level=S.PARTIAL_OUTAGE)
    correct_interval(session, api, down, wanted, by=stage.BEN, now=clock.now())
    assert (down.started_at, down.level) == (begin, S.PARTIAL_OUTAGE)
    line = lines_about(session, "component", api.id)[0]
    assert (line.action, line.details["reason"]) == ("interval.corrected", WHY)
    assert line.details["were"]["level"] == "major_outage"
    assert line.details["were"]["started_at"] == old.isoformat().replace("+00:00", "Z")
    assert publications_since(session, before)[-1].touches == ["component:api", "site"]


def test_a_correction_needs_a_reason_and_may_not_overlap(session: Session, clock: FrozenClock, api: Component) -> None:
    down, _slow = intervals(session)
    for wanted, field in [
        (IntervalCorrection("", started_at=clock.now() - timedelta(hours=3)), "reason"),
        (IntervalCorrection(WHY, ended_at=clock.now()), "started_at"),
        (IntervalCorrection(WHY, ended_at=down.started_at), "ended_at"),
    ]:
        with pytest.raises(Invalid) as refusal:
            correct_interval(session, api, down, wanted, by=stage.BEN, now=clock.now())
        assert list(refusal.value.fields) == [field]


def test_a_stale_or_voided_interval_is_not_corrected(session: Session, clock: FrozenClock, api: Component) -> None:
    down = intervals(session)[0]
    late = IntervalCorrection(WHY, started_at=down.started_at - timedelta(hours=1), seen_version=down.version + 1)
    with pytest.raises(Conflict):
        correct_interval(session, api, down, late, by=stage.BEN, now=clock.now())
    void_interval(session, api, down, WHY, by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        void_interval(session, api, down, WHY, by=stage.BEN, now=clock.now())


def test_a_voided_interval_stays_and_counts_nowhere(session: Session, clock: FrozenClock, api: Component) -> None:
    down, slow = intervals(session)
    void_interval(session, api, down, WHY, by=stage.BEN, now=clock.now())
    day = timedelta(days=1)
    assert public_intervals(session, [api.id], clock.now() - day, clock.now() + day) == {api.id: [slow]}
    assert lines_about(session, "component", api.id)[0].action == "interval.voided"
    wider = IntervalCorrection(WHY, started_at=down.started_at)
    correct_interval(session, api, slow, wider, by=stage.BEN, now=clock.now())
    assert slow.started_at == down.started_at


def test_what_goes_on_cannot_be_voided(session: Session, clock: FrozenClock, api: Component) -> None:
    with pytest.raises(Conflict):
        void_interval(session, api, intervals(session)[1], WHY, by=stage.BEN, now=clock.now())


def test_an_incident_knows_of_corrections_of_its_impact(session: Session, clock: FrozenClock) -> None:
    found = stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    interval = intervals(session)[0]
    clock.advance(minutes=5)
    wanted = IntervalCorrection(WHY, started_at=interval.started_at - timedelta(hours=1))
    correct_interval(session, found["api"], interval, wanted, by=stage.BEN, now=clock.now())
    assert lines_about(session, "incident", incident.id)[0].action == "interval.corrected"
