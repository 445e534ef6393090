"""What a reader of JSON Feed sees, held against the specification (https://www.jsonfeed.org/version/1.1/)."""

from datetime import datetime
from typing import Any

import feedparser
import pytest
from sqlalchemy.orm import Session

from statuspage.domain.incidents.actions import post_update
from statuspage.publish.feeds.writing import JSON_FEED
from tests.kit.cast import Cast, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.publish.rendered import document, page, root

pytestmark = pytest.mark.soak_on("postgresql")

# Every key that 1.1 knows and its type; those that must be there.
TOP = {
    **dict.fromkeys(("version", "title", "home_page_url", "feed_url", "description", "user_comment"), str),
    **dict.fromkeys(("next_url", "icon", "favicon", "language"), str),
    "authors": list,
    "expired": bool,
    "hubs": list,
    "items": list,
}
ITEM = {
    **dict.fromkeys(("id", "url", "external_url", "title", "content_html", "content_text", "summary"), str),
    **dict.fromkeys(("image", "banner_image", "date_published", "date_modified", "language"), str),
    "authors": list,
    "tags": list,
    "attachments": list,
}


def faults_of(shape: dict[str, Any]) -> list[str]:
    """Return what the specification has against a feed."""
    found = [f"{name} is missing" for name in ("version", "title", "items") if name not in shape]
    found += _typed(shape, TOP)
    if shape["version"] != "https://jsonfeed.org/version/1.1":
        found.append("version is another one")
    for author in shape.get("authors", []):
        if not {"name", "url", "avatar"} & set(author):
            found.append("an author has neither name nor address nor picture")
    ids = [item.get("id") for item in shape["items"]]
    if len(ids) != len(set(ids)) or not all(ids):
        found.append("an id is missing or stands twice")
    for item in shape["items"]:
        found += _typed(item, ITEM)
        if not {"content_html", "content_text"} & set(item):
            found.append("an item has no content")
        for name in ("date_published", "date_modified"):
            if datetime.fromisoformat(item[name]).tzinfo is None:
                found.append(f"{name} has no offset")
    return found


def _typed(shape: dict[str, Any], known: dict[str, type]) -> list[str]:
    return [f"{name} is {value!r}" for name, value in shape.items() if type(value) is not known.get(name)]


def test_the_check_notices_what_is_wrong() -> None:
    item = {"id": 1, "date_published": "2026-11-18T12:00:00", "date_modified": "2026-11-18T12:00:00Z"}
    broken = {"version": "1", "title": "T", "items": [item, item], "authors": [{}], "rating": 5}
    assert faults_of(broken) == [
        "rating is 5",
        "version is another one",
        "an author has neither name nor address nor picture",
        "an id is missing or stands twice",
        *["id is 1", "an item has no content", "date_published has no offset"] * 2,
    ]


def test_it_is_valid_and_tells_the_stories_of_the_atom_feed(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    plan(session, cast.ben, clock.now())
    found = page(session, "/feed.json", clock.now())
    shape = document(session, "/feed.json", clock.now())
    twin = feedparser.parse(page(session, "/history.atom", clock.now()).body)
    assert faults_of(shape) == []
    assert found.content_type == JSON_FEED
    assert shape["feed_url"] == "https://status.example.com/feed.json"
    assert [(item["id"], item["title"], item["url"]) for item in shape["items"]] == [
        (entry.id, entry.title, entry.link) for entry in twin.entries
    ]


def test_an_item_keeps_its_id_and_moves_with_the_news(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    before = document(session, "/feed.json", clock.now())["items"]
    post_update(session, incident, says("*News* & <b>more</b>."), by=cast.ben, now=clock.advance(minutes=5))
    session.expire_all()
    after = document(session, "/feed.json", clock.now())["items"]
    assert [item["id"] for item in after] == [item["id"] for item in before]
    assert (before[0]["date_modified"], after[0]["date_modified"]) == ("2026-11-18T12:00:00Z", "2026-11-18T12:05:00Z")
    assert after[0]["date_published"] == before[0]["date_published"]
    assert "<em>News</em> &amp; &lt;b&gt;more" in after[0]["content_html"]


def test_the_history_leads_to_it(session: Session, cast: Cast, clock: FrozenClock) -> None:
    tree = root(session, "/history", clock.now())
    assert tree.xpath("//link[@type='application/feed+json']/@href") == ["/feed.json"]
