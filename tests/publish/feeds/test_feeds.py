"""What a feed reader sees."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from sqlalchemy.orm import Session

from statuspage.core.clock import rfc3339
from statuspage.domain.incidents.actions import (
    Correction,
    IncidentChange,
    change_incident,
    correct_update,
    post_update,
    retract_update,
)
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.incidents.models import Incident
from statuspage.publish.feeds.writing import ATOM, RSS, Entry, Feed, atom, rss, speakable
from tests.kit.cast import Cast, declare, plan, says
from tests.kit.clock import NOON, FrozenClock
from tests.publish.rendered import page

pytestmark = pytest.mark.soak_on("postgresql")

UPDATES = ("/updates.rss", "/updates.atom")
STORIES = ("/history.rss", "/history.atom")


def read(session: Session, path: str, clock: FrozenClock) -> Any:
    session.expire_all()
    found = feedparser.parse(page(session, path, clock.now()).body)
    assert not found.bozo, found.get("bozo_exception")
    return found


def three_updates(session: Session, cast: Cast, clock: FrozenClock) -> Incident:
    incident = declare(session, cast.ben, clock.now())
    draft = says("A **router** broke.", PublicStatus.IDENTIFIED, next_update_at=clock.now() + timedelta(minutes=30))
    post_update(session, incident, draft, by=cast.ben, now=clock.advance(minutes=5))
    post_update(session, incident, says("It works.", PublicStatus.RESOLVED), by=cast.ben, now=clock.advance(minutes=5))
    return incident


@pytest.mark.parametrize("path", UPDATES)
def test_three_updates_are_three_entries_newest_first(
    session: Session, cast: Cast, clock: FrozenClock, path: str
) -> None:
    incident = three_updates(session, cast, clock)
    entries = read(session, path, clock).entries
    assert [entry.title for entry in entries] == [
        "Resolved: Checkout fails",
        "Identified: Checkout fails",
        "Investigating: Checkout fails",
    ]
    assert len({entry.id for entry in entries}) == 3
    newest = incident.updates[0]
    assert entries[0].link == f"https://status.example.com/incidents/{incident.code}#update-{newest.code}"
    assert "<strong>router</strong>" in entries[1].description
    assert "Next update by" in entries[1].description


@pytest.mark.parametrize("path", STORIES)
def test_an_incident_is_one_entry_that_moves_with_its_news(
    session: Session, cast: Cast, clock: FrozenClock, path: str
) -> None:
    incident = declare(session, cast.ben, clock.now())
    before = read(session, path, clock).entries[0]
    post_update(session, incident, says("News."), by=cast.ben, now=clock.advance(minutes=5))
    found = read(session, path, clock)
    assert len(found.entries) == 1
    after = found.entries[0]
    assert after.id == before.id
    assert "News." in after.description
    assert after.published == before.published
    if path.endswith(".atom"):
        assert (before.updated, after.updated) == ("2026-11-18T12:00:00+00:00", "2026-11-18T12:05:00+00:00")


def test_the_text_is_the_pattern_that_readers_of_status_feeds_know(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    three_updates(session, cast, clock)
    plan(session, cast.ben, clock.now())
    body = page(session, "/history.atom", clock.now()).body.decode()
    day, time = "&lt;var data-var='date'&gt;18&lt;/var&gt;", "&lt;var data-var='time'&gt;12:10&lt;/var&gt;"
    assert f"&lt;p&gt;&lt;small&gt;Nov {day}, {time} UTC&lt;/small&gt;" in body
    assert "&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - It works.&lt;/p&gt;" in body
    assert "THIS IS A SCHEDULED EVENT Nov &lt;var data-var='date'&gt;19" in body


@pytest.mark.parametrize("path", [*UPDATES, *STORIES])
def test_ids_outlive_edits_of_the_title_and_another_address(
    session: Session, cast: Cast, clock: FrozenClock, path: str
) -> None:
    incident = three_updates(session, cast, clock)
    before = [entry.id for entry in read(session, path, clock).entries]
    change_incident(session, incident, IncidentChange(public_title="Payments fail"), by=cast.ben, now=clock.now())
    found = read(session, path, clock)
    assert [entry.id for entry in found.entries] == before
    assert all("Payments fail" in entry.title for entry in found.entries)
    assert not any("status.example.com" in name for name in before)


@pytest.mark.parametrize("path", [*UPDATES, *STORIES])
def test_no_clock_stands_in_the_bytes(session: Session, cast: Cast, clock: FrozenClock, path: str) -> None:
    three_updates(session, cast, clock)
    first = page(session, path, clock.now())
    assert page(session, path, clock.now() + timedelta(days=9)).body == first.body
    assert first.last_modified == clock.now()


@pytest.mark.parametrize("path", [*UPDATES, *STORIES])
def test_a_passed_promise_is_told(session: Session, cast: Cast, clock: FrozenClock, path: str) -> None:
    incident = declare(session, cast.ben, clock.now())
    due = clock.now() + timedelta(minutes=10)
    post_update(session, incident, says("Soon.", next_update_at=due), by=cast.ben, now=clock.now())
    assert "Next update by" in read(session, path, clock).entries[0].description
    clock.advance(minutes=10)
    assert "Next update was due" in read(session, path, clock).entries[0].description


def test_a_correction_and_a_retraction_keep_the_entry_and_move_it(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    second = post_update(session, incident, says("The moon fell."), by=cast.ben, now=clock.advance(minutes=1))
    before = read(session, "/updates.atom", clock).entries[0]
    correct_update(session, second, Correction("The moon rose."), by=cast.ben, now=clock.advance(minutes=1))
    corrected = read(session, "/updates.atom", clock).entries[0]
    assert (corrected.id, "rose" in corrected.description) == (before.id, True)
    assert corrected.updated > before.updated
    retract_update(session, second, "Nothing happened to the moon", by=cast.ben, now=clock.advance(minutes=1))
    gone = read(session, "/updates.atom", clock).entries[0]
    assert (gone.id, gone.title) == (before.id, "Withdrawn: Checkout fails")
    assert "moon rose" not in gone.description
    assert "Nothing happened to the moon" in gone.description


@pytest.mark.parametrize("path", UPDATES)
def test_a_feed_is_bounded(session: Session, cast: Cast, clock: FrozenClock, path: str) -> None:
    incident = declare(session, cast.ben, clock.now())
    for number in range(52):
        post_update(session, incident, says(f"News {number}."), by=cast.ben, now=clock.advance(minutes=1))
    entries = read(session, path, clock).entries
    assert len(entries) == 50
    assert "News 51." in entries[0].description


def test_the_frame_of_a_feed_names_itself_and_its_page(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    for path in (*UPDATES, *STORIES):
        found = read(session, path, clock).feed
        assert found.link == "https://status.example.com/"
        assert f"https://status.example.com{path}" in [link.href for link in found.links if link.rel == "self"]
        assert page(session, path, clock.now()).content_type == (ATOM if path.endswith("atom") else RSS)
    assert read(session, "/updates.rss", clock).feed.ttl == "5"
    assert not read(session, "/updates.rss", clock).entries[0].guidislink


@pytest.mark.parametrize("path", [*UPDATES, *STORIES])
def test_an_empty_page_has_an_empty_feed(session: Session, cast: Cast, clock: FrozenClock, path: str) -> None:
    found = read(session, path, clock)
    assert found.entries == []
    assert found.feed.updated.startswith(("2026-08-20", "Thu, 20 Aug 2026"))


@pytest.mark.parametrize("write", [atom, rss])
def test_what_xml_cannot_carry_is_left_out(write: Any) -> None:
    html = "<p>\x1b[31m\ufffe\ud800</p>"
    entry = Entry("tag:x,2026:1", "Be\x00ll\x07 & <b>", "https://x.test/", NOON, NOON, html, "incidents")
    feed = Feed("tag:x,2026:f", "T\x0b", "S", "A", "en", "https://x.test/", "https://x.test/f", NOON, [entry])
    found = feedparser.parse(write(feed))
    assert not found.bozo
    assert found.entries[0].title == "Bell & <b>"
    assert speakable("a\tb\n\U0001f600") == "a\tb\n\U0001f600"
    assert rfc3339(NOON)[:10] == "2026-11-18"
