"""What may follow what, and which downtime an announcement excuses."""

from datetime import timedelta

import pytest

from statuspage.domain.maintenance.enums import MaintenanceStatus as M
from statuspage.domain.maintenance.rules import Announced, excused_window, may_become, window_fault
from tests.kit.clock import NOON


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (M.SCHEDULED, M.IN_PROGRESS, True),
        (M.SCHEDULED, M.CANCELLED, True),
        (M.IN_PROGRESS, M.VERIFYING, True),
        (M.IN_PROGRESS, M.IN_PROGRESS, True),
        (M.VERIFYING, M.IN_PROGRESS, False),
        (M.IN_PROGRESS, M.CANCELLED, False),
        (M.COMPLETED, M.VERIFYING, False),
        (M.CANCELLED, M.SCHEDULED, False),
    ],
)
def test_a_maintenance_moves_forward_and_is_cancelled_only_before_it_began(before: M, after: M, allowed: bool) -> None:
    assert may_become(before, after) is allowed


@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [(1, 2, True), (2, 1, False), (1, 1, False), (-2, -1, False), (-1, 1, True), (1, 800, False)],
)
def test_a_window_ends_after_it_starts_and_is_not_over_yet(start: float, end: float, fine: bool) -> None:
    fault = window_fault(NOON + timedelta(hours=start), NOON + timedelta(hours=end), NOON)
    assert (fault is None) is fine


@pytest.mark.parametrize(
    ("windows", "excused"),
    [
        ([(30, 32, 0)], (30, 32)),
        ([(24, 26, 0)], (24, 26)),
        ([(23, 26, 0)], None),
        ([(30, 32, 0), (30, 34, 31)], (30, 34)),
        ([(30, 32, 0), (30, 34, 33)], (30, 32)),
        ([(30, 32, 0), (10, 12, 5)], (30, 32)),
        ([(30, 32, 0), (50, 52, 5)], (50, 52)),
    ],
)
def test_only_what_was_announced_in_time_excuses_downtime(
    windows: list[tuple[float, float, float]], excused: tuple[float, float] | None
) -> None:
    announced = [Announced(*(NOON + timedelta(hours=h) for h in window)) for window in windows]
    expected = tuple(NOON + timedelta(hours=h) for h in excused) if excused else None
    assert excused_window(announced) == expected
