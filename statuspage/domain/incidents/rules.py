"""What may follow what in an incident, and what it means for customers. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import Impact, IncidentState, MilestoneKind, PublicStatus, Severity

REOPEN_WINDOW = timedelta(days=7)
OPEN_STATES = (IncidentState.INVESTIGATING, IncidentState.IDENTIFIED, IncidentState.MITIGATED)
_STATES = list(IncidentState)
_IMPACTS = list(Impact)
_STATE_OF_STATUS = {
    PublicStatus.INVESTIGATING: IncidentState.INVESTIGATING,
    PublicStatus.IDENTIFIED: IncidentState.IDENTIFIED,
    PublicStatus.MONITORING: IncidentState.MITIGATED,
    PublicStatus.RESOLVED: IncidentState.RESOLVED,
}
_IMPACT_OF_COMPONENT = {
    ComponentStatus.OPERATIONAL: Impact.NONE,
    ComponentStatus.UNDER_MAINTENANCE: Impact.NONE,
    ComponentStatus.DEGRADED_PERFORMANCE: Impact.MINOR,
    ComponentStatus.PARTIAL_OUTAGE: Impact.MAJOR,
    ComponentStatus.MAJOR_OUTAGE: Impact.CRITICAL,
}
_IMPACT_OF_SEVERITY = {
    Severity.SEV1: Impact.CRITICAL,
    Severity.SEV2: Impact.MAJOR,
    Severity.SEV3: Impact.MINOR,
    Severity.SEV4: Impact.MINOR,
}
_MILESTONE_OF_STATE = {
    IncidentState.IDENTIFIED: MilestoneKind.IDENTIFIED,
    IncidentState.MITIGATED: MilestoneKind.MITIGATED,
    IncidentState.RESOLVED: MilestoneKind.RESOLVED,
    IncidentState.CLOSED: MilestoneKind.CLOSED,
}
# Each pair: the left one cannot lie after the right one.
_ORDERED = [
    (MilestoneKind.IMPACT_STARTED, MilestoneKind.IDENTIFIED),
    (MilestoneKind.IMPACT_STARTED, MilestoneKind.MITIGATED),
    (MilestoneKind.IMPACT_STARTED, MilestoneKind.RESOLVED),
    (MilestoneKind.DETECTED, MilestoneKind.DECLARED),
    (MilestoneKind.DETECTED, MilestoneKind.ACKNOWLEDGED),
    (MilestoneKind.DETECTED, MilestoneKind.IDENTIFIED),
    (MilestoneKind.DETECTED, MilestoneKind.MITIGATED),
    (MilestoneKind.DETECTED, MilestoneKind.RESOLVED),
    (MilestoneKind.IDENTIFIED, MilestoneKind.MITIGATED),
    (MilestoneKind.IDENTIFIED, MilestoneKind.RESOLVED),
    (MilestoneKind.MITIGATED, MilestoneKind.RESOLVED),
    (MilestoneKind.RESOLVED, MilestoneKind.CLOSED),
]


def impact_rank(impact: Impact) -> int:
    """Return a number that grows with `impact`; 0 is none."""
    return _IMPACTS.index(impact)


def severity_impact(severity: Severity) -> Impact:
    """Return the word customers would use for a severity."""
    return _IMPACT_OF_SEVERITY[severity]


def impact_of(severity: Severity, statuses: Iterable[ComponentStatus]) -> Impact:
    """Return the worse of the severity's mapping and what the affected components suffer."""
    felt = [_IMPACT_OF_COMPONENT[status] for status in statuses]
    return max([severity_impact(severity), *felt], key=impact_rank)


def worse_severity(one: Severity, other: Severity) -> Severity:
    """Return the worse of two severities."""
    return min(one, other)


def state_after(state: IncidentState, published: PublicStatus) -> IncidentState:
    """Return the internal state after publishing `published`: moved forward to its match, never back."""
    return max(state, _STATE_OF_STATUS[published], key=_STATES.index)


def milestones_between(before: IncidentState, after: IncidentState) -> list[MilestoneKind]:
    """Return the milestone reached by moving from `before` to `after`; skipped ones stay empty."""
    reached = _MILESTONE_OF_STATE.get(after)
    return [reached] if reached and _STATES.index(after) > _STATES.index(before) else []


def may_move(before: IncidentState, after: IncidentState) -> bool:
    """Tell whether staff may move the internal state from `before` to `after`: forward, skipping allowed."""
    return before is not IncidentState.CLOSED and _STATES.index(after) > _STATES.index(before)


def may_publish(state: IncidentState, current: PublicStatus | None, wanted: PublicStatus) -> bool:
    """Tell whether an update with status `wanted` may be published on an incident in `state`.

    A closed incident takes none, a publicly resolved one only after it was reopened (which sets its state back).
    """
    if state is IncidentState.CLOSED:
        return False
    return current is not PublicStatus.RESOLVED or wanted is PublicStatus.RESOLVED or state in OPEN_STATES


def may_reopen(state: IncidentState, resolved_at: datetime | None, now: datetime) -> bool:
    """Tell whether an incident may be reopened: resolved or closed, within seven days of its resolution."""
    return state not in OPEN_STATES and resolved_at is not None and now <= resolved_at + REOPEN_WINDOW


def milestone_fault(milestones: Mapping[MilestoneKind, datetime], now: datetime) -> str | None:
    """Return what is wrong with the order of milestones, or None. Times after a reopening are not compared."""
    for kind, at in milestones.items():
        if at > now:
            return f"{kind.replace('_', ' ').capitalize()} lies in the future."
    reopened = milestones.get(MilestoneKind.REOPENED)
    for first, second in _ORDERED:
        if first in milestones and second in milestones and milestones[first] > milestones[second]:
            if reopened and milestones[second] <= reopened:
                continue
            left, right = first.replace("_", " "), second.replace("_", " ")
            return f"{left.capitalize()} cannot lie after {right}."
    return None


def promise_is_due(due_at: datetime | None, now: datetime) -> bool:
    """Tell whether a promised update is overdue; at the promised instant itself it is not yet."""
    return due_at is not None and now > due_at
