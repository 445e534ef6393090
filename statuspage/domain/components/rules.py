"""How statuses combine. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from statuspage.domain.components.enums import ComponentStatus

_ORDER = list(ComponentStatus)


def badness(status: ComponentStatus) -> int:
    """Return a number that grows with how bad `status` is; 0 is operational."""
    return _ORDER.index(status)


def worst(statuses: Iterable[ComponentStatus]) -> ComponentStatus:
    """Return the worst of several statuses; operational when there is none. Also a group's status from its children."""
    return max(statuses, key=badness, default=ComponentStatus.OPERATIONAL)


@dataclass(frozen=True)
class Stretch:
    """A component was at `level` from `started_at` to `ended_at` (None: still) for one cause; instants are aware."""

    level: ComponentStatus
    started_at: datetime
    ended_at: datetime | None


def correction_fault(
    stood: Stretch, wanted: Stretch, others: Iterable[Stretch], now: datetime
) -> tuple[str, str] | None:
    """Return the field at fault and a sentence about it when `stood` may not become `wanted`, or None.

    `others` are the stretches the same cause has on the same component. While a stretch lasts only its begin may be
    corrected: level and end follow from what is published.
    """
    if wanted == stood:
        return "started_at", "Nothing differs from what stands. Change begin, end or level."
    if wanted.level is ComponentStatus.OPERATIONAL:
        return "level", "Operational is no impairment. Void the interval instead."
    if stood.ended_at is None and (wanted.ended_at, wanted.level) != (None, stood.level):
        field = "level" if wanted.ended_at is None else "ended_at"
        return field, "This still goes on: end or change it by an update or by setting the status. Its begin may move."
    if stood.ended_at is not None and wanted.ended_at is None:
        return "ended_at", "This has ended. Say when; a new impairment begins with an update."
    if wanted.started_at > now:
        return "started_at", "The begin lies in the future. Choose an instant that has passed."
    if wanted.ended_at and wanted.ended_at <= wanted.started_at:
        return "ended_at", "The end must lie after the begin."
    if wanted.ended_at and wanted.ended_at > now:
        return "ended_at", "The end lies in the future. Choose an instant that has passed."
    if any(_overlap(wanted, other) for other in others):
        return "started_at", "It would overlap another interval of the same cause. Correct or void that one first."
    return None


def _overlap(one: Stretch, other: Stretch) -> bool:
    return (other.ended_at is None or one.started_at < other.ended_at) and (
        one.ended_at is None or other.started_at < one.ended_at
    )


def page_status(statuses: Iterable[ComponentStatus]) -> tuple[str, str]:
    """Return indicator and description of a page from its leaf components, as the Statuspage v2 API words them."""
    count = Counter(statuses)
    total = count.total()
    major, partial = count[ComponentStatus.MAJOR_OUTAGE], count[ComponentStatus.PARTIAL_OUTAGE]
    degraded = count[ComponentStatus.DEGRADED_PERFORMANCE]
    if total and major == total:
        return "critical", "Major System Outage"
    if major or (total and partial == total):
        return "major", "Partial System Outage"
    if partial:
        return "minor", "Minor Service Outage"
    if degraded and degraded == total > 1:
        return "minor", "Degraded System Service"
    if degraded:
        return "minor", "Partially Degraded Service"
    if count[ComponentStatus.UNDER_MAINTENANCE]:
        return "maintenance", "Service Under Maintenance"
    return "none", "All Systems Operational"
