"""The feeds of a page and of each component: which stories stand in them, under which title."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from statuspage.core.languages import marked
from statuspage.publish.facts.components import ComponentFact
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.facts.profile import Profile
from statuspage.publish.feeds.entries import Namer, Told, story_entry, told_updates, update_entry
from statuspage.publish.feeds.writing import ATOM, JSON_FEED, RSS, Entry, Feed, atom, json_feed, rss
from statuspage.publish.reading import MOST, MOST_OF_ONE
from statuspage.publish.site import Site
from statuspage.publish.visit import Visit


@dataclass(frozen=True)
class Written:
    """A feed in one format: its bytes and when something in it last changed."""

    content_type: str
    body: bytes
    changed_at: datetime


@dataclass(frozen=True)
class Head:
    """What tells one feed from another: its id for ever, its names, and the path of the page it belongs to."""

    id: str
    title: str
    subtitle: str
    home: str


def written(visit: Visit, name: str) -> Written:
    """Return the feed called `name`, one of `FEEDS`."""
    kind = name.partition(".")[0]
    namer, home = _namer(visit.reading.profile), visit.site.links.home()
    collect, title, subtitle = _KINDS[kind]
    told = Head(namer.tag("feeds", kind), visit.speech.gettext(title), visit.speech.gettext(subtitle), home)
    return _as_asked(visit, _feed(visit, told, collect(visit, namer)))


def written_of(visit: Visit, component: ComponentFact) -> Written:
    """Return the feed of one component: every public update of what names it."""
    namer = _namer(visit.reading.profile)
    about = visit.speech.gettext(
        "One entry for each public word about an incident or maintenance of %(component)s.", component=component.name
    )
    home = visit.site.links.component(component.slug)
    head = Head(namer.tag("feeds", f"components/{component.code}"), component.name, about, home)
    newest = _updates(visit, namer, *visit.reading.told_last_of(component.id), most=MOST_OF_ONE)
    return _as_asked(visit, _feed(visit, head, newest))


def _feed(visit: Visit, head: Head, entries: Sequence[Entry]) -> Feed:
    site = visit.site
    return Feed(
        id=head.id,
        title=f"{site.name} - {head.title}",
        subtitle=head.subtitle,
        author=site.name,
        language=site.language,
        home=site.links.absolute(head.home),
        address=site.links.absolute(visit.path),
        updated=max((entry.updated for entry in entries), default=visit.reading.profile.created_at),
        entries=entries,
    )


def _as_asked(visit: Visit, feed: Feed) -> Written:
    """Write a feed in the format that the visit's path ends with."""
    content_type, write = _FORMS[visit.path.rpartition(".")[2]]
    return Written(content_type, write(feed), feed.updated)


def entry_of(story: IncidentFact | MaintenanceFact, code: str, site: Site, owner: Profile, as_of: datetime) -> Entry:
    """Return how the update called `code` stands in the feeds of every update: for whoever is about to publish it."""
    told = list(told_updates([story], as_of)) if isinstance(story, IncidentFact) else _told_works([story])
    return update_entry(next(one for one in told if one.update.code == code), site, _namer(owner))


def _namer(owner: Profile) -> Namer:
    return Namer(owner.code, owner.created_at.year)


def _every_update(visit: Visit, namer: Namer) -> Sequence[Entry]:
    facts = visit.reading
    return _updates(visit, namer, facts.incidents_told_last, facts.maintenances_told_last)


def _updates(
    visit: Visit,
    namer: Namer,
    incidents: Sequence[IncidentFact],
    works: Sequence[MaintenanceFact],
    *,
    most: int = MOST,
) -> Sequence[Entry]:
    told = [*told_updates(incidents, visit.as_of), *_told_works(works)]
    newest = sorted(told, key=lambda one: one.update.created_at, reverse=True)  # stable: later words of a moment first
    return [update_entry(one, visit.site, namer) for one in newest[:most]]


def _told_works(works: Sequence[MaintenanceFact]) -> list[Told]:
    return [Told(work, update, due=False, overdue=False) for work in works for update in work.updates]


def _every_story(visit: Visit, namer: Namer) -> Sequence[Entry]:
    facts = visit.reading
    stories: list[IncidentFact | MaintenanceFact] = [*facts.newest_incidents, *facts.newest_maintenances]
    newest = sorted(stories, key=lambda story: story.published_at, reverse=True)
    return [story_entry(story, visit.site, namer, visit.as_of) for story in newest[:MOST]]


Kind = tuple[Callable[[Visit, Namer], Sequence[Entry]], str, str]
_STORIES: Kind = (
    _every_story,
    marked("Incident History"),
    marked("One entry for each incident and maintenance, moving with its news."),
)
_KINDS: dict[str, Kind] = {
    "updates": (
        _every_update,
        marked("Every update"),
        marked("One entry for each public word about an incident or maintenance."),
    ),
    "history": _STORIES,
    "feed": _STORIES,
}
_FORMS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "rss": (RSS, rss),
    "atom": (ATOM, atom),
    "json": (JSON_FEED, json_feed),
}
FEEDS = ("updates.rss", "updates.atom", "history.rss", "history.atom", "feed.json")
