"""When a draft goes out, who has to agree, what may follow what: tables."""

from datetime import timedelta

import pytest

from statuspage.domain.editorial.rules import approval_of, chosen_time_fault, due_after_undo
from statuspage.domain.incidents.enums import Approval
from statuspage.domain.incidents.rules import Publishing
from tests.kit.clock import NOON


@pytest.mark.parametrize(
    ("undo", "promised", "due", "why"),
    [
        (10, None, 10, "nothing is promised"),
        (0, None, 0, "there is no time to undo"),
        (10, 600, 10, "the promise is far off"),
        (10, 12.5, 10, "the promise leaves time enough"),
        (10, 12, 10, "just enough"),
        (10, 9, 7, "the promise would fall due meanwhile"),
        (10, 11, 9, "the promise would fall due before it is carried out"),
        (10, 1, 0, "it is almost due"),
        (10, -5, 10, "it is broken already: there is nothing left to hurry for"),
        (0, 1, 0, "no time to undo is never made longer"),
        (1, 3, 1, "a short time to undo is never made longer"),
    ],
)
def test_the_time_to_undo_is_cut_short_by_a_promise(undo: int, promised: float | None, due: float, why: str) -> None:
    promise = None if promised is None else NOON + timedelta(seconds=promised)
    assert due_after_undo(NOON, undo, promise) == NOON + timedelta(seconds=due), why


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, Approval.NOT_NEEDED),
        ({"waived": True, "alone": True, "first_notice": True}, Approval.NOT_NEEDED),
        ({"gated": True}, None),
        ({"gated": True, "first_notice": True}, Approval.NOTICE),
        ({"gated": True, "first_notice": True, "waived": True}, Approval.NOTICE),
        ({"gated": True, "alone": True}, Approval.SELF),
        ({"gated": True, "alone": True, "waived": True}, Approval.SELF),
        ({"gated": True, "waived": True}, Approval.WAIVED),
    ],
)
def test_who_has_to_agree(given: dict[str, bool], found: Approval | None) -> None:
    nothing = {"gated": False, "first_notice": False, "alone": False, "waived": False}
    assert approval_of(**(nothing | given)) is found


@pytest.mark.parametrize(
    ("minutes", "fault"),
    [(1, None), (30 * 24 * 60, None), (0, "past"), (-1, "past"), (30 * 24 * 60 + 1, "within 30 days")],
)
def test_a_chosen_time_lies_ahead_and_not_too_far(minutes: int, fault: str | None) -> None:
    found = chosen_time_fault(NOON + timedelta(minutes=minutes), NOON)
    assert found is None if fault is None else fault in (found or "")


@pytest.mark.parametrize(("seconds", "fine"), [(0, True), (10, True), (120, True), (121, False), (-1, False)])
def test_the_time_to_undo_has_limits(seconds: int, fine: bool) -> None:
    assert (not Publishing(seconds).faults()) is fine
