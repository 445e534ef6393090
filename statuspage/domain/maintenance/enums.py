"""The words of a maintenance."""

from enum import StrEnum


class MaintenanceStatus(StrEnum):
    """Where it stands, in order; cancelled is the side exit."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
