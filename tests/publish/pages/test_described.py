"""What search engines, chats and finders of weaknesses read of the pages."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from statuspage.core.clock import rfc3339
from statuspage.publish.pages import all_paths, render, timed_paths
from tests.kit.cast import Cast, declare, plan
from tests.kit.clock import FrozenClock
from tests.kit.pages import text_of
from tests.publish.rendered import CONTACT, ORIGIN, SITE, page, root

pytestmark = pytest.mark.soak_on("postgresql")

SECURITY = "/.well-known/security.txt"
HOSTILE = 'Checkout </script><script>alert("1")</script> & Co <!-- '


def described(session: Session, path: str, clock: FrozenClock) -> dict[str, Any]:
    (block,) = root(session, path, clock.now()).xpath("//script[@type='application/ld+json']/text()")
    found: dict[str, Any] = json.loads(block)
    return found


def test_every_page_describes_itself_in_the_same_words(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    plan(session, cast.ben, clock.now())
    seen = set()
    for path in all_paths(session, clock.now()):
        html = page(session, path, clock.now()).content_type.startswith("text/html")
        if not html or path == "/embed.html":  # the frame is part of other pages
            continue
        tree = root(session, path, clock.now())
        named = {meta.get("property") or meta.get("name"): meta.get("content") for meta in tree.xpath("//meta")}
        assert named["description"] == named["og:description"] == described(session, path, clock)["description"]
        assert text_of(tree.find("head/title")) == named["og:title"] == described(session, path, clock)["name"]
        assert named["og:url"] == f"https://status.example.com{path}"
        assert SITE.assets.at(named["og:image"].removeprefix("https://status.example.com")) is not None
        seen.add(named["og:title"])
    assert len(seen) > 6, "pages have titles of their own"


def test_a_story_says_when_it_was_told_and_when_it_changed(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    work = plan(session, cast.ben, clock.now())
    for path in (f"/incidents/{incident.code}", f"/maintenance/{work.code}"):
        found = described(session, path, clock)
        assert (found["datePublished"], found["dateModified"]) == (rfc3339(clock.now()), rfc3339(clock.now()))
        assert found["@type"] == "WebPage"
    assert "datePublished" not in described(session, "/", clock)


def test_words_of_people_stay_data(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now(), public_title=HOSTILE)
    found = described(session, f"/incidents/{incident.code}", clock)
    assert found["name"].startswith(HOSTILE.strip())


def test_a_weakness_can_be_reported(session: Session, cast: Cast, clock: FrozenClock) -> None:
    found = page(session, SECURITY, clock.now())
    assert found.content_type == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in found.body.decode().splitlines())
    assert fields["Contact"] == CONTACT
    assert fields["Canonical"] == f"https://status.example.com{SECURITY}"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=180) < expires - clock.now() < timedelta(days=365)


def test_it_is_said_anew_with_each_month_and_not_more_often(session: Session, cast: Cast, clock: FrozenClock) -> None:
    since = clock.now()
    body = page(session, SECURITY, since).body
    assert page(session, SECURITY, since + timedelta(days=10)).body == body
    later = since + timedelta(days=14)
    assert page(session, SECURITY, later).body != body
    assert SECURITY in timed_paths(session, later, since)


def test_without_a_contact_there_is_no_such_page(session: Session, cast: Cast, clock: FrozenClock) -> None:
    assert render(session, SECURITY, replace(SITE, security_contact=""), clock.now()) is None


def test_a_polite_crawler_finds_every_page_of_the_sitemap(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    plan(session, cast.ben, clock.now())
    rules = RobotFileParser()
    rules.parse(page(session, "/robots.txt", clock.now()).body.decode().splitlines())
    assert rules.site_maps() == [f"{ORIGIN}/sitemap.xml"]
    assert not rules.can_fetch("any", f"{ORIGIN}/admin/")
    sitemap = etree.fromstring(page(session, "/sitemap.xml", clock.now()).body)
    places = [str(place) for place in sitemap.xpath("//*[local-name()='loc']/text()")]
    assert len(set(places)) == len(places) > 8
    for place in places:
        assert rules.can_fetch("any", place), place
        head = root(session, place.removeprefix(ORIGIN), clock.now()).find("head")
        assert head.xpath("link[@rel='canonical']/@href") == [place]
        assert not head.xpath("meta[@name='robots']"), place


def test_every_bar_says_in_words_what_it_shows_and_stands_by_a_link(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    declare(session, cast.ben, clock.now() - timedelta(days=2))
    tree = root(session, "/", clock.now())
    bars = tree.xpath("//*[@class='bars']")
    assert len(bars) == 4, "Platform, and Web, API and Mail"
    for bar in bars:
        assert bar.get("role") == "img"
        assert bar.get("aria-label").startswith("Last 90 days: "), "a reader by ear hears a sentence"
        assert not bar.xpath(".//*[@tabindex] | .//a"), "days of three pixels are no targets"
        assert bar.xpath("ancestor::summary | ancestor::*[@class='component']//a[@href]"), "the days stand on a page"
    assert "trouble on 3 days" in tree.xpath("//*[@id='component-web']//*[@role='img']/@aria-label")[0]
