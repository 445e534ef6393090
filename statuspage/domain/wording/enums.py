"""The words of templates and hints."""

from enum import StrEnum


class Purpose(StrEnum):
    """The occasion a template is for."""

    FIRST = "first"
    UPDATE = "update"
    RESOLUTION = "resolution"
    MAINTENANCE = "maintenance"
    MAINTENANCE_UPDATE = "maintenance_update"


class TemplateStatus(StrEnum):
    """The status a text goes with: those of incidents, then those of maintenance."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class HintKind(StrEnum):
    """What a public text had better do without."""

    PROMISE = "promise"
    HOST = "host"
    CODE = "code"
    PERSON = "person"
    BLAME = "blame"
    VENDOR = "vendor"
    LENGTH = "length"
    GAP = "gap"
