"""What may follow what, and which downtime an announcement excuses."""

from datetime import timedelta

import pytest

from statuspage.domain.maintenance.enums import MaintenanceStatus as M
from statuspage.domain.maintenance.rules import (
    Announced,
    excused_window,
    extended_from,
    may_become,
    reminder_fault,
    reminder_times,
    window_fault,
)
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


@pytest.mark.parametrize(
    ("starts_in", "hours", "due_in"),
    [
        (100, [72, 24, 1], [28, 76, 99]),
        (72, [72, 24, 1], [48, 71]),
        (2, [72, 24, 1], [1]),
        (1, [72, 24, 1], []),
        (100, [], []),
    ],
)
def test_people_are_reminded_of_what_was_announced_before(starts_in: int, hours: list[int], due_in: list[int]) -> None:
    times = reminder_times(NOON + timedelta(hours=starts_in), hours, NOON)
    assert times == [NOON + timedelta(hours=hour) for hour in due_in]


@pytest.mark.parametrize(
    ("hours", "fine"),
    [([], True), ([72, 24, 1], True), ([1, 1], False), ([0], False), ([721], False), ([6] * 6, False)],
)
def test_reminders_are_few_and_not_too_far_ahead(hours: list[int], fine: bool) -> None:
    assert (reminder_fault(hours) is None) is fine


@pytest.mark.parametrize(
    ("windows", "was"),
    [
        ([(30, 32, 0)], None),
        ([(30, 32, 0), (30, 34, 31)], 32),
        ([(30, 32, 0), (30, 34, 31), (30, 36, 33)], 32),
        ([(30, 32, 0), (30, 31, 5)], None),
        ([(30, 32, 0), (50, 56, 5)], None),
        ([], None),
    ],
)
def test_only_a_later_end_of_the_same_start_is_an_extension(
    windows: list[tuple[float, float, float]], was: float | None
) -> None:
    announced = [Announced(*(NOON + timedelta(hours=h) for h in window)) for window in windows]
    assert extended_from(announced) == (None if was is None else NOON + timedelta(hours=was))
