"""Work that repeats: maintenances of their own, made ahead."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.actions import archive_component
from statuspage.domain.maintenance.actions import (
    MaintenanceDraft,
    cancel_maintenance,
    extend_series,
    plan_series,
    stop_series,
)
from statuspage.domain.maintenance.models import Maintenance
from statuspage.outbox.models import Event
from tests.domain import stage
from tests.kit.clock import FrozenClock

WEEK = timedelta(days=7)
RULE = "FREQ=WEEKLY;COUNT=8"


def series(session: Session, clock: FrozenClock, rule: str = RULE) -> Maintenance:
    """Two hours on Mail every week, the first tomorrow."""
    stage.components(session, clock.now())
    begin = clock.now() + timedelta(days=1)
    draft = MaintenanceDraft(
        "Weekly patches", ("mail",), begin, begin + timedelta(hours=2), "Europe/Berlin", "Short interruptions."
    )
    return plan_series(session, draft, rule, by=stage.BEN, now=clock.now())


def made(session: Session) -> list[Maintenance]:
    return list(session.scalars(select(Maintenance).order_by(Maintenance.starts_at)))


def test_windows_of_five_weeks_are_made_and_one_mail_speaks_for_all(session: Session, clock: FrozenClock) -> None:
    first = series(session, clock)
    assert [one.starts_at for one in made(session)] == [first.starts_at + n * WEEK for n in range(5)]
    assert [event.kind.value for event in session.scalars(select(Event))] == ["maintenance.announced"]
    assert len(made(session)[-1].reminders) == 3
    assert "maintenance.series_planned" in {line.action for line in lines_about(session, "maintenance", first.id)}


def test_the_rest_follows_as_time_passes_until_the_rule_ends(session: Session, clock: FrozenClock) -> None:
    first = series(session, clock)
    counts = []
    for _ in range(6):
        counts.append(extend_series(session, clock.now()))
        clock.advance(days=7)
    assert counts == [0, 1, 1, 1, 0, 0]
    assert len(made(session)) == 8
    session.refresh(first.series)
    assert first.series.next_at is None


def test_windows_that_passed_while_no_worker_ran_are_left_out(session: Session, clock: FrozenClock) -> None:
    series(session, clock)
    clock.advance(days=44)
    assert extend_series(session, clock.now()) == 1
    assert len(made(session)) == 6


def test_one_window_is_cancelled_alone(session: Session, clock: FrozenClock) -> None:
    series(session, clock)
    second = made(session)[1]
    cancel_maintenance(session, second, "Not this week.", by=stage.BEN, now=clock.now())
    assert [str(one.status) for one in made(session)].count("cancelled") == 1


def test_a_stopped_series_makes_nothing_more(session: Session, clock: FrozenClock) -> None:
    first = series(session, clock)
    stop_series(session, first, by=stage.BEN, now=clock.now())
    assert extend_series(session, clock.advance(days=30)) == 0
    with pytest.raises(Conflict):
        stop_series(session, first, by=stage.BEN, now=clock.now())


def test_a_series_without_any_component_left_makes_nothing(session: Session, clock: FrozenClock) -> None:
    series(session, clock)
    archive_component(session, "mail", by=stage.BEN, now=clock.now())
    assert extend_series(session, clock.advance(days=30)) == 0


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=1", ""])
def test_a_rule_that_is_endless_or_repeats_nothing_is_refused(session: Session, clock: FrozenClock, rule: str) -> None:
    with pytest.raises(Invalid) as refusal:
        series(session, clock, rule)
    assert list(refusal.value.fields) == ["recurrence"]
