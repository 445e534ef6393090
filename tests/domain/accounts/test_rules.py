"""Rights, passwords, sessions and buckets, as tables."""

from datetime import timedelta

import pytest

from statuspage.domain.accounts.enums import Right, Role, Scope
from statuspage.domain.accounts.rules import Allowance, password_fault, role_grants, scope_grants, session_is_live
from tests.kit.clock import NOON


@pytest.mark.parametrize(("role", "rights"), [(role, list(Right)[: number + 1]) for number, role in enumerate(Role)])
def test_a_role_holds_its_own_right_and_those_below(role: Role, rights: list[Right]) -> None:
    assert [right for right in Right if role_grants(role, right)] == rights


@pytest.mark.parametrize(
    ("scope", "highest"),
    [
        (Scope.READ, Right.VIEW),
        (Scope.PUBLISH, Right.PUBLISH),
        (Scope.MANAGE, Right.MANAGE),
        (Scope.ADMIN, Right.ADMIN),
    ],
)
def test_a_scope_nests(scope: Scope, highest: Right) -> None:
    granted = [right for right in Right if scope_grants(scope, right)]
    assert granted[-1] is highest
    assert granted == list(Right)[: len(granted)]


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("violet anchors drift slowly", True),
        ("x" * 11, False),
        ("kJ8#mQ2!pL5z", True),
        ("aaaaaaaaaaaaaaaa", False),
        ("password1234", False),
        ("acmestatus123", False),
        ("ada.novak.2026", False),
        ("v" * 60 + "iolet anchors drift" + "w" * 60, False),
    ],
)
def test_length_counts_and_the_obvious_is_refused(password: str, fine: bool) -> None:
    assert (password_fault(password, ["Acme Status", "acmestatus", "ada.novak"]) is None) is fine


@pytest.mark.parametrize(
    ("age_minutes", "idle_minutes", "live"), [(0, 0, True), (119, 119, True), (300, 120, False), (720, 0, False)]
)
def test_a_session_ends_when_idle_and_after_half_a_day(age_minutes: int, idle_minutes: int, live: bool) -> None:
    created = NOON - timedelta(minutes=age_minutes)
    assert session_is_live(created, NOON - timedelta(minutes=idle_minutes), NOON) is live


def test_a_bucket_refills_evenly_and_never_overflows() -> None:
    allowance = Allowance(10, timedelta(minutes=10))
    assert allowance.refilled(0.0, NOON, NOON + timedelta(minutes=3)) == pytest.approx(3)
    assert allowance.refilled(9.0, NOON, NOON + timedelta(hours=3)) == 10
    assert allowance.refilled(4.0, NOON, NOON - timedelta(minutes=1)) == 4
    assert allowance.seconds_until_one(0.5) == 30
    assert allowance.seconds_until_one(1.0) == 0
