"""From an address to its page: the one list of what is public."""

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.core.languages import Language
from statuspage.publish.api_v2.documents import DOCUMENTS, JSON, document, incident_document
from statuspage.publish.feeds import calendar
from statuspage.publish.feeds.documents import FEEDS, written
from statuspage.publish.pages import badges, branding, embed, forms, history, home, machines, stories, uptime
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
    "/report": forms.report,
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
Named = tuple[tuple[re.Pattern[str], Callable[[Visit, str], Page | None]], ...]
NAMED_PAGES: Named = (
    (re.compile(r"/incidents/([a-z0-9]{12})"), stories.incident),
    (re.compile(r"/maintenance/([a-z0-9]{12})"), stories.maintenance),
    (re.compile(r"/history/(\d{4}-\d{2})"), history.month),
    (re.compile(r"/components/([a-z0-9-]{1,60})"), uptime.component),
)
STANDING_PAGES = ("/", "/history", "/uptime", "/subscribe", "/report")
_PREFIXED = re.compile(rf"/({'|'.join(Language)})(/.*)")
NAMED: Named = (
    *NAMED_PAGES,
    *((re.compile(rf"/components/([a-z0-9-]{{1,60}}){re.escape(suffix)}"), beside(suffix)) for suffix in BESIDE),
    (re.compile(r"/api/v2/incidents/([a-z0-9]{12})\.json"), _incident_document),
    (re.compile(r"/branding/([0-9a-f]{24}(?:-32)?)\.(?:png|webp)"), branding.picture),
    (re.compile(r"/branding/(accent\.[0-9a-f]{12})\.css"), branding.sheet),
)


def is_translated(path: str) -> bool:
    """Tell whether what stands at a plain address is there in every language of the site: pages for people are."""
    return path in STANDING_PAGES or any(pattern.fullmatch(path) for pattern, _ in NAMED_PAGES)


def render(session: Session, path: str, site: Site, as_of: datetime) -> Page | None:
    """Return the page at `path` as of `as_of`, or None when nothing public is there.

    Name, zone and languages of `site` give way to those in the database. Raises `NotFound` without a profile.
    """
    language, plain = _edition(path)
    standing = STANDING.get(plain)
    if standing is None and not any(pattern.fullmatch(plain) for pattern, _ in NAMED):
        return None
    asked = visit(session, path, site, as_of, language)
    if language and not (language in asked.site.others and is_translated(plain)):
        return None
    if standing:
        return standing(asked)
    for pattern, make in NAMED:
        if match := pattern.fullmatch(plain):
            return make(asked, match[1])
    return None


def _edition(path: str) -> tuple[Language | None, str]:
    """Part the prefix of a language from an address."""
    found = _PREFIXED.fullmatch(path)
    return (Language(found[1]), found[2]) if found else (None, path)
