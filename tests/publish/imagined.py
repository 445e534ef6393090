"""A site that exists only in a test: pages from a dictionary, so that store, builder and follower stand alone."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from statuspage.core.clock import Clock
from statuspage.core.db import Database, commit
from statuspage.core.links import Links
from statuspage.outbox.actions import publish
from statuspage.publish.assets import Assets
from statuspage.publish.builder import Builder
from statuspage.publish.site import Site
from statuspage.publish.store import Page, Store

HTML = "text/html; charset=utf-8"
LONG_AGO = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


def page(path: str = "/", text: str = "All systems operational", **fields: object) -> Page:
    """A page worth compressing that says `text`."""
    body = f"<h1>{text}</h1>{'<p>calm</p>' * 60}".encode()
    return Page(**{"path": path, "content_type": HTML, "body": body, "last_modified": LONG_AGO, **fields})


class ImaginedPages:
    """`stories` maps codes to texts, each at `/incidents/<code>`; `/` tells the latest and how late it is.

    `told` counts the renderings of each path; `broken` names paths that cannot be rendered.
    """

    def __init__(self) -> None:
        self.stories: dict[str, str] = {}
        self.told: dict[str, int] = {}
        self.broken: set[str] = set()
        self.expected: list[str] = []

    def all_paths(self, session: Session, as_of: datetime) -> list[str]:
        return ["/", *(f"/incidents/{code}" for code in self.stories)]

    def touched_paths(self, session: Session, touches: Iterable[str], as_of: datetime) -> set[str]:
        touched = set(touches)
        if "everything" in touched:
            return set(self.all_paths(session, as_of))
        return {"/"} | {f"/incidents/{touch.partition(':')[2]}" for touch in touched if ":" in touch}

    def timed_paths(self, session: Session, as_of: datetime, since: datetime | None = None) -> set[str]:
        return {"/"}

    def is_urgent(self, path: str) -> bool:
        return path == "/"

    def expect(self, session: Session, paths: Iterable[str]) -> None:
        self.expected.extend(paths)

    def render(self, session: Session, path: str, site: Site, as_of: datetime) -> Page | None:
        self.told[path] = self.told.get(path, 0) + 1
        if path in self.broken:
            raise ZeroDivisionError(path)
        if path == "/":
            return page("/", f"{sorted(self.stories.items())} as of {as_of}", last_modified=as_of)
        text = self.stories.get(path.removeprefix("/incidents/"))
        return page(path, text) if text else None


def site(directory: Path) -> Site:
    """The frame of the imagined pages; `directory` becomes the empty home of its static files."""
    directory.mkdir(exist_ok=True)
    return Site(Links("https://status.example.com"), "Acme", "UTC", "en", Assets(directory))


def builder(database: Database, directory: Path, pages: ImaginedPages, clock: Clock) -> Builder:
    """A builder of the imagined pages into `directory/site`."""
    return Builder(database, Store(directory / "site"), pages, site(directory / "static"), clock)


def announce(database: Database, clock: Clock, *touches: str) -> int:
    """Commit a publication and return its number."""
    with database.session() as session:
        number = publish(session, touches, clock.now())
        commit(session)
    return number


def text_of(store: Store, path: str) -> str:
    """Return the heading of a stored page, or nothing."""
    record = store.get(path)
    return record.page.body.decode().partition("</h1>")[0].removeprefix("<h1>") if record else ""


def whole_build(made: Builder) -> dict[str, bytes]:
    """Return every stored page by its path."""
    return {path: record.page.body for path in made.store.paths() if (record := made.store.get(path))}
