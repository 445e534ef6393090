"""Which addresses there are, which a change touches, and which the passing of time alone may change.

A touch is what an action leaves in its publication: `incident:<code>`, `maintenance:<code>`, `component:<slug>`,
`site` (what shows the whole) and `everything` (a name that any page may show). A page that depends on a fact must be
named here for every touch that moves the fact; then building only what is touched gives the same bytes as building
everything.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from statuspage.core.links import Links
from statuspage.domain.components.queries import components
from statuspage.domain.incidents.queries import open_public_incidents, public_incident_codes, public_starts
from statuspage.domain.maintenance.queries import maintenance_codes, planned_starts
from statuspage.publish.facts.incidents import incident_fact
from statuspage.publish.facts.profile import profile
from statuspage.publish.feeds.documents import FEEDS
from statuspage.publish.pages.months import Month, month_at, months
from statuspage.publish.pages.routes import STANDING

_LINKS = Links("")  # paths only; they do not depend on where the site is


def all_paths(session: Session, as_of: datetime) -> list[str]:
    """Return every public address: what visitors ask for most comes first."""
    zone = profile(session).timezone
    codes = public_incident_codes(session)
    return [
        *STANDING,
        *(_LINKS.incident(code) for code in reversed(codes)),
        *(_LINKS.api(f"incidents/{code}.json") for code in reversed(codes)),
        *(_LINKS.maintenance(code) for code in reversed(maintenance_codes(session))),
        *(_LINKS.component(component.slug) for component in components(session, public_only=True)),
        *(_LINKS.history(str(month)) for month in months(session, zone, as_of)),
    ]


def touched_paths(session: Session, touches: Iterable[str], as_of: datetime) -> set[str]:
    """Return the addresses that may read differently after `touches`, gone ones included.

    Costs a few queries, whatever the number of incidents, unless `everything` is touched.
    """
    kinds: dict[str, set[str]] = {}
    for touch in touches:
        kind, _, name = touch.partition(":")
        kinds.setdefault(kind, set()).add(name)
    found = {_LINKS.component(slug) for slug in kinds.get("component", ())}
    found |= {_LINKS.incident(code) for code in kinds.get("incident", ())}
    found |= {_LINKS.api(f"incidents/{code}.json") for code in kinds.get("incident", ())}
    found |= {_LINKS.maintenance(code) for code in kinds.get("maintenance", ())}
    if kinds:
        found |= set(STANDING)
    if "everything" in kinds:
        return found | set(all_paths(session, as_of)) | _edges(session, as_of)
    return found | _month_paths(session, kinds, as_of)


def timed_paths(session: Session, as_of: datetime, since: datetime | None = None) -> set[str]:
    """Return the addresses whose bytes may change by the clock alone between `since` and `as_of`.

    Without `since`, every address that depends on the clock at all.
    """
    zone = profile(session).timezone
    found = {_LINKS.home(), _LINKS.history(), _LINKS.uptime()}
    incidents = [incident_fact(row) for row in open_public_incidents(session)]
    promised = [incident.code for incident in incidents if incident.next_update_at]
    found |= {_LINKS.incident(code) for code in promised}
    if promised:
        found |= {_LINKS.feed(name) for name in FEEDS}
    found |= {_LINKS.component(one.slug) for one in components(session, public_only=True)}
    if _same_day(since, as_of, zone):
        return found
    first = months(session, zone, as_of)[-1] if since is None else month_at(since, zone)
    return found | {_LINKS.history(str(month)) for month in _months_to(as_of, first, zone)} | {"/sitemap.xml"}


def _months_to(as_of: datetime, first: Month, zone: str) -> list[Month]:
    """Every month from `first` on, whether it still has a page or not: before anything happened, only the present
    month has one."""
    found = [month_at(as_of, zone)]
    while found[-1] > first:
        found.append(found[-1].previous)
    return found


def _edges(session: Session, as_of: datetime) -> set[str]:
    """The months next to those there are: another zone may have taken one of them away."""
    known = months(session, profile(session).timezone, as_of)
    return {_LINKS.history(str(known[0].next)), _LINKS.history(str(known[-1].previous))}


def _same_day(since: datetime | None, as_of: datetime, zone: str) -> bool:
    if since is None:
        return False
    return since.astimezone(ZoneInfo(zone)).date() == as_of.astimezone(ZoneInfo(zone)).date()


def _month_paths(session: Session, kinds: dict[str, set[str]], as_of: datetime) -> set[str]:
    """The months that tell of touched stories; all of them when the first month may have moved."""
    zone = profile(session).timezone
    starts = public_starts(session, kinds.get("incident", set()))
    starts |= planned_starts(session, kinds.get("maintenance", set()))
    if not starts:
        return set()
    known = months(session, zone, as_of)
    told: set[Month] = {month_at(start, zone) for start in starts}
    shown = known if min(told) <= known[-1] else told
    return {_LINKS.history(str(month)) for month in shown}
