"""Words and colours of messages: how a status is said and shown, and how an instant is written."""

from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

LOCALES = ("en",)
_FULL = "d MMM y, HH:mm"

_WORDS = {
    "en": {
        "investigating": "Investigating",
        "identified": "Identified",
        "monitoring": "Monitoring",
        "resolved": "Resolved",
        "scheduled": "Scheduled",
        "in_progress": "In progress",
        "verifying": "Verifying",
        "completed": "Completed",
        "cancelled": "Cancelled",
        "operational": "operational",
        "under_maintenance": "under maintenance",
        "degraded_performance": "degraded performance",
        "partial_outage": "partial outage",
        "major_outage": "major outage",
        "corrected": "Correction",
        "retracted": "Retracted",
        "maintenance.announced": "Planned maintenance",
        "maintenance.reminder": "Maintenance reminder",
        "maintenance.updated": "Maintenance update",
        "maintenance.started": "Maintenance in progress",
        "maintenance.completed": "Maintenance completed",
        "maintenance.cancelled": "Maintenance cancelled",
        "impact.minor": "Minor impact",
        "impact.major": "Major impact",
        "impact.critical": "Critical impact",
        "chat.reason": "Reason",
        "chat.advice": "What you can do",
        "chat.next": "Next update by",
        "chat.begins": "Begins",
        "chat.ends": "Ends",
        "chat.affected": "Affected",
        "chat.more": "more",
    }
}


class Tone(StrEnum):
    """The colour of a message's bar; always beside a word."""

    CALM = "calm"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    PLANNED = "planned"
    PLAIN = "plain"


def language(locale: str) -> str:
    """Return the language messages are written in for `locale`: itself where we speak it, else English."""
    return locale if locale in LOCALES else LOCALES[0]


def word(name: str, locale: str) -> str:
    """Return how a status or impact is said."""
    return _WORDS[language(locale)][name]


def moment(instant: datetime, zone: str, locale: str, *, space: str = " ") -> str:
    """Write an instant in an IANA zone with UTC beside: `21 Nov 2026, 14:30 CET (13:30 UTC)`.

    `space` stands between a time and its zone; a no-break space keeps them on one line.
    """
    local, universal = instant.astimezone(ZoneInfo(zone)), instant.astimezone(UTC)
    shown = f"{format_datetime(local, _FULL, locale=locale)}{space}{local.tzname()}"
    if local.utcoffset() == universal.utcoffset():
        return shown if local.tzname() == "UTC" else f"{shown} (UTC)"
    other = "HH:mm" if local.date() == universal.date() else "d MMM, HH:mm"
    return f"{shown} ({format_datetime(universal, other, locale=locale)}{space}UTC)"
