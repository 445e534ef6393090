"""What stands beside the page of a component, for machines: each at the page's address with something behind it."""

from collections.abc import Callable

from statuspage.publish.facts.components import ComponentFact
from statuspage.publish.feeds.documents import written_of
from statuspage.publish.pages.badges import component_badge
from statuspage.publish.pages.uptime_data import uptime_csv, uptime_json
from statuspage.publish.records import OPEN_TO_ALL, Page
from statuspage.publish.visit import Visit

Maker = Callable[[Visit, ComponentFact], Page | None]


def _feed(visit: Visit, component: ComponentFact) -> Page:
    feed = written_of(visit, component)
    return Page(visit.path, feed.content_type, feed.body, feed.changed_at, OPEN_TO_ALL)


BESIDE: dict[str, Maker] = {
    ".rss": _feed,
    ".atom": _feed,
    "/badge.svg": component_badge,
    "/uptime.json": uptime_json,
    "/uptime.csv": uptime_csv,
}
COUNTED = ("/uptime.json", "/uptime.csv")  # only of a component that shows its uptime


def beside(suffix: str) -> Callable[[Visit, str], Page | None]:
    """Return how the page with this suffix is made from the slug of a component; None without a public one."""
    make = BESIDE[suffix]

    def render_beside(visit: Visit, slug: str) -> Page | None:
        found = next((one for one in visit.catalogue.components if one.slug == slug), None)
        return make(visit, found) if found else None

    return render_beside
