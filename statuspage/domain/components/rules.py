"""How statuses combine. Pure."""

from collections import Counter
from collections.abc import Iterable

from statuspage.domain.components.enums import ComponentStatus

_ORDER = list(ComponentStatus)


def badness(status: ComponentStatus) -> int:
    """Return a number that grows with how bad `status` is; 0 is operational."""
    return _ORDER.index(status)


def worst(statuses: Iterable[ComponentStatus]) -> ComponentStatus:
    """Return the worst of several statuses; operational when there is none. Also a group's status from its children."""
    return max(statuses, key=badness, default=ComponentStatus.OPERATIONAL)


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
