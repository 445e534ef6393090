"""Colours of messages, and how they write an instant. The words for states are in `core.words`."""

from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from statuspage.core.formats import instant, zone_name
from statuspage.core.languages import Speech


class Tone(StrEnum):
    """The colour of a message's bar; always beside a word."""

    CALM = "calm"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    PLANNED = "planned"
    PLAIN = "plain"


def moment(at: datetime, zone: str, speech: Speech, *, space: str = " ") -> str:
    """Write an instant in an IANA zone with UTC beside: `21 Nov 2026, 14:30 CET (13:30 UTC)`.

    `space` stands between a time and its zone; a no-break space keeps them on one line.
    """
    local, universal = at.astimezone(ZoneInfo(zone)), at.astimezone(UTC)
    name = zone_name(local, speech.language)
    shown = f"{instant(at, zone, speech)}{space}{name}"
    if local.utcoffset() == universal.utcoffset():
        return shown if name == "UTC" else f"{shown} (UTC)"
    form = "time" if local.date() == universal.date() else "short"
    return f"{shown} ({instant(at, 'UTC', speech, form)}{space}UTC)"
