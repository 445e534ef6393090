"""What may follow what in an incident, and what it means for customers. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import Impact, IncidentKind, IncidentState, MilestoneKind, PublicStatus, Severity

REOPEN_WINDOW = timedelta(days=7)
CLOSES_AFTER = REOPEN_WINDOW
OPEN_STATES = (IncidentState.INVESTIGATING, IncidentState.IDENTIFIED, IncidentState.MITIGATED)
ENDED_STATES = (IncidentState.CLOSED, IncidentState.CANCELLED, IncidentState.MERGED)
_STATES = (*OPEN_STATES, IncidentState.RESOLVED, IncidentState.CLOSED)
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


UNDO_LIMIT = 120


@dataclass(frozen=True)
class Publishing:
    """How what staff write becomes public: after `undo_seconds` (0 to 120), and in which severities only when a second
    person approved it."""

    undo_seconds: int = 10
    approval: frozenset[Severity] = frozenset()

    def faults(self) -> dict[str, str]:
        """Return what is wrong, by field."""
        if 0 <= self.undo_seconds <= UNDO_LIMIT:
            return {}
        return {"undo_seconds": f"Choose 0 to {UNDO_LIMIT} seconds."}


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
    """Tell whether staff may move the internal state from `before` to `after`: forward, skipping allowed.

    Closing and the side exits are no part of the line; they have actions of their own.
    """
    on_the_line = before not in ENDED_STATES and after in (*OPEN_STATES, IncidentState.RESOLVED)
    return on_the_line and _STATES.index(after) > _STATES.index(before)


def may_cancel(state: IncidentState) -> bool:
    """Tell whether an incident in `state` may be called off: while the team works on it."""
    return state in OPEN_STATES


def may_prove_false(kind: IncidentKind, state: IncidentState) -> bool:
    """Tell whether an incident may be closed as a false alarm: a real one that has not ended."""
    return kind is IncidentKind.REAL and state not in ENDED_STATES


def may_close(state: IncidentState, publicly_open: bool) -> bool:
    """Tell whether an incident may be closed: resolved inside, and not open for customers."""
    return state is IncidentState.RESOLVED and not publicly_open


def may_merge(state: IncidentState, publicly_open: bool, into: IncidentState) -> bool:
    """Tell whether an incident may continue in another one, which is in the state `into` and must be open."""
    going_on = state in OPEN_STATES or (state is IncidentState.RESOLVED and publicly_open)
    return going_on and into in OPEN_STATES


def may_publish(state: IncidentState, current: PublicStatus | None, wanted: PublicStatus) -> bool:
    """Tell whether an update with status `wanted` may be published on an incident in `state`.

    One that ended takes none, a publicly resolved one only after it was reopened (which sets its state back).
    """
    if state in ENDED_STATES:
        return False
    return current is not PublicStatus.RESOLVED or wanted is PublicStatus.RESOLVED or state in OPEN_STATES


def may_reopen(kind: IncidentKind, state: IncidentState, resolved_at: datetime | None, now: datetime) -> bool:
    """Tell whether an incident may be reopened: resolved or closed, within seven days of its resolution.

    A false alarm is not: nothing of it counts any more.
    """
    over = kind is not IncidentKind.FALSE_ALARM and state in (IncidentState.RESOLVED, IncidentState.CLOSED)
    return over and resolved_at is not None and now <= resolved_at + REOPEN_WINDOW


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


def past_fault(
    started_at: datetime, told: Sequence[tuple[datetime, PublicStatus]], now: datetime
) -> tuple[int | None, str] | None:
    """Return which update (None: the incident itself) of an incident entered afterwards is at fault and why, or None.

    `told` are instant and status of its public updates: in order, within start and now, ended by the resolving one.
    """
    if started_at >= now:
        return None, "This lies in the future. An incident that goes on is declared."
    before = started_at
    for place, (at, status) in enumerate(told):
        last = place == len(told) - 1
        if at < before:
            return place, "This lies before the update above it, or before the incident began."
        if at > now:
            return place, "This lies in the future."
        if last is not (status is PublicStatus.RESOLVED):
            return place, "The last update says resolved, and only the last one."
        before = at
    if told and told[-1][0] == started_at:
        return len(told) - 1, "It cannot be over in the instant it began."
    return None
