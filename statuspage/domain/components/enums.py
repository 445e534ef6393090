"""Statuses, visibility and causes."""

from enum import StrEnum


class ComponentStatus(StrEnum):
    """How a component is doing, from best to worst."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"


class Visibility(StrEnum):
    """Who may know of it."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Cause(StrEnum):
    """What an impact interval comes from."""

    MANUAL = "manual"
    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
