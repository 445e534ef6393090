"""The honesty check as a table."""

from datetime import timedelta

import pytest

from statuspage.domain.components.enums import ComponentStatus as S
from statuspage.domain.incidents.enums import PublicStatus as P
from statuspage.domain.reports.enums import FindingKind as K
from statuspage.domain.reports.rules import Impaired, OpenIncident, Situation, Work, findings
from tests.kit.clock import NOON

EARLIER, LATER = NOON - timedelta(minutes=30), NOON + timedelta(minutes=30)
DOWN = (S.MAJOR_OUTAGE, S.OPERATIONAL)
GREEN = (S.OPERATIONAL,)


def red(status: S = S.MAJOR_OUTAGE, *, explained: bool = False) -> Situation:
    return Situation(NOON, impaired=(Impaired("web", "Web", status, EARLIER, explained),))


def incident(
    status: P = P.IDENTIFIED, statuses: tuple[S, ...] = DOWN, *, over: bool = False, due_in: float | None = None
) -> Situation:
    due = None if due_in is None else NOON + timedelta(minutes=due_in)
    return Situation(NOON, incidents=(OpenIncident("INC-2026-0001", status, statuses, over, due, EARLIER),))


@pytest.mark.parametrize(
    ("situation", "kinds"),
    [
        (Situation(NOON), []),
        (red(), [K.COMPONENT_WITHOUT_INCIDENT]),
        (red(S.PARTIAL_OUTAGE), [K.COMPONENT_WITHOUT_INCIDENT]),
        (red(explained=True), []),
        (red(S.DEGRADED_PERFORMANCE), []),
        (red(S.UNDER_MAINTENANCE), []),
        (incident(), []),
        (incident(statuses=GREEN), [K.INCIDENT_ALL_GREEN]),
        (incident(P.MONITORING, GREEN), []),
        (incident(statuses=()), []),
        (incident(due_in=5), []),
        (incident(due_in=0), []),
        (incident(due_in=-5), [K.PROMISE_OVERDUE]),
        (incident(over=True), [K.RESOLVED_INSIDE_ONLY]),
        (incident(statuses=GREEN, over=True, due_in=-5), [K.PROMISE_OVERDUE, K.RESOLVED_INSIDE_ONLY]),
        (Situation(NOON, works=(Work("MNT-2026-0001", EARLIER),)), [K.MAINTENANCE_OVER_END]),
        (Situation(NOON, works=(Work("MNT-2026-0001", LATER),)), []),
        (Situation(NOON, waiting=3, mail_since=EARLIER), [K.MAIL_BACKLOG]),
        (Situation(NOON, waiting=3, mail_since=NOON - timedelta(minutes=2)), []),
        (Situation(NOON, unshown_since=EARLIER), [K.SNAPSHOT_BEHIND]),
        (Situation(NOON, unshown_since=NOON - timedelta(minutes=1)), []),
    ],
)
def test_what_does_not_agree_is_found(situation: Situation, kinds: list[K]) -> None:
    assert [one.kind for one in findings(situation)] == kinds


def test_every_finding_says_what_to_do_next() -> None:
    found = [*findings(red()), *findings(incident(due_in=-5)), *findings(Situation(NOON, unshown_since=EARLIER))]
    assert all(one.message.endswith(".") and one.since < NOON for one in found)
