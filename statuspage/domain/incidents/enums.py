"""The words of an incident."""

from enum import StrEnum


class Severity(StrEnum):
    """How bad it is for the team, worst first."""

    SEV1 = "sev1"
    SEV2 = "sev2"
    SEV3 = "sev3"
    SEV4 = "sev4"


class Impact(StrEnum):
    """The one word customers see, from least to worst."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class IncidentKind(StrEnum):
    """Whether it is the real thing. A drill never becomes public; a false alarm turned out to be nothing."""

    REAL = "real"
    DRILL = "drill"
    FALSE_ALARM = "false_alarm"


class IncidentState(StrEnum):
    """Where the team's work stands, in order; the last two leave the line before its end."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


class PublicStatus(StrEnum):
    """What customers are told, in the usual order."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


class UpdateVisibility(StrEnum):
    """Who reads an update and whether it moves the internal state."""

    INTERNAL_NOTE = "internal_note"
    INTERNAL_STATUS = "internal_status"
    PUBLIC = "public"


class MilestoneKind(StrEnum):
    """The instants that clocks and numbers are computed from."""

    IMPACT_STARTED = "impact_started"
    DETECTED = "detected"
    DECLARED = "declared"
    ALERTED = "alerted"
    ACKNOWLEDGED = "acknowledged"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    FIRST_PUBLIC_UPDATE = "first_public_update"


class Category(StrEnum):
    """Where the fault lay."""

    HARDWARE = "hardware"
    SOFTWARE = "software"
    NETWORK = "network"
    SECURITY = "security"
    THIRD_PARTY = "third_party"
    CAPACITY = "capacity"
    CHANGE = "change"
    OTHER = "other"


class Source(StrEnum):
    """Who noticed first."""

    MONITOR = "monitor"
    STAFF = "staff"
    CUSTOMER = "customer"
    PARTNER = "partner"


class ResolutionKind(StrEnum):
    """How it ended."""

    PERMANENT = "permanent"
    WORKAROUND = "workaround"
    NONE_NEEDED = "none_needed"


class Approval(StrEnum):
    """Why an update may go out where its severity needs a second person: somebody approved it, the author did because
    nobody else may publish, it was waived with a reason, or it is a first notice nobody edited."""

    NOT_NEEDED = "not_needed"
    APPROVED = "approved"
    SELF = "self"
    WAIVED = "waived"
    NOTICE = "notice"
