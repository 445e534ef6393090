"""`/maintenance.ics`: planned work for calendars that subscribe to it (RFC 5545, RFC 7986). All times are UTC.

An event keeps its UID for ever and its SEQUENCE grows with every change, so that a calendar moves or strikes out the
event it has. Work that was cancelled stays as CANCELLED, and work that is over as it was, for 90 days after its start.
Every date comes from the data; which events are in changes when a day of the page's zone begins.
"""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from statuspage.core.languages import Speech
from statuspage.core.text import plain_text
from statuspage.core.words import word
from statuspage.domain.components.uptime import day_bounds
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.publish.api_v2.objects import words
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.feeds.writing import speakable
from statuspage.publish.records import OPEN_TO_ALL, Page
from statuspage.publish.visit import Visit

CALENDAR = "text/calendar; charset=utf-8"
KEPT = timedelta(days=90)
REFRESH = timedelta(minutes=15)


def calendar(visit: Visit) -> Page:
    """Return every maintenance that is ahead, goes on, or began in the last 90 days."""
    since = day_bounds(visit.today - KEPT, visit.site.timezone)[0]
    told = visit.reading.maintenances_for_calendars(since)
    changed_at = max((fact.changed_at for fact in told), default=visit.reading.profile.created_at)
    made = _frame(visit, changed_at)
    for fact in told:
        made.add_component(_event(visit, fact))
    return Page(visit.path, CALENDAR, made.to_ical(), changed_at, OPEN_TO_ALL)


def _frame(visit: Visit, changed_at: datetime) -> Calendar:
    name = visit.speech.gettext("%(name)s maintenance", name=visit.site.name)
    made = Calendar()
    made.add("prodid", "-//Statuspage//Maintenance//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("uid", f"{visit.reading.profile.code}.statuspage.invalid")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("url", visit.site.links.absolute(visit.site.links.home()))
    made.add("last-modified", changed_at)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT15M")  # the name that older calendars know
    return made


def _event(visit: Visit, fact: MaintenanceFact) -> Event:
    links = visit.site.links
    made = Event()
    made.add("uid", f"{fact.code}@{visit.reading.profile.code}.statuspage.invalid")
    made.add("sequence", fact.version)
    made.add("dtstamp", fact.changed_at)
    made.add("created", fact.published_at)
    made.add("last-modified", fact.changed_at)
    made.add("dtstart", fact.starts_at)
    made.add("dtend", fact.ends_at)
    made.add("summary", speakable(f"{visit.site.name}: {fact.title}"))
    made.add("description", speakable(_description(fact, visit.speech)))
    made.add("status", "CANCELLED" if fact.status is MaintenanceStatus.CANCELLED else "CONFIRMED")
    made.add("transp", "TRANSPARENT")  # nobody is busy because of it
    made.add("url", links.absolute(links.maintenance(fact.code)))
    return made


def _description(fact: MaintenanceFact, speech: Speech) -> str:
    names = ", ".join(component.name for component in fact.components)
    said = plain_text(words(fact.latest)) if fact.latest else ""
    status = word(fact.status, speech)
    return "\n\n".join(part for part in (f"{status}: {names}" if names else status, said) if part)
