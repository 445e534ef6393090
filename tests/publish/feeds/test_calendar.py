"""What calendars see that subscribe to planned work, read by two parsers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar, Event
from sqlalchemy.orm import Session

from statuspage.domain.incidents.actions import Redaction
from statuspage.domain.maintenance.actions import (
    MaintenanceChange,
    MaintenanceUpdateDraft,
    advance_due,
    cancel_maintenance,
    change_maintenance,
    post_maintenance_update,
    redact_maintenance_update,
)
from statuspage.publish.feeds.calendar import CALENDAR
from statuspage.publish.pages import timed_paths
from tests.kit.cast import Cast, plan
from tests.kit.clock import FrozenClock
from tests.publish.rendered import page, root

pytestmark = pytest.mark.soak_on("postgresql")

PATH = "/maintenance.ics"
BERLIN = ZoneInfo("Europe/Berlin")


def events(session: Session, clock: FrozenClock) -> list[Event]:
    session.expire_all()
    body = page(session, PATH, clock.now()).body
    assert len([line for line in body.split(b"\r\n") if len(line) > 75]) == 0, "a line is folded at 75 octets"
    found = Calendar.from_ical(body)
    assert found.errors == []
    assert all(event.errors == [] for event in found.events)
    return list(found.events)


def test_an_event_says_what_is_planned_and_when(session: Session, cast: Cast, clock: FrozenClock) -> None:
    work = plan(
        session, cast.ben, clock.now(), body="Mail **may** be late:\n\n- in; out, back\n- [why](https://x.test/)"
    )
    (event,) = events(session, clock)
    assert event["UID"].startswith(f"{work.code}@")
    assert (event.start, event.end) == (work.starts_at, work.ends_at)
    assert event["DTSTART"].to_ical() == b"20261119T120000Z"
    assert (event["SUMMARY"], event["STATUS"], event["TRANSP"]) == (
        "Acme: New mail servers",
        "CONFIRMED",
        "TRANSPARENT",
    )
    assert event["URL"] == f"https://status.example.com/maintenance/{work.code}"
    text = "Scheduled: Mail\n\nMail may be late:\n\n- in; out, back\n- why (https://x.test/)"
    assert event["DESCRIPTION"] == text
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == clock.now()


def test_another_parser_reads_the_same(session: Session, cast: Cast, clock: FrozenClock) -> None:
    plan(session, cast.ben, clock.now(), title="Größere Wartung; Kasse, " + "ä" * 80)
    found = vobject.readOne(page(session, PATH, clock.now()).body.decode())
    assert (found.method.value, found.version.value) == ("PUBLISH", "2.0")
    (event,) = found.vevent_list
    assert event.summary.value == "Acme: Größere Wartung; Kasse, " + "ä" * 80
    assert event.dtstart.value == datetime(2026, 11, 19, 12, tzinfo=UTC)
    assert event.uid.value == events(session, clock)[0]["UID"]


def test_a_change_keeps_the_uid_and_raises_the_sequence(session: Session, cast: Cast, clock: FrozenClock) -> None:
    work = plan(session, cast.ben, clock.now())
    seen = events(session, clock)
    later = MaintenanceChange(starts_at=work.starts_at + timedelta(hours=1), ends_at=work.ends_at + timedelta(hours=1))
    change_maintenance(session, work, later, by=cast.ben, now=clock.advance(minutes=1))
    seen += events(session, clock)
    post_maintenance_update(
        session, work, MaintenanceUpdateDraft("Still on."), by=cast.ben, now=clock.advance(minutes=1)
    )
    seen += events(session, clock)
    secret = Redaction("Still", "Secret")
    redact_maintenance_update(session, work.updates[0], secret, by=cast.ben, now=clock.advance(minutes=1))
    seen += events(session, clock)
    cancel_maintenance(session, work, "Not now.", by=cast.ben, now=clock.advance(minutes=1))
    seen += events(session, clock)
    assert len(seen) == 5
    assert len({event["UID"] for event in seen}) == 1
    assert (seen[1].start - seen[0].start, seen[4]["STATUS"]) == (timedelta(hours=1), "CANCELLED")
    for number in ("SEQUENCE", "LAST-MODIFIED"):
        numbers = [event[number] if number == "SEQUENCE" else event[number].dt for event in seen]
        assert sorted(set(numbers)) == numbers, f"{number} grows with each change"


@pytest.mark.parametrize("ending", ["cancelled", "over"])
def test_what_ended_is_kept_for_ninety_days(session: Session, cast: Cast, clock: FrozenClock, ending: str) -> None:
    work = plan(session, cast.ben, clock.now())
    if ending == "cancelled":
        cancel_maintenance(session, work, "Not now.", by=cast.ben, now=clock.advance(minutes=1))
    else:
        advance_due(session, clock.advance(days=1))
        advance_due(session, clock.advance(hours=1))
    clock.advance(days=89)
    assert len(events(session, clock)) == 1
    clock.advance(days=3)
    assert events(session, clock) == []


def test_the_hour_is_right_on_both_sides_of_the_change_of_clocks(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    begin = datetime(2027, 3, 27, 22, 30, tzinfo=BERLIN)
    end = datetime(2027, 3, 28, 6, 0, tzinfo=BERLIN)  # clocks go forward at 2
    plan(session, cast.ben, clock.now(), starts_at=begin, ends_at=end)
    (event,) = events(session, clock)
    assert event.end - event.start == timedelta(hours=6, minutes=30)
    assert f"{event.start.astimezone(BERLIN):%H:%M}-{event.end.astimezone(BERLIN):%H:%M}" == "22:30-06:00"
    assert b"TZID" not in page(session, PATH, clock.now()).body


def test_the_calendar_has_a_name_and_says_how_often_to_look(session: Session, cast: Cast, clock: FrozenClock) -> None:
    found = page(session, PATH, clock.now())
    assert found.content_type == CALENDAR
    lines = set(found.body.decode().split("\r\n"))
    assert {"METHOD:PUBLISH", "NAME:Acme maintenance", "X-WR-CALNAME:Acme maintenance"} <= lines
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M"} <= lines
    assert events(session, clock) == []


def test_only_the_turn_of_a_day_moves_it_by_the_clock(session: Session, cast: Cast, clock: FrozenClock) -> None:
    plan(session, cast.ben, clock.now())
    since = clock.now()
    before = page(session, PATH, since).body
    assert PATH not in timed_paths(session, since + timedelta(hours=10), since)
    assert page(session, PATH, since + timedelta(hours=10)).body == before
    assert PATH in timed_paths(session, since + timedelta(hours=12), since)


def test_the_page_and_the_maintenance_lead_to_it(session: Session, cast: Cast, clock: FrozenClock) -> None:
    work = plan(session, cast.ben, clock.now())
    for path in ("/", f"/maintenance/{work.code}"):
        assert root(session, path, clock.now()).xpath(f"//a[@href='{PATH}']"), path
