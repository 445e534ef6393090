"""Real pages of the cast's database, without a store: what a visitor would be answered."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.core.links import Links
from statuspage.core.paths import static_dir
from statuspage.publish import pages
from statuspage.publish.assets import Assets
from statuspage.publish.records import Page
from statuspage.publish.site import Site
from tests.kit.pages import Element, faults_of, parse, text_of

ORIGIN = "https://status.example.com"
CONTACT = "mailto:security@example.com"
SITE = Site(Links(ORIGIN), "Before the database", "UTC", "en", Assets(static_dir()), CONTACT)


def page(session: Session, path: str, as_of: datetime) -> Page:
    """Render the page at `path`, which must be there."""
    session.flush()
    found = pages.render(session, path, SITE, as_of)
    assert found is not None, f"there is nothing at {path}"
    return found


def root(session: Session, path: str, as_of: datetime) -> Element:
    """Return the parsed page at `path`, which must keep what every page keeps."""
    tree, faults = parse(page(session, path, as_of).body.decode())
    faults += faults_of(tree, ORIGIN)
    assert not faults, f"{path} breaks what every page keeps:\n- " + "\n- ".join(faults)
    return tree


def text(session: Session, path: str, as_of: datetime) -> str:
    """Return what a reader of the page at `path` sees, white space run together."""
    return text_of(root(session, path, as_of).find("body"))


def document(session: Session, path: str, as_of: datetime) -> Any:
    """Return the JSON at `path`."""
    return json.loads(page(session, path, as_of).body)


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Collect the statements that the session's connection runs."""
    statements: list[str] = []
    connection = session.connection()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    sa.event.listen(connection, "before_cursor_execute", note)
    yield statements
    sa.event.remove(connection, "before_cursor_execute", note)
