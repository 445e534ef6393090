"""Views that take a form and change nothing: what-if questions, asked by POST because a form is large.

Their request reads only, like a GET, and ends in a rollback. What has to be carried out to be seen is carried out in a
session of its own that nobody commits, and is over before anything is rendered: on SQLite it holds the one writer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from statuspage.web.kit.current import installation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "statuspage_only_looks"


def only_looks(view: View) -> View:
    """Mark a view that changes nothing although a form is sent to it."""
    setattr(view, _MARK, True)
    return view


def looks(view: Callable[..., Any]) -> bool:
    """Tell whether a view is marked so."""
    return bool(getattr(view, _MARK, False))


@contextmanager
def what_if() -> "Iterator[Session]":
    """Open a session for carrying something out and looking at it; all of it is taken back at the end."""
    with installation().database.session() as scratch:
        yield scratch
