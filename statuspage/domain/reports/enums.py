"""The words of the honesty check."""

from enum import StrEnum


class FindingKind(StrEnum):
    """Where what customers are told and what is so do not agree."""

    COMPONENT_WITHOUT_INCIDENT = "component_without_incident"
    INCIDENT_ALL_GREEN = "incident_all_green"
    PROMISE_OVERDUE = "promise_overdue"
    MAINTENANCE_OVER_END = "maintenance_over_end"
    RESOLVED_INSIDE_ONLY = "resolved_inside_only"
    MAIL_BACKLOG = "mail_backlog"
    SNAPSHOT_BEHIND = "snapshot_behind"
