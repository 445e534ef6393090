"""Planning, starting, ending, cancelling; by hand and by the clock."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.db import Database, commit
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import current_statuses
from statuspage.domain.maintenance.actions import (
    MaintenanceChange,
    MaintenanceUpdateDraft,
    advance_due,
    cancel_maintenance,
    change_maintenance,
    complete_maintenance,
    post_maintenance_update,
    start_maintenance,
)
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.maintenance.queries import anything_due, excused_windows, maintenance_by_ref
from statuspage.outbox.models import Event
from statuspage.outbox.publications import publications_since
from tests.domain import stage
from tests.kit import cast
from tests.kit.clock import FrozenClock

BUSY = ComponentStatus.UNDER_MAINTENANCE


@pytest.fixture
def work(session: Session, clock: FrozenClock) -> Maintenance:
    """An hour of work on Mail, tomorrow at noon."""
    stage.components(session, clock.now())
    return cast.plan(session, stage.BEN, clock.now())


def kinds(session: Session) -> list[str]:
    return [event.kind.value for event in session.scalars(select(Event).order_by(Event.id))]


def test_a_plan_is_public_at_once_and_holds_nothing_yet(session: Session, work: Maintenance) -> None:
    assert (work.ref, work.status) == ("MNT-2026-0001", "scheduled")
    assert publications_since(session, 0)[-1].touches == ["component:mail", f"maintenance:{work.code}", "site"]
    assert kinds(session) == ["maintenance.announced"]
    assert current_statuses(session) == {}


def test_starting_holds_the_components_and_completing_frees_them(
    session: Session, clock: FrozenClock, work: Maintenance
) -> None:
    start_maintenance(session, work, by=stage.BEN, now=clock.advance(days=1))
    assert list(current_statuses(session).values()) == [BUSY]
    complete_maintenance(session, work, "All moved.", by=stage.BEN, now=clock.advance(minutes=50))
    assert current_statuses(session) == {}
    assert kinds(session) == ["maintenance.announced", "maintenance.started", "maintenance.completed"]


def test_the_clock_starts_and_ends_it_without_anybody(session: Session, clock: FrozenClock, work: Maintenance) -> None:
    assert not anything_due(session, clock.advance(hours=23))
    assert anything_due(session, clock.advance(hours=1))
    assert [advance_due(session, clock.now()) for _ in "ab"] == [1, 0]
    assert work.status == "in_progress"
    assert [advance_due(session, clock.advance(hours=1)) for _ in "ab"] == [1, 0]
    assert work.status == "completed"


def test_work_that_ends_by_hand_is_left_running_by_the_clock(
    session: Session, clock: FrozenClock, work: Maintenance
) -> None:
    change_maintenance(session, work, MaintenanceChange(auto_end=False), by=stage.BEN, now=clock.now())
    assert advance_due(session, clock.advance(hours=26)) == 1
    assert advance_due(session, clock.advance(hours=26)) == 0
    assert work.running


def test_two_followers_start_it_once(database: Database, clock: FrozenClock) -> None:
    with database.session() as session:
        stage.components(session, clock.now())
        ref = cast.plan(session, stage.BEN, clock.now()).ref
        commit(session)
    clock.advance(days=1)
    moved = 0
    for _ in range(2):
        with database.session() as session:
            moved += advance_due(session, clock.now())
            commit(session)
    with database.session(readonly=True) as session:
        assert [update.status for update in maintenance_by_ref(session, ref).updates] == ["in_progress", "scheduled"]
    assert moved == 1


def test_an_extension_before_the_end_is_announced_and_excused(
    session: Session, clock: FrozenClock, work: Maintenance
) -> None:
    clock.advance(days=1)
    start_maintenance(session, work, by=stage.BEN, now=clock.now())
    later = work.ends_at + timedelta(hours=2)
    change_maintenance(session, work, MaintenanceChange(ends_at=later), by=stage.BEN, now=clock.advance(minutes=30))
    mail = work.components[0].component_id
    assert excused_windows(session, [mail], clock.now()) == {mail: [(work.starts_at, later)]}


def test_cancelled_work_says_so_and_never_starts(session: Session, clock: FrozenClock, work: Maintenance) -> None:
    cancel_maintenance(session, work, "The supplier is late.", by=stage.BEN, now=clock.now())
    assert kinds(session)[-1] == "maintenance.cancelled"
    assert advance_due(session, clock.advance(days=2)) == 0
    with pytest.raises(Conflict):
        start_maintenance(session, work, by=stage.BEN, now=clock.now())


def test_running_work_cannot_be_cancelled_or_moved_to_another_start(
    session: Session, clock: FrozenClock, work: Maintenance
) -> None:
    start_maintenance(session, work, by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        cancel_maintenance(session, work, "No.", by=stage.BEN, now=clock.now())
    earlier = MaintenanceChange(starts_at=work.starts_at - timedelta(hours=1))
    with pytest.raises(Conflict):
        change_maintenance(session, work, earlier, by=stage.BEN, now=clock.now())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"components": ("nope",)}, "components"),
        ({"components": ()}, "components"),
        ({"title": ""}, "title"),
        ({"body": ""}, "body"),
    ],
)
def test_bad_input_is_refused_by_field(
    session: Session, clock: FrozenClock, changes: dict[str, Any], field: str
) -> None:
    stage.components(session, clock.now())
    with pytest.raises(Invalid) as refusal:
        cast.plan(session, stage.BEN, clock.now(), **changes)
    assert list(refusal.value.fields) == [field]


def test_an_update_on_an_old_view_is_refused_with_both_texts(
    session: Session, clock: FrozenClock, work: Maintenance
) -> None:
    seen = work.version
    draft = MaintenanceUpdateDraft("Hers.", seen_version=seen)
    post_maintenance_update(session, work, draft, by=stage.BEN, now=clock.now())
    fresh = maintenance_by_ref(session, work.ref)
    draft = MaintenanceUpdateDraft("His.", seen_version=seen)
    with pytest.raises(Conflict) as clash:
        post_maintenance_update(session, fresh, draft, by=stage.BEN, now=clock.now())
    assert (clash.value.theirs, clash.value.yours) == ("Hers.", "His.")
