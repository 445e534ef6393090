"""What stands in a form before anybody typed: the usual severity, and when the next word is due."""

from datetime import datetime, timedelta

from statuspage.domain.incidents.enums import PublicStatus, Severity

USUAL_SEVERITY = Severity.SEV2
# First word and then every ...; the second value counts while monitoring. None promises nothing.
CADENCE: dict[Severity, tuple[timedelta, timedelta] | None] = {
    Severity.SEV1: (timedelta(minutes=30), timedelta(minutes=60)),
    Severity.SEV2: (timedelta(minutes=60), timedelta(minutes=120)),
    Severity.SEV3: (timedelta(hours=4), timedelta(hours=8)),
    Severity.SEV4: None,
}
SEVERITY_WORDS = {
    Severity.SEV1: "most customers cannot do what they came for",
    Severity.SEV2: "many customers are affected, or something important",
    Severity.SEV3: "some customers, or there is an easy way around",
    Severity.SEV4: "hardly anybody notices",
}
STEP = timedelta(minutes=5)
_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def cadence(severity: Severity, status: PublicStatus) -> timedelta | None:
    """Return how long after an update the next one is usually promised, or None when nothing is."""
    found = CADENCE[severity]
    if found is None or status is PublicStatus.RESOLVED:
        return None
    return found[status is PublicStatus.MONITORING]


def next_update_at(severity: Severity, status: PublicStatus, now: datetime) -> datetime | None:
    """Return when the next update would be due if published at `now`, on the next full five minutes."""
    wait = cadence(severity, status)
    if wait is None:
        return None
    late = (now + wait - _EPOCH) % STEP
    return now + wait + (STEP - late if late else timedelta(0))
