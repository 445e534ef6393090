"""The timeline of a room: what was said, and between it the steps that were taken, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from statuspage.audit.queries import lines_about
from statuspage.outbox.queries import Results, results_of
from statuspage.web.kit.current import session

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident, Update

_WORDS = {
    "incident.declared": "declared this",
    "incident.acknowledged": "acknowledged it",
    "incident.resolved": "resolved it",
    "incident.closed": "closed it",
    "incident.reopened": "reopened it",
    "incident.entered_afterwards": "entered it afterwards",
    "incident.cancelled": "cancelled it",
    "incident.false_alarm": "closed it as a false alarm",
    "incident.update_retracted": "retracted an update",
    "incident.update_corrected": "corrected an update",
    "incident.approval_waived": "published without approval",
    "draft.approval_asked": "asked for approval of an update",
    "draft.approved": "approved an update",
    "draft.returned": "returned an update",
    "draft.withdrawn": "took an update back before it went out",
    "draft.hastened": "published it without waiting",
    "draft.came_back": "got an update back, which could not go out any more",
    "incident.update_redacted": "removed words from an update",
    "incident.title_redacted": "removed the title and put another in its place",
}


@dataclass(frozen=True)
class Said:
    """An update, with what became of the messages about it (None where nobody was to be told)."""

    at: datetime
    update: "Update"
    results: Results | None


@dataclass(frozen=True)
class Step:
    """Something the team did."""

    at: datetime
    who: str
    words: str


def timeline_of(incident: "Incident") -> list[Said | Step]:
    """Return everything that happened in a loaded incident, newest first."""
    results = results_of(session(), [update.id for update in incident.updates if update.public])
    said = [Said(update.created_at, update, results.get(update.id)) for update in incident.updates]
    lines = lines_about(session(), "incident", incident.id)
    steps = [Step(line.at, line.actor_name, words) for line in lines if (words := _told(line.action, line.details))]
    return sorted([*said, *steps], key=lambda entry: entry.at, reverse=True)


def told_that_it_began(timeline: list[Said | Step]) -> int:
    """Return how many were told of the first public update, or still will be."""
    published = [entry for entry in timeline if isinstance(entry, Said) and entry.update.public]
    results = published[-1].results if published else None
    return results.sent + results.waiting + results.uncertain if results else 0


def _told(action: str, details: dict[str, Any]) -> str:
    if action == "incident.merged":
        return f"merged it into {details['into']}"
    if action == "incident.cloned":
        return f"declared it like {details['of']}"
    if action == "incident.merged_in":
        return f"merged {details['other']} into it"
    if action != "incident.changed":
        reason = details.get("reason")
        words = _WORDS.get(action, "")
        return f"{words}: {reason}" if words and reason else words
    parts = []
    if "severity" in details:
        before, after = details["severity"]
        parts.append(f"changed the severity from {before.upper()} to {after.upper()}")
    if {"lead_id", "communications_id"} & details.keys():
        parts.append("changed who does what")
    if "public_title" in details or "title" in details:
        parts.append("changed the title")
    if "milestones" in details:
        parts.append("corrected a time")
    return ", ".join(parts) or "changed the facts"
