"""What may follow what, as tables."""

from datetime import timedelta

import pytest

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import Impact, IncidentKind, IncidentState, MilestoneKind, PublicStatus, Severity
from statuspage.domain.incidents.rules import (
    impact_of,
    may_cancel,
    may_close,
    may_merge,
    may_move,
    may_prove_false,
    may_publish,
    may_reopen,
    milestone_fault,
    milestones_between,
    state_after,
    worse_severity,
)
from tests.kit.clock import NOON

I, K, P = IncidentState, IncidentKind, PublicStatus  # noqa: E741  # the tables below are easier to read with one letter
DEGRADED, PARTIAL, MAJOR = list(ComponentStatus)[2:]


@pytest.mark.parametrize(
    ("severity", "statuses", "expected"),
    [
        (Severity.SEV1, [], Impact.CRITICAL),
        (Severity.SEV2, [DEGRADED], Impact.MAJOR),
        (Severity.SEV3, [], Impact.MINOR),
        (Severity.SEV4, [DEGRADED], Impact.MINOR),
        (Severity.SEV3, [PARTIAL, DEGRADED], Impact.MAJOR),
        (Severity.SEV4, [MAJOR], Impact.CRITICAL),
        (Severity.SEV3, [ComponentStatus.OPERATIONAL, ComponentStatus.UNDER_MAINTENANCE], Impact.MINOR),
    ],
)
def test_impact_is_the_worse_of_severity_and_components(
    severity: Severity, statuses: list[ComponentStatus], expected: Impact
) -> None:
    assert impact_of(severity, statuses) is expected


@pytest.mark.parametrize(
    ("state", "published", "expected"),
    [
        (I.INVESTIGATING, P.INVESTIGATING, I.INVESTIGATING),
        (I.INVESTIGATING, P.MONITORING, I.MITIGATED),
        (I.MITIGATED, P.IDENTIFIED, I.MITIGATED),
        (I.RESOLVED, P.MONITORING, I.RESOLVED),
        (I.IDENTIFIED, P.RESOLVED, I.RESOLVED),
    ],
)
def test_publishing_moves_the_state_forward_and_never_back(state: I, published: P, expected: I) -> None:
    assert state_after(state, published) is expected


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (I.INVESTIGATING, I.RESOLVED, True),
        (I.IDENTIFIED, I.INVESTIGATING, False),
        (I.IDENTIFIED, I.IDENTIFIED, False),
        (I.CLOSED, I.RESOLVED, False),
        (I.MERGED, I.RESOLVED, False),
        (I.CANCELLED, I.CLOSED, False),
        (I.INVESTIGATING, I.CANCELLED, False),
        (I.INVESTIGATING, I.CLOSED, False),
        (I.RESOLVED, I.CLOSED, False),
        (I.RESOLVED, I.MERGED, False),
    ],
)
def test_staff_move_the_state_forward_only(before: I, after: I, allowed: bool) -> None:
    assert may_move(before, after) is allowed


@pytest.mark.parametrize(
    ("state", "current", "wanted", "allowed"),
    [
        (I.INVESTIGATING, None, P.INVESTIGATING, True),
        (I.MITIGATED, P.MONITORING, P.IDENTIFIED, True),
        (I.RESOLVED, P.MONITORING, P.RESOLVED, True),
        (I.RESOLVED, P.RESOLVED, P.MONITORING, False),
        (I.RESOLVED, P.RESOLVED, P.RESOLVED, True),
        (I.INVESTIGATING, P.RESOLVED, P.INVESTIGATING, True),
        (I.CLOSED, P.RESOLVED, P.RESOLVED, False),
        (I.CANCELLED, None, P.INVESTIGATING, False),
        (I.MERGED, P.RESOLVED, P.RESOLVED, False),
    ],
)
def test_a_publicly_resolved_incident_takes_news_only_after_reopening(
    state: I, current: P | None, wanted: P, allowed: bool
) -> None:
    assert may_publish(state, current, wanted) is allowed


def test_skipped_milestones_stay_empty() -> None:
    assert milestones_between(I.INVESTIGATING, I.MITIGATED) == [MilestoneKind.MITIGATED]
    assert milestones_between(I.MITIGATED, I.MITIGATED) == []


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (7, True), (7.001, False)])
def test_an_incident_reopens_within_seven_days(days: float, allowed: bool) -> None:
    assert may_reopen(K.REAL, I.CLOSED, NOON, NOON + timedelta(days=days)) is allowed


@pytest.mark.parametrize("state", [I.MITIGATED, I.CANCELLED, I.MERGED])
def test_only_what_was_resolved_can_be_reopened(state: I) -> None:
    assert not may_reopen(K.REAL, state, NOON, NOON)


def test_a_false_alarm_is_not_reopened() -> None:
    assert not may_reopen(K.FALSE_ALARM, I.CLOSED, NOON, NOON)


@pytest.mark.parametrize(
    ("kind", "state", "allowed"),
    [
        (K.REAL, I.INVESTIGATING, True),
        (K.REAL, I.RESOLVED, True),
        (K.REAL, I.CLOSED, False),
        (K.REAL, I.MERGED, False),
        (K.DRILL, I.INVESTIGATING, False),
        (K.FALSE_ALARM, I.RESOLVED, False),
    ],
)
def test_what_is_real_and_goes_on_may_prove_false(kind: K, state: I, allowed: bool) -> None:
    assert may_prove_false(kind, state) is allowed


@pytest.mark.parametrize(
    ("state", "publicly_open", "into", "allowed"),
    [
        (I.INVESTIGATING, False, I.INVESTIGATING, True),
        (I.MITIGATED, True, I.IDENTIFIED, True),
        (I.RESOLVED, True, I.INVESTIGATING, True),
        (I.RESOLVED, False, I.INVESTIGATING, False),
        (I.CLOSED, False, I.INVESTIGATING, False),
        (I.MERGED, False, I.INVESTIGATING, False),
        (I.INVESTIGATING, True, I.RESOLVED, False),
        (I.INVESTIGATING, True, I.CLOSED, False),
        (I.INVESTIGATING, False, I.CANCELLED, False),
    ],
)
def test_what_goes_on_is_merged_into_what_is_open(state: I, publicly_open: bool, into: I, allowed: bool) -> None:
    assert may_merge(state, publicly_open, into) is allowed


@pytest.mark.parametrize(
    ("state", "publicly_open", "allowed"),
    [(I.RESOLVED, False, True), (I.RESOLVED, True, False), (I.MITIGATED, False, False), (I.CLOSED, False, False)],
)
def test_what_is_resolved_inside_and_outside_is_closed(state: I, publicly_open: bool, allowed: bool) -> None:
    assert may_close(state, publicly_open) is allowed


def test_only_open_incidents_are_cancelled() -> None:
    assert [state for state in I if may_cancel(state)] == [I.INVESTIGATING, I.IDENTIFIED, I.MITIGATED]


@pytest.mark.parametrize(
    ("minutes", "fault"),
    [
        ({"impact_started": 0, "detected": 5, "resolved": 9}, None),
        ({"detected": 5, "resolved": 4}, "Detected cannot lie after resolved."),
        ({"identified": 5, "mitigated": 4}, "Identified cannot lie after mitigated."),
        ({"detected": 5, "resolved": 5}, None),
        ({"resolved": 999}, "Resolved lies in the future."),
        ({"resolved": 5, "reopened": 7, "mitigated": 9}, None),
    ],
)
def test_milestones_keep_their_order(minutes: dict[str, int], fault: str | None) -> None:
    found = {MilestoneKind(kind): NOON + timedelta(minutes=at) for kind, at in minutes.items()}
    assert milestone_fault(found, NOON + timedelta(minutes=60)) == fault


def test_the_lower_number_is_the_worse_severity() -> None:
    assert worse_severity(Severity.SEV3, Severity.SEV1) is Severity.SEV1
