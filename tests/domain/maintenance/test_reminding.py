"""Reminding people of work that is about to begin."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.errors import Invalid
from statuspage.domain.maintenance.actions import (
    MaintenanceChange,
    cancel_maintenance,
    change_maintenance,
    remind_due,
)
from statuspage.domain.maintenance.models import Maintenance
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.domain import stage
from tests.kit import cast
from tests.kit.clock import FrozenClock

HOUR = timedelta(hours=1)


def plan(session: Session, clock: FrozenClock, **more: Any) -> Maintenance:
    """Work on Mail in a hundred hours."""
    begin = clock.now() + 100 * HOUR
    return cast.plan(session, stage.BEN, clock.now(), starts_at=begin, ends_at=begin + HOUR, **more)


@pytest.fixture
def work(session: Session, clock: FrozenClock) -> Maintenance:
    stage.components(session, clock.now())
    return plan(session, clock)


def reminded(session: Session) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.kind == EventKind.MAINTENANCE_REMINDER).order_by(Event.id)))


def test_each_reminder_is_sent_once_at_its_hour(session: Session, clock: FrozenClock, work: Maintenance) -> None:
    sent = []
    for _ in range(101):
        sent.append(remind_due(session, clock.now()))
        assert remind_due(session, clock.now()) == 0
        clock.advance(hours=1)
    assert [hour for hour, count in enumerate(sent) if count] == [28, 76, 99]
    assert {event.thread_id for event in reminded(session)} == {work.id}


def test_after_a_long_pause_people_are_reminded_once(session: Session, clock: FrozenClock, work: Maintenance) -> None:
    clock.advance(hours=99, minutes=30)
    assert remind_due(session, clock.now()) == 1
    assert len(reminded(session)) == 1
    session.refresh(work, ["reminders"])
    assert [reminder.sent for reminder in work.reminders] == [False, False, True]


def test_nobody_is_reminded_of_what_has_begun_or_is_called_off(
    session: Session, clock: FrozenClock, work: Maintenance
) -> None:
    late = plan(session, clock)
    cancel_maintenance(session, work, "Not this week.", by=stage.BEN, now=clock.now())
    clock.set(late.starts_at)
    assert remind_due(session, clock.now()) == 0


def test_work_that_is_on_the_page_only_reminds_nobody(session: Session, clock: FrozenClock, work: Maintenance) -> None:
    assert plan(session, clock, notify=False).reminders == []


def test_another_start_moves_the_reminders(session: Session, clock: FrozenClock, work: Maintenance) -> None:
    remind_due(session, clock.advance(hours=30))
    session.refresh(work, ["reminders"])
    later = MaintenanceChange(starts_at=work.starts_at + 200 * HOUR, ends_at=work.ends_at + 200 * HOUR)
    change_maintenance(session, work, later, by=stage.BEN, now=clock.now())
    waiting = [reminder.due_at for reminder in work.reminders if reminder.done_at is None]
    assert waiting == [work.starts_at - hours * HOUR for hours in (72, 24, 1)]
    assert len(work.reminders) == 4


def test_the_hours_are_ones_own(session: Session, clock: FrozenClock, work: Maintenance) -> None:
    change = MaintenanceChange(reminder_hours=(2, 48))
    change_maintenance(session, work, change, by=stage.BEN, now=clock.now())
    assert (work.reminder_hours, len(work.reminders)) == ([48, 2], 2)
    with pytest.raises(Invalid):
        change_maintenance(session, work, MaintenanceChange(reminder_hours=(0,)), by=stage.BEN, now=clock.now())
