"""What the placeholders stand for in one story, in the page's language and zone. Pure.

Only what customers may know becomes a value: public titles and public components. What is not known has no value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from statuspage.core.formats import duration, zone_name
from statuspage.core.languages import Language, speech
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import Impact

_RANKS = list(ComponentStatus)
_AND = {Language.EN: "and", Language.DE: "und"}
_DATED = {Language.EN: "d MMMM y, HH:mm", Language.DE: "d. MMMM y, HH:mm 'Uhr'"}
_TIMED = {Language.EN: "HH:mm", Language.DE: "HH:mm 'Uhr'"}
_IMPACTS = {
    Language.EN: {Impact.MINOR: "minor", Impact.MAJOR: "major", Impact.CRITICAL: "critical"},
    Language.DE: {Impact.MINOR: "gering", Impact.MAJOR: "erheblich", Impact.CRITICAL: "kritisch"},
}


@dataclass(frozen=True)
class Voice:
    """How the page speaks: its name, language and IANA zone."""

    page: str
    language: Language
    zone: str


@dataclass(frozen=True)
class Story:
    """What a text can speak of; None and nothing are not known. Instants are aware.

    `components` are name and status of public components in the page's order. An incident has `started_at`, and
    `ended_at` once it is over; planned work `starts_at` and `ends_at`.
    """

    title: str | None = None
    components: tuple[tuple[str, ComponentStatus], ...] = ()
    impact: Impact | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    next_update_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def values_of(story: Story, voice: Voice, now: datetime) -> dict[str, str]:
    """Return the value of every placeholder that has one, as it is written at `now`."""
    worst = max(story.components, key=lambda one: _RANKS.index(one[1]), default=None)
    found = {
        "component": worst[0] if worst else None,
        "components": listed([name for name, _ in story.components], voice.language),
        "title": story.title,
        "impact": _IMPACTS[voice.language].get(story.impact) if story.impact else None,
        "started": _moment(story.started_at, voice, now),
        "next_update": _moment(story.next_update_at, voice, now),
        "duration": _lasting(story, voice.language, now),
        "page": voice.page,
        "start": _moment(story.starts_at, voice),
        "end": _moment(story.ends_at, voice, story.starts_at),
        "zone": voice.zone,
    }
    return {name: value for name, value in found.items() if value}


def listed(names: Sequence[str], language: Language) -> str:
    """Return names as a person lists them: `Web, API and Mail`."""
    *others, last = names or [""]
    return f"{', '.join(others)} {_AND[language]} {last}" if others else last


def _moment(instant: datetime | None, voice: Voice, beside: datetime | None = None) -> str | None:
    """Write an instant in the page's zone and name the zone; the date is left out on the day of `beside`."""
    if instant is None:
        return None
    zone = ZoneInfo(voice.zone)
    local = instant.astimezone(zone)
    same_day = beside is not None and beside.astimezone(zone).date() == local.date()
    form = (_TIMED if same_day else _DATED)[voice.language]
    return f"{format_datetime(local, form, locale=voice.language)} {zone_name(local, voice.language)}"


def _lasting(story: Story, language: Language, now: datetime) -> str | None:
    begun, ended = story.started_at or story.starts_at, story.ended_at or story.ends_at
    if begun is None or (ended is None and story.starts_at):
        return None
    return duration(max((ended or now) - begun, timedelta(0)), speech(language))
