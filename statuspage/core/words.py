"""The words for states: what a status, an impact or a stage is called, alone and inside a sentence. Pure.

Keys are the values of the domain's enums; impacts have `impact.` before them, since "none" and "major" say nothing
alone.
"""

from statuspage.core.languages import Speech, marked

ALONE = {
    "operational": marked("Operational"),
    "degraded_performance": marked("Degraded performance"),
    "partial_outage": marked("Partial outage"),
    "major_outage": marked("Major outage"),
    "under_maintenance": marked("Under maintenance"),
    "investigating": marked("Investigating"),
    "identified": marked("Identified"),
    "monitoring": marked("Monitoring"),
    "resolved": marked("Resolved"),
    "scheduled": marked("Scheduled"),
    "in_progress": marked("In progress"),
    "verifying": marked("Verifying"),
    "completed": marked("Completed"),
    "cancelled": marked("Cancelled"),
    "impact.none": marked("No impact"),
    "impact.minor": marked("Minor impact"),
    "impact.major": marked("Major impact"),
    "impact.critical": marked("Critical impact"),
}
INSIDE = {
    "operational": marked("operational"),
    "degraded_performance": marked("degraded performance"),
    "partial_outage": marked("partial outage"),
    "major_outage": marked("major outage"),
    "under_maintenance": marked("under maintenance"),
    "investigating": marked("investigating"),
    "identified": marked("identified"),
    "monitoring": marked("monitoring"),
    "resolved": marked("resolved"),
    "scheduled": marked("scheduled"),
    "in_progress": marked("in progress"),
    "verifying": marked("verifying"),
    "completed": marked("completed"),
    "cancelled": marked("cancelled"),
    "impact.none": marked("no impact"),
    "impact.minor": marked("minor impact"),
    "impact.major": marked("major impact"),
    "impact.critical": marked("critical impact"),
}


def word(name: str, speech: Speech, *, inside: bool = False) -> str:
    """Return how a state is called; `inside` a sentence it does not begin with a capital (but for German nouns)."""
    return speech.gettext((INSIDE if inside else ALONE)[name])
