"""A feed as bytes. The same feed always gives the same bytes."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator

from statuspage.core.clock import rfc3339

ATOM = "application/atom+xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
REFRESH_MINUTES = 5
# Whatever XML 1.0 cannot carry; feedgen refuses it with an exception.
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One item. `id` never changes; `updated` moves when a reader should look again; instants are UTC."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    html: str
    category: str


@dataclass(frozen=True)
class Feed:
    """A list of entries, newest first, under absolute addresses."""

    id: str
    title: str
    subtitle: str
    author: str
    language: str
    home: str
    address: str
    updated: datetime
    entries: Sequence[Entry]


def atom(feed: Feed) -> bytes:
    """Write Atom 1.0 (RFC 4287)."""
    written: bytes = _generator(feed).atom_str(pretty=True)
    return written


def rss(feed: Feed) -> bytes:
    """Write RSS 2.0."""
    written: bytes = _generator(feed).rss_str(pretty=True)
    return written


def json_feed(feed: Feed) -> bytes:
    """Write JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    shape = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(shape, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.link,
        "title": speakable(entry.title),
        "content_html": speakable(entry.html),
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "tags": [entry.category],
    }


def speakable(text: str) -> str:
    """Return text without what XML 1.0 cannot carry."""
    return _UNSPEAKABLE.sub("", text)


def _generator(feed: Feed) -> FeedGenerator:
    made = FeedGenerator()
    made.id(feed.id)
    made.title(speakable(feed.title))
    made.subtitle(speakable(feed.subtitle))
    made.author({"name": speakable(feed.author)})
    made.language(feed.language)
    made.generator("Statuspage")
    made.ttl(REFRESH_MINUTES)
    made.link(href=feed.address, rel="self")
    made.link(href=feed.home, rel="alternate")  # last: RSS takes the last one as its link
    made.updated(feed.updated)
    made.lastBuildDate(feed.updated)
    for entry in feed.entries:
        _add(made, entry)
    return made


def _add(made: FeedGenerator, entry: Entry) -> None:
    item = made.add_entry(order="append")
    item.id(entry.id)
    item.guid(entry.id, permalink=False)
    item.title(speakable(entry.title))
    item.link(href=entry.link, rel="alternate")
    item.published(entry.published)
    item.updated(entry.updated)
    item.category(term=entry.category)
    item.content(speakable(entry.html), type="html")
