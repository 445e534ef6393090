"""Pages of a list: one item more than asked for tells whether there is a next one."""

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from statuspage.core.errors import Invalid
from statuspage.web.api.shapes.base import ListQuery, Page, Shape


class HasId(Protocol):
    """A row with an id."""

    @property
    def id(self) -> uuid.UUID:
        """The row's id."""
        ...


Row = TypeVar("Row", bound=HasId)
Item = TypeVar("Item", bound=Shape)


def page_of(rows: Sequence[Row], asked: ListQuery, shaped: Callable[[Row], Item]) -> Page[Item]:
    """Return the page that the first `asked.limit` of `rows` make; there are more rows when there is a next page."""
    shown = rows[: asked.limit]
    more = len(rows) > asked.limit
    return Page(items=[shaped(row) for row in shown], next=str(shown[-1].id) if more else None)


def cut(rows: Sequence[Row], asked: ListQuery) -> Sequence[Row]:
    """Return what follows the cursor in a short list that is read as a whole. Raises `Invalid` for a strange cursor."""
    if asked.cursor is None:
        return rows
    places = [place for place, row in enumerate(rows) if row.id == asked.cursor]
    if not places:
        raise Invalid({"cursor": "This page is gone. Begin again without a cursor."})
    return rows[places[0] + 1 :]
