"""Words of people stay words: a table of payloads in every field that reaches customers, every output parsed."""

import json
import re
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from icalendar import Calendar
from lxml import etree
from sqlalchemy.orm import Session

from statuspage.core.db import Database, commit
from statuspage.core.languages import Language
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.components.actions import ComponentDraft, create_component, create_group, seed_profile
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import (
    ComponentImpact,
    Correction,
    correct_update,
    post_update,
    retract_update,
)
from statuspage.outbox.enums import EventKind
from statuspage.publish import pages
from statuspage.publish.records import Page
from statuspage.wsgi import Serving
from tests.delivery.stock import SITE as SENDER
from tests.delivery.stock import parsed, part, story, written
from tests.kit.cast import SYSTEM, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.kit.fixtures.web import ORIGIN
from tests.kit.hostile import PAYLOADS, chunks, dangers, piece
from tests.kit.pages import parse, parse_strictly, text_of

NAME = "Acme </title>\"'><img src=x> {{ name }}"
EVERYTHING = "\n\n".join(PAYLOADS)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
DRAWN = {"svg", "title", "rect", "path", "g", "text"}


@pytest.fixture
def titles(database: Database, clock: FrozenClock) -> list[str]:
    """Every payload in every field that customers read; the titles as the page says them."""
    with database.session() as session:
        seed_profile(session, NAME, "Europe/Berlin", Language.EN, now=clock.now() - timedelta(days=9))
        declare(session, SYSTEM, clock.now(), components=(), update=says(EVERYTHING))
        said = [_tell(session, clock, words, name) for words, name in zip(chunks(195), chunks(115), strict=False)]
        for words in [*chunks(115)][len(said) :]:
            group = create_group(session, words, words, by=SYSTEM, now=clock.now()).slug
            create_component(session, ComponentDraft("Web", group=group), by=SYSTEM, now=clock.now())
        commit(session)
    return said


def _tell(session: Session, clock: FrozenClock, words: str, name: str) -> str:
    now = clock.advance(minutes=10)
    slug = create_component(session, ComponentDraft(name, description=words), by=SYSTEM, now=now).slug
    impacts = (ComponentImpact(slug, ComponentStatus.PARTIAL_OUTAGE),)
    opening = says(words, components=impacts, workaround=words)
    incident = declare(session, SYSTEM, now, title=words, public_title=words, components=impacts, update=opening)
    wrong = post_update(session, incident, says(words), by=SYSTEM, now=clock.advance(minutes=1))
    right = post_update(session, incident, says(words), by=SYSTEM, now=clock.advance(minutes=1))
    retract_update(session, wrong, words, by=SYSTEM, now=clock.advance(minutes=1))
    correct_update(session, right, Correction(words), by=SYSTEM, now=clock.now())
    plan(session, SYSTEM, clock.now(), title=words, components=(slug,), body=words)
    return clean_line(words, "title")


@pytest.fixture
def public(titles: list[str], database: Database, serving: Serving, clock: FrozenClock) -> dict[str, Page]:
    """Every public page; of another language the first says enough."""
    with database.session(readonly=True) as session:
        every = pages.all_paths(session, clock.now())
    kept = [path for path in every if not path.startswith("/de/")]
    return {path: page for path in (*kept, "/de/") if (page := serving.builder.page(path))}


def texts(public: dict[str, Page], start: str, ending: str) -> dict[str, str]:
    """Return pages by where they stand and by how their type begins, as text."""
    chosen = {path: page for path, page in public.items() if path.startswith(start)}
    return {path: page.body.decode() for path, page in chosen.items() if page.content_type.startswith(ending)}


def test_words_of_people_stay_words(public: dict[str, Page], titles: list[str]) -> None:
    for path, page in public.items():
        assert not [pair for pair in page.headers if re.search(r"[\r\n\0]", "".join(pair))], path
        if not page.content_type.startswith("image/png"):
            assert not CONTROL.search(page.body.decode()), path
    _html(texts(public, "/", "text/html"), titles)
    _feeds(public, titles)
    _calendar(public["/maintenance.ics"].body, titles)
    _machines(public, titles)


def _html(found: dict[str, str], titles: list[str]) -> None:
    assert len(found) > 3 * len(titles)
    for path, html in found.items():
        root, faults = parse_strictly(html)
        assert not faults, (path, faults)
        assert not (led := dangers(root, origin=ORIGIN)), (path, led)
        for block in root.xpath("//script[@type='application/ld+json']/text()"):
            assert json.loads(block)["url"].startswith(ORIGIN), path
        for meta in root.xpath("//meta[@property='og:url']/@content"):
            assert meta.startswith(f"{ORIGIN}/"), path
    home = text_of(parse(found["/"])[0])
    assert not [title for title in titles if title not in home], "nothing is lost, either"


def _feeds(public: dict[str, Page], titles: list[str]) -> None:
    feeds = {path: page.body for path, page in public.items() if path.endswith((".rss", ".atom"))}
    assert len(feeds) > 2 * len(titles)
    for path, body in feeds.items():
        etree.fromstring(body, etree.XMLParser(resolve_entities=False))
        found: Any = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
        assert not found.bozo, (path, found.get("bozo_exception"))
        for entry in found.entries:
            assert entry.link.startswith(f"{ORIGIN}/"), path
            assert not (led := dangers(piece(entry.description), origin=ORIGIN)), (path, led)
    told = {entry.title for entry in feedparser.parse(feeds["/history.atom"], sanitize_html=False).entries}
    assert told >= set(titles)
    for item in json.loads(public["/feed.json"].body)["items"]:
        assert not (led := dangers(piece(item["content_html"]), origin=ORIGIN)), led


def _calendar(body: bytes, titles: list[str]) -> None:
    events = Calendar.from_ical(body).walk("VEVENT")
    assert sorted(str(event["SUMMARY"]) for event in events) == sorted(f"{NAME}: {title}" for title in titles)
    names = {name for event in events for name in event}
    assert not names & {"ATTENDEE", "ATTACH", "X-ZQ", "BCC", "ORGANIZER"}


def _machines(public: dict[str, Page], titles: list[str]) -> None:
    documents = {path: json.loads(text) for path, text in texts(public, "/", "application/json").items()}
    names = {story["name"] for story in documents["/api/v2/incidents.json"]["incidents"]}
    assert names == {*titles, "Checkout fails"}
    assert documents["/badge.json"]["label"].startswith("Acme")
    for path, text in texts(public, "/", "image/svg+xml").items():
        picture = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
        assert {etree.QName(one).localname for one in picture.iter()} <= DRAWN, path
        assert not [name for one in picture.iter() for name in one.attrib if name.startswith(("on", "style", "href"))]
    places = etree.fromstring(public["/sitemap.xml"].body).xpath("//*[local-name()='loc']/text()")
    assert places and all(place.startswith(f"{ORIGIN}/") for place in places)
    for path in ("/robots.txt", "/.well-known/security.txt"):
        assert all(re.match(r"[A-Z][A-Za-z-]+: |$", line) for line in public[path].body.decode().splitlines()), path


@pytest.mark.parametrize("words", [*chunks(195)])
def test_words_of_people_stay_words_in_mail(words: str) -> None:
    said = clean_line(words, "title")
    body = clean_text(EVERYTHING, "body")
    raw = written(EventKind.INCIDENT_OPENED, story(title=said, body=body, workaround=said), SENDER)
    message = parsed(raw)
    assert not message.defects
    assert {"bcc", "x-zq"}.isdisjoint(name.lower() for name in message)
    assert not (led := dangers(piece(part(raw, "html")), origin=ORIGIN, styled=True)), led
