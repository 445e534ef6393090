"""From an address to its page: the one list of what is public."""

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.publish.api_v2.documents import DOCUMENTS, JSON, document, incident_document
from statuspage.publish.feeds import calendar
from statuspage.publish.feeds.documents import FEEDS, written
from statuspage.publish.pages import badges, embed, forms, history, home, machines, stories, uptime
from statuspage.publish.pages.beside import BESIDE, beside
from statuspage.publish.records import OPEN_TO_ALL, Page
from statuspage.publish.site import Site
from statuspage.publish.visit import Visit, visit


def _feed(name: str) -> Callable[[Visit], Page]:
    def render_feed(asked: Visit) -> Page:
        feed = written(asked, name)
        return Page(asked.path, feed.content_type, feed.body, feed.changed_at, OPEN_TO_ALL)

    return render_feed


def _document(name: str) -> Callable[[Visit], Page]:
    def render_document(asked: Visit) -> Page:
        found = document(asked, name)
        return Page(asked.path, JSON, found.body, found.changed_at, OPEN_TO_ALL)

    return render_document


def _incident_document(asked: Visit, code: str) -> Page | None:
    found = incident_document(asked, code)
    return Page(asked.path, JSON, found.body, found.changed_at, OPEN_TO_ALL) if found else None


STANDING: dict[str, Callable[[Visit], Page | None]] = {
    "/": home.home,
    "/history": history.latest,
    "/history.json": history.document,
    "/uptime": uptime.uptime,
    "/subscribe": forms.subscribe,
    "/maintenance.ics": calendar.calendar,
    "/badge.svg": badges.page_badge,
    "/badge.json": badges.endpoint,
    "/embed.js": embed.script,
    "/embed.html": embed.frame,
    "/robots.txt": machines.robots,
    "/sitemap.xml": machines.sitemap,
    "/.well-known/security.txt": machines.security,
    **{f"/{name}": _feed(name) for name in FEEDS},
    **{f"/api/v2/{name}": _document(name) for name in DOCUMENTS},
}
NAMED: tuple[tuple[re.Pattern[str], Callable[[Visit, str], Page | None]], ...] = (
    (re.compile(r"/incidents/([a-z0-9]{12})"), stories.incident),
    (re.compile(r"/maintenance/([a-z0-9]{12})"), stories.maintenance),
    (re.compile(r"/history/(\d{4}-\d{2})"), history.month),
    (re.compile(r"/components/([a-z0-9-]{1,60})"), uptime.component),
    *((re.compile(rf"/components/([a-z0-9-]{{1,60}}){re.escape(suffix)}"), beside(suffix)) for suffix in BESIDE),
    (re.compile(r"/api/v2/incidents/([a-z0-9]{12})\.json"), _incident_document),
)


def render(session: Session, path: str, site: Site, as_of: datetime) -> Page | None:
    """Return the page at `path` as of `as_of`, or None when nothing public is there.

    Name, zone and language of `site` give way to those in the database. Raises `NotFound` without a profile.
    """
    standing = STANDING.get(path)
    if standing is None and not any(pattern.fullmatch(path) for pattern, _ in NAMED):
        return None
    asked = visit(session, path, site, as_of)
    if standing:
        return standing(asked)
    for pattern, make in NAMED:
        if match := pattern.fullmatch(path):
            return make(asked, match[1])
    return None
