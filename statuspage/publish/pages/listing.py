"""Which addresses there are, which a change touches, and which the passing of time alone may change.

A touch is what an action leaves in its publication: `incident:<code>`, `maintenance:<code>`, `component:<slug>`,
`site` (what shows the whole), `everything` (a name that any page may show) and `branding:<name>` (a picture or an
accent that leaves the site). A page that depends on a fact must be named here for every touch that moves the fact; then
building only what is touched gives the same bytes as building everything. A page is named once: its twins in other
languages are found from its own address, and built after it.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from statuspage.core.languages import Language
from statuspage.core.links import Links
from statuspage.domain.incidents.queries import public_incident_codes, public_starts, slugs_named_by
from statuspage.domain.maintenance.queries import maintenance_codes, planned_starts
from statuspage.publish.facts.branding import brand_paths, touched_files
from statuspage.publish.feeds.documents import FEEDS
from statuspage.publish.pages.beside import BESIDE, COUNTED
from statuspage.publish.pages.branding import is_brand
from statuspage.publish.pages.months import Month, month_at, months
from statuspage.publish.pages.routes import STANDING, is_translated
from statuspage.publish.pages.uptime_data import moved
from statuspage.publish.reading import Reading, reading

_LINKS = Links("")  # paths only; they do not depend on where the site is
_LOOKED_AT_FIRST = (_LINKS.home(), _LINKS.api("status.json"))
_BY_THE_DAY = {"/sitemap.xml", "/history.json", "/.well-known/security.txt", _LINKS.calendar()}
_STORIES = (_LINKS.incident(""), _LINKS.maintenance(""))


def all_paths(session: Session, as_of: datetime) -> list[str]:
    """Return every public address: what visitors ask for most comes first.

    `/.well-known/security.txt` is among them, though it answers only where the configuration names a contact.
    """
    facts = reading(session)
    codes = public_incident_codes(session)
    plain = [
        *brand_paths(session),
        *STANDING,
        *(_LINKS.incident(code) for code in reversed(codes)),
        *(_LINKS.api(f"incidents/{code}.json") for code in reversed(codes)),
        *(_LINKS.maintenance(code) for code in reversed(maintenance_codes(session))),
        *(_LINKS.component(component.slug) for component in facts.catalogue.components),
        *(_LINKS.history(str(month)) for month in _months(facts, as_of)),
        *(path for one in facts.catalogue.components for path in _beside(one.slug, showcase=one.showcase)),
    ]
    return [*plain, *_twins(plain, facts.profile.others)]


def touched_paths(session: Session, touches: Iterable[str], as_of: datetime) -> set[str]:
    """Return the addresses that may read differently after `touches`, gone ones included.

    Costs a few queries, whatever the number of incidents, unless `everything` is touched.
    """
    kinds: dict[str, set[str]] = {}
    for touch in touches:
        kind, _, name = touch.partition(":")
        kinds.setdefault(kind, set()).add(name)
    slugs = kinds.get("component", set())
    found = {_LINKS.component(slug) for slug in slugs}
    for slug in slugs | slugs_named_by(session, kinds.get("incident", ())):
        found.update(_beside(slug))
    found |= {_LINKS.incident(code) for code in kinds.get("incident", ())}
    found |= {_LINKS.api(f"incidents/{code}.json") for code in kinds.get("incident", ())}
    found |= {_LINKS.maintenance(code) for code in kinds.get("maintenance", ())}
    found |= {path for name in kinds.get("branding", ()) for path in touched_files(name)}
    if kinds:
        found |= set(STANDING)
    if "everything" in kinds:
        found |= set(all_paths(session, as_of)) | _edges(session, as_of)
        return found.union(_twins(found, Language))  # one of these languages may have been taken away
    found |= _month_paths(session, kinds, as_of)
    return found.union(_twins(found, reading(session).profile.others)) if found else found


def timed_paths(session: Session, as_of: datetime, since: datetime | None = None) -> set[str]:
    """Return the addresses whose bytes may change by the clock alone between `since` and `as_of`.

    Without `since`, every address that depends on the clock at all.
    """
    found = _timed(session, as_of, since)
    return found.union(_twins(found, reading(session).profile.others))


def _timed(session: Session, as_of: datetime, since: datetime | None) -> set[str]:
    facts = reading(session)
    zone = facts.profile.timezone
    found = {_LINKS.home(), _LINKS.history(), _LINKS.uptime()}
    promised = [incident for incident in facts.open_incidents if incident.next_update_at]
    found |= {_LINKS.incident(incident.code) for incident in promised}
    found |= {_LINKS.incident(code) for code in facts.codes_asked_anew(since, as_of)}
    if promised:
        found |= {_LINKS.feed(name) for name in FEEDS}
    named = {one.slug for incident in promised for one in incident.components if one.slug}
    found |= {_LINKS.component_feed(slug, form) for slug in named for form in ("rss", "atom")}
    found |= {_LINKS.component(one.slug) for one in facts.catalogue.components}
    if since is not None and _same_day(since, as_of, zone):
        return found | _counted(moved(session, facts, since, as_of))
    found |= _counted(one.slug for one in facts.catalogue.components)
    # With nothing to tell only the present month has a page: the month of `since` may have to go.
    turned = months(since or facts.first_start, zone, as_of)
    return found | {_LINKS.history(str(month)) for month in turned} | _BY_THE_DAY


def is_urgent(path: str) -> bool:
    """Tell whether visitors look at an address first when there is news: the home page, what asks it for news, the
    stories themselves, all in the site's own language; and what all of these wear."""
    return path in _LOOKED_AT_FIRST or path.startswith(_STORIES) or is_brand(path)


def _twins(paths: Iterable[str], languages: Iterable[Language]) -> list[str]:
    """Return where the pages among `paths` stand in `languages`; what machines read is there once."""
    translated = [path for path in paths if is_translated(path)]
    return [f"/{language}{path}" for language in languages for path in translated]


def _beside(slug: str, *, showcase: bool = True) -> list[str]:
    return [f"{_LINKS.component(slug)}{suffix}" for suffix in BESIDE if showcase or suffix not in COUNTED]


def _months(facts: Reading, as_of: datetime) -> list[Month]:
    return months(facts.first_start, facts.profile.timezone, as_of)


def _edges(session: Session, as_of: datetime) -> set[str]:
    """The months next to those there are: another zone may have taken one of them away."""
    known = _months(reading(session), as_of)
    return {_LINKS.history(str(known[0].next)), _LINKS.history(str(known[-1].previous))}


def _counted(slugs: Iterable[str]) -> set[str]:
    return {f"{_LINKS.component(slug)}{suffix}" for slug in slugs for suffix in COUNTED}


def _same_day(since: datetime, as_of: datetime, zone: str) -> bool:
    return since.astimezone(ZoneInfo(zone)).date() == as_of.astimezone(ZoneInfo(zone)).date()


def _month_paths(session: Session, kinds: dict[str, set[str]], as_of: datetime) -> set[str]:
    """The months that tell of touched stories; all of them when the first month may have moved."""
    starts = public_starts(session, kinds.get("incident", set()))
    starts |= planned_starts(session, kinds.get("maintenance", set()))
    if not starts:
        return set()
    facts = reading(session)
    known = _months(facts, as_of)
    told: set[Month] = {month_at(start, facts.profile.timezone) for start in starts}
    shown = known if min(told) <= known[-1] else told
    return {_LINKS.history(str(month)) for month in shown}
