"""`/embed.js` and `/embed.html`: the state of the services on pages elsewhere, in a frame that any site may show.

The script does no more than to make the frame; all words stay in the frame, under this site's own policy, so that
neither page can read or change the other.
"""

from dataclasses import dataclass
from datetime import datetime

from statuspage.core.headers import FRAMED
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.pages.banner import Banner, banner
from statuspage.publish.pages.rendering import HTML, html_page
from statuspage.publish.records import Page
from statuspage.publish.visit import Visit

SHOWN = 3


@dataclass(frozen=True)
class Story:
    """An open incident or running maintenance in two lines."""

    title: str
    address: str
    hue: str
    status: str
    since: datetime


@dataclass(frozen=True)
class Glance:
    """What the frame shows: the banner, the worst stories, and how many more there are."""

    banner: Banner
    stories: tuple[Story, ...]
    more: int


def script(visit: Visit) -> Page:
    """Return the one script that other pages load."""
    asset = visit.site.assets.at(visit.site.asset("js/embed.js"))
    assert asset is not None
    return Page(visit.path, asset.content_type, asset.body, visit.reading.profile.created_at)


def frame(visit: Visit) -> Page:
    """Render what stands inside the frame."""
    facts = visit.reading
    opened = sorted(facts.open_incidents, key=lambda fact: fact.gravity, reverse=True)
    stories = [*(_incident(visit, fact) for fact in opened), *(_maintenance(visit, fact) for fact in facts.running)]
    said = banner(visit.catalogue, opened, facts.running, visit.speech)
    view = Glance(said, tuple(stories[:SHOWN]), len(stories[SHOWN:]))
    made = html_page(visit, "public/embed.html", facts.published_at, {"view": view})
    return Page(made.path, HTML, made.body, made.last_modified, FRAMED)


def _incident(visit: Visit, fact: IncidentFact) -> Story:
    return Story(fact.title, visit.site.links.incident(fact.code), fact.impact, fact.status, fact.started_at)


def _maintenance(visit: Visit, fact: MaintenanceFact) -> Story:
    address = visit.site.links.maintenance(fact.code)
    return Story(fact.title, address, "maintenance", fact.status, fact.began_at or fact.starts_at)
