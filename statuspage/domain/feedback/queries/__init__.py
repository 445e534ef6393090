"""Reading what readers told us: `asking` for the public doors, `surges` for what many reports at once suggest, `heard`
for the room of an incident, `lists` for one report after the other."""

from statuspage.domain.feedback.queries.asking import (
    Asked,
    codes_asked_anew,
    incident_asked,
    report_or_none,
    update_asked,
)
from statuspage.domain.feedback.queries.heard import Count, Heard, heard_of
from statuspage.domain.feedback.queries.lists import ReportFilter, reports_page
from statuspage.domain.feedback.queries.surges import Group, groups, threshold

__all__ = [
    "Asked",
    "Count",
    "Group",
    "Heard",
    "ReportFilter",
    "codes_asked_anew",
    "groups",
    "heard_of",
    "incident_asked",
    "report_or_none",
    "reports_page",
    "threshold",
    "update_asked",
]
