"""What a feed reader sees of one component."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from sqlalchemy.orm import Session

from statuspage.domain.components.actions import ComponentDraft, change_component
from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.incidents.actions import IncidentChange, change_incident, post_update
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.publish.pages import render, timed_paths, touched_paths
from tests.kit.cast import Cast, affects, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.publish.rendered import SITE, counted, page, root

pytestmark = pytest.mark.soak_on("postgresql")

FORMS = ("rss", "atom")
DOWN = ComponentStatus.MAJOR_OUTAGE


def read(session: Session, path: str, clock: FrozenClock) -> Any:
    session.expire_all()
    found = feedparser.parse(page(session, path, clock.now()).body)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("form", FORMS)
def test_it_tells_every_update_of_what_names_the_component_and_nothing_else(
    session: Session, cast: Cast, clock: FrozenClock, form: str
) -> None:
    ours = declare(session, cast.ben, clock.now(), components=affects(mail=DOWN))
    declare(session, cast.ben, clock.now(), public_title="Elsewhere", components=affects(web=DOWN))
    fix = says("A fix is in.", PublicStatus.MONITORING)  # changes no component, and is about ours all the same
    post_update(session, ours, fix, by=cast.ben, now=clock.advance(minutes=5))
    plan(session, cast.ben, clock.advance(minutes=5), components=("mail",))
    entries = read(session, f"/components/mail.{form}", clock).entries
    assert [entry.title for entry in entries] == [
        "Scheduled: New mail servers",
        "Monitoring: Checkout fails",
        "Investigating: Checkout fails",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_has_the_same_id_as_in_the_feed_of_everything(
    session: Session, cast: Cast, clock: FrozenClock, form: str
) -> None:
    declare(session, cast.ben, clock.now(), components=affects(mail=DOWN))
    plan(session, cast.ben, clock.now(), components=("mail",))
    own = [entry.id for entry in read(session, f"/components/mail.{form}", clock).entries]
    assert len(own) == 2
    assert own == [entry.id for entry in read(session, f"/updates.{form}", clock).entries]


@pytest.mark.parametrize("form", FORMS)
def test_its_frame_names_itself_and_the_page_of_the_component(
    session: Session, cast: Cast, clock: FrozenClock, form: str
) -> None:
    feed = read(session, f"/components/mail.{form}", clock).feed
    assert (feed.title, feed.link) == ("Acme - Mail", "https://status.example.com/components/mail")
    own = [link.href for link in feed.links if link.rel == "self"]
    assert own == [f"https://status.example.com/components/mail.{form}"]


def test_the_page_of_the_component_leads_to_it(session: Session, cast: Cast, clock: FrozenClock) -> None:
    found = root(session, "/components/mail", clock.now()).xpath("//link[@rel='alternate']/@href")
    assert {"/components/mail.atom", "/components/mail.rss"} <= set(found)


def test_an_internal_component_has_none(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now(), components=affects(api=DOWN))
    hidden = ComponentDraft("API", visibility=Visibility.INTERNAL)
    change_component(session, "api", hidden, version=None, by=cast.ada, now=clock.now())
    session.flush()
    assert [render(session, f"/components/api.{form}", SITE, clock.now()) for form in FORMS] == [None, None]


@pytest.mark.parametrize("form", FORMS)
def test_it_holds_the_newest_twenty_five(session: Session, cast: Cast, clock: FrozenClock, form: str) -> None:
    incident = declare(session, cast.ben, clock.now(), components=affects(mail=DOWN))
    for number in range(27):
        post_update(session, incident, says(f"News {number}."), by=cast.ben, now=clock.advance(minutes=1))
    entries = read(session, f"/components/mail.{form}", clock).entries
    assert len(entries) == 25
    assert "News 26." in entries[0].description


def test_a_new_title_touches_the_feed_of_every_component_that_the_story_names(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now(), components=affects(mail=DOWN, web=DOWN))
    change_incident(session, incident, IncidentChange(public_title="Other"), by=cast.ben, now=clock.now())
    touched = touched_paths(session, ["site", f"incident:{incident.code}"], clock.now())
    assert {"/components/mail.atom", "/components/web.rss"} <= touched
    assert "/components/api.atom" not in touched


def test_a_passed_promise_moves_the_feeds_of_what_is_named_alone(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now(), components=affects(mail=DOWN))
    soon = says("Soon.", next_update_at=clock.now() + timedelta(minutes=10))
    post_update(session, incident, soon, by=cast.ben, now=clock.now())
    session.expire_all()
    timed = timed_paths(session, clock.now(), clock.now())
    assert "/components/mail.rss" in timed
    assert "/components/api.rss" not in timed
    clock.advance(minutes=10)
    assert "Next update was due" in read(session, "/components/mail.rss", clock).entries[0].description


def test_it_costs_the_same_however_much_has_happened(session: Session, cast: Cast, clock: FrozenClock) -> None:
    costs = []
    for more in (1, 12):
        for _ in range(more):
            declare(session, cast.ben, clock.now(), components=affects(mail=DOWN))
        session.flush()
        with counted(session) as statements:
            page(session, "/components/mail.atom", clock.now())
        costs.append(len(statements))
    assert costs[0] == costs[1]
