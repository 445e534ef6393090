"""`/robots.txt`, `/sitemap.xml` and `/.well-known/security.txt`."""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from statuspage.core.clock import rfc3339
from statuspage.domain.incidents.queries import newest_public_codes
from statuspage.domain.maintenance.queries import newest_maintenance_codes
from statuspage.publish.pages.months import month_of, months
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit

STORIES_LISTED = 50
PRIVATE = ("/admin/", "/signin", "/setup/", "/account/", "/subscriptions/", "/subscribe/", "/unsubscribe/", "/report/")


def robots(visit: Visit) -> Page:
    """Let everybody read what is public, and tell where the list of it is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), ""]
    lines += [f"Sitemap: {visit.site.links.absolute('/sitemap.xml')}", ""]
    return Page(visit.path, "text/plain; charset=utf-8", "\n".join(lines).encode(), visit.as_of)


def security(visit: Visit) -> Page | None:
    """Tell where to report a weakness (RFC 9116), or return None where no contact is configured.

    What is said here ends with the sixth month after this one: a page that is looked after says it anew every month,
    one that was left alone lets it run out.
    """
    if not visit.site.security_contact:
        return None
    month = month_of(visit.today)
    for _ in range(6):
        month = month.next
    lines = [
        f"Contact: {visit.site.security_contact}",
        f"Expires: {rfc3339(month.bounds(visit.site.timezone)[1])}",
        f"Preferred-Languages: {visit.site.locale}",
        f"Canonical: {visit.site.links.absolute(visit.path)}",
    ]
    changed_at = month_of(visit.today).bounds(visit.site.timezone)[0]
    return Page(visit.path, "text/plain; charset=utf-8", ("\n".join(lines) + "\n").encode(), changed_at)


def sitemap(visit: Visit) -> Page:
    """List the standing pages, every month and the newest stories, in every language; older ones are linked from their
    month."""
    entries = list(_entries(visit))
    body = "".join(_entry(visit, path, changed_at) for path, changed_at in entries)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{body}</urlset>\n"
    )
    changed = [changed_at for _, changed_at in entries if changed_at]
    return Page(visit.path, "application/xml", text.encode(), max(changed, default=visit.as_of))


def _entries(visit: Visit) -> Iterator[tuple[str, datetime | None]]:
    links, session = visit.site.links, visit.session
    for path in (links.home(), links.history(), links.uptime(), links.subscribe(), links.report()):
        yield path, None
    for month in months(visit.reading.first_start, visit.site.timezone, visit.as_of):
        yield links.history(str(month)), None
    for component in visit.catalogue.components:
        yield links.component(component.slug), None
    for code, changed_at in newest_public_codes(session, STORIES_LISTED):
        yield links.incident(code), changed_at
    for code, changed_at in newest_maintenance_codes(session, STORIES_LISTED):
        yield links.maintenance(code), changed_at


def _entry(visit: Visit, path: str, changed_at: datetime | None) -> str:
    """Return a page once for each language it is in; each names all of them, as crawlers want it."""
    site, links = visit.site, visit.site.links
    places = [(language, escape(links.absolute(site.twin(path, language)))) for language in site.editions.all]
    lastmod = f"<lastmod>{rfc3339(changed_at)}</lastmod>" if changed_at else ""
    twins = "".join(f'<xhtml:link rel="alternate" hreflang="{one}" href="{place}"/>' for one, place in places)
    twins = twins if site.others else ""
    return "".join(f"<url><loc>{place}</loc>{lastmod}{twins}</url>\n" for _, place in places)
