"""History by day: what happened, and one line for a run of days without anything. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from statuspage.core.formats import day
from statuspage.core.languages import Speech
from statuspage.core.text import plain_text
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact

CLOSING_LETTERS = 240


@dataclass(frozen=True)
class Happening:
    """An incident or maintenance as a line of history. `closing` is its last word as plain text, shortened."""

    kind: str
    code: str
    title: str
    impact: str
    status: str
    starts_at: datetime
    ends_at: datetime | None
    closing: str


@dataclass(frozen=True)
class Stretch:
    """A day on which something happened, or a run of days about which `words` say all there is."""

    label: str
    happenings: tuple[Happening, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Calendar:
    """How days are called: `today` by that word, in a language. `going_on` counts open incidents that are told
    elsewhere: then the line of today says so."""

    today: date
    speech: Speech
    going_on: int = 0


def of_incident(incident: IncidentFact) -> Happening:
    """Return an incident as a line of history."""
    closing = shortened(plain_text(incident.latest.body)) if incident.resolved else ""
    return Happening(
        kind="incident",
        code=incident.code,
        title=incident.title,
        impact=incident.impact,
        status=incident.status,
        starts_at=incident.started_at,
        ends_at=incident.resolved_at,
        closing=closing,
    )


def of_maintenance(maintenance: MaintenanceFact) -> Happening:
    """Return a completed maintenance as a line of history, with the time it really took."""
    return Happening(
        kind="maintenance",
        code=maintenance.code,
        title=maintenance.title,
        impact="maintenance",
        status=maintenance.status,
        starts_at=maintenance.began_at or maintenance.starts_at,
        ends_at=maintenance.finished_at or maintenance.ends_at,
        closing="",
    )


def shortened(text: str, letters: int = CLOSING_LETTERS) -> str:
    """Return text on one line, cut between words with an ellipsis when it has more than `letters` letters."""
    line = " ".join(text.split())
    return line if len(line) <= letters else line[:letters].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def by_day(happenings: Iterable[Happening], zone: ZoneInfo) -> dict[date, list[Happening]]:
    """Return happenings under the day of `zone` they began on, newest first."""
    found: dict[date, list[Happening]] = {}
    for item in sorted(happenings, key=lambda one: one.starts_at, reverse=True):
        found.setdefault(item.starts_at.astimezone(zone).date(), []).append(item)
    return found


def stretches(
    first: date, last: date, happened: Mapping[date, Sequence[Happening]], calendar: Calendar
) -> tuple[Stretch, ...]:
    """Return the days from `last` back to `first`."""
    found: list[Stretch] = []
    quiet: list[date] = []
    on = last
    while on >= first:
        told = tuple(happened.get(on, ()))
        busy = on == calendar.today and calendar.going_on
        if told or busy:
            found += _quiet_stretch(quiet, calendar)
            quiet = []
            found.append(Stretch(_label(on, calendar), told, _open_words(calendar) if busy else ""))
        else:
            quiet.append(on)
        on -= timedelta(days=1)
    return tuple(found + _quiet_stretch(quiet, calendar))


def _open_words(calendar: Calendar) -> str:
    return calendar.speech.ngettext("One open incident, above.", "%(num)s open incidents, above.", calendar.going_on)


def _quiet_stretch(days: Sequence[date], calendar: Calendar) -> list[Stretch]:
    if not days:
        return []
    words = calendar.speech.ngettext("No incidents.", "No incidents in %(num)s days.", len(days))
    label = _label(days[0], calendar) if len(days) == 1 else _span(days[-1], days[0], calendar.speech)
    return [Stretch(label, words=words)]


def _label(on: date, calendar: Calendar) -> str:
    return calendar.speech.gettext("Today") if on == calendar.today else day(on, calendar.speech, "weekday")


def _span(first: date, last: date, speech: Speech) -> str:
    form = "day" if first.month == last.month else "short"
    return f"{day(first, speech, form)} \u2013 {day(last, speech)}"
