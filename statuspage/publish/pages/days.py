"""History by day: what happened, and one line for a run of days without anything. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

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
    first: date, last: date, happened: Mapping[date, Sequence[Happening]], *, today: date, going_on: int = 0
) -> tuple[Stretch, ...]:
    """Return the days from `last` back to `first`. `going_on` counts open incidents that are told elsewhere: then
    the line of today says so."""
    found: list[Stretch] = []
    quiet: list[date] = []
    day = last
    while day >= first:
        told = tuple(happened.get(day, ()))
        if told or (day == today and going_on):
            found += _quiet_stretch(quiet, today)
            quiet = []
            found.append(Stretch(_label(day, today), told, _open_words(going_on) if day == today else ""))
        else:
            quiet.append(day)
        day -= timedelta(days=1)
    return tuple(found + _quiet_stretch(quiet, today))


def _open_words(count: int) -> str:
    if not count:
        return ""
    return "One open incident, above." if count == 1 else f"{count} open incidents, above."


def _quiet_stretch(days: Sequence[date], today: date) -> list[Stretch]:
    if not days:
        return []
    if len(days) == 1:
        return [Stretch(_label(days[0], today), words="No incidents.")]
    return [Stretch(_span(days[-1], days[0]), words=f"No incidents in {len(days)} days.")]


def _label(day: date, today: date) -> str:
    return "Today" if day == today else f"{day:%a} {day.day} {day:%b}"


def _span(first: date, last: date) -> str:
    if first.month == last.month:
        return f"{first.day} \u2013 {last.day} {last:%b}"
    return f"{first.day} {first:%b} \u2013 {last.day} {last:%b}"
