"""How downtime counts: the owner's weights and notice."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.audit.queries import recent_lines
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.enums import ComponentStatus as S
from statuspage.domain.components.profile import change_counting
from statuspage.domain.components.queries import counting
from statuspage.domain.components.uptime import DEFAULT, Counting, Span, days_of, percent
from statuspage.domain.maintenance.queries import excused_windows
from statuspage.outbox.publications import publications_since
from tests.domain import stage
from tests.kit import cast
from tests.kit.clock import FrozenClock

DAY = datetime(2026, 11, 16, tzinfo=UTC)
NEXT = DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("level", "weights", "expected"),
    [
        (S.MAJOR_OUTAGE, Counting(), "0.00"),
        (S.PARTIAL_OUTAGE, Counting(), "70.00"),
        (S.DEGRADED_PERFORMANCE, Counting(), "100.00"),
        (S.UNDER_MAINTENANCE, Counting(), "100.00"),
        (S.PARTIAL_OUTAGE, Counting(partial=50), "50.00"),
        (S.DEGRADED_PERFORMANCE, Counting(degraded=10), "90.00"),
        (S.UNDER_MAINTENANCE, Counting(degraded=5, maintenance=5), "95.00"),
        (S.MAJOR_OUTAGE, Counting(0, 0, 0, 0), "100.00"),
    ],
)
def test_a_whole_day_at_a_level_counts_by_its_weight(level: S, weights: Counting, expected: str) -> None:
    days = days_of([Span(level, DAY, NEXT)], [DAY.date()], "UTC", born=DAY, until=NEXT, weights=weights.weights)
    assert percent(days) == expected


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Counting(), None),
        (Counting(100, 100, 100, 100, 0), None),
        (Counting(major=101), "major"),
        (Counting(partial=-1), "partial"),
        (Counting(major=20), "partial"),
        (Counting(degraded=31), "degraded"),
        (Counting(maintenance=1), "maintenance"),
        (Counting(notice_hours=721), "notice_hours"),
        (Counting(notice_hours=-1), "notice_hours"),
    ],
)
def test_what_may_be_counted(wanted: Counting, field: str | None) -> None:
    assert list(wanted.faults()) == ([field] if field else [])


def test_a_change_stands_for_every_page_and_in_the_audit_log(session: Session, clock: FrozenClock) -> None:
    stage.profile(session, clock.now())
    assert counting(session) == DEFAULT
    wanted = Counting(partial=50, notice_hours=48)
    change_counting(session, wanted, seen=DEFAULT, by=stage.BEN, now=clock.now())
    assert counting(session) == wanted
    assert publications_since(session, 0)[-1].touches == ["everything"]
    line = recent_lines(session)[0]
    assert (line.action, line.details["were"]["partial"], line.details["are"]["partial"]) == (
        "uptime.counting_changed",
        30,
        50,
    )


def test_a_bad_or_stale_change_is_refused(session: Session, clock: FrozenClock) -> None:
    stage.profile(session, clock.now())
    with pytest.raises(Invalid):
        change_counting(session, Counting(major=20), by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        change_counting(session, Counting(), seen=Counting(partial=31), by=stage.BEN, now=clock.now())


def test_the_notice_decides_which_maintenance_is_excused(session: Session, clock: FrozenClock) -> None:
    mail = stage.components(session, clock.now())["mail"]
    work = cast.plan(session, stage.BEN, clock.now())  # a day ahead
    since = clock.now() - timedelta(days=1)
    window = (work.starts_at, work.ends_at)
    assert excused_windows(session, [mail.id], since, timedelta(hours=24)) == {mail.id: [window]}
    assert excused_windows(session, [mail.id], since, timedelta(hours=25)) == {}
