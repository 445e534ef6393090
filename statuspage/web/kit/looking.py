"""Views that take a form and change nothing: what-if questions, asked by POST because a form is large.

Their request reads only, like a GET, and ends in a rollback. What has to be carried out to be seen is carried out in a
session of its own that nobody commits, and is over before anything is rendered.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from statuspage.core.errors import Unavailable
from statuspage.web.kit.current import installation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

View = TypeVar("View", bound=Callable[..., Any])
Found = TypeVar("Found")
_MARK = "statuspage_only_looks"


def only_looks(view: View) -> View:
    """Mark a view that changes nothing although a form is sent to it."""
    setattr(view, _MARK, True)
    return view


def looks(view: Callable[..., Any]) -> bool:
    """Tell whether a view is marked so."""
    return bool(getattr(view, _MARK, False))


def what_if(carry_out: "Callable[[Session], Found]") -> Found:
    """Return what `carry_out` finds in a session of its own; whatever it writes there is taken back.

    It begins as a reader, so that on SQLite the one writer is held from its first write on and not while it reads what
    it is about. When somebody else writes at that moment, it is repeated as a writer that waits for its turn.
    """
    database = installation().database
    try:
        with database.session(readonly=True) as scratch:
            return carry_out(scratch)
    except Unavailable:
        with database.session() as scratch:
            return carry_out(scratch)
