"""What a route asks for. Every route declares it, by `@requires(Right.X)` or `@public_route`; else it is closed.

`tests/house` walks the address map and names the routes that declare nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from statuspage.audit.actor import Actor
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.queries import Reader

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "statuspage_right"


class Open(Enum):
    """A route for everybody: from pages of this site, or (`ANY_SITE`) from wherever it is called."""

    THIS_SITE = "this site"
    ANY_SITE = "any site"


@dataclass(frozen=True)
class Caller:
    """Who asks: a person or a token, the rights they hold, and what they may read."""

    actor: Actor
    rights: frozenset[Right]
    reader: Reader

    def may(self, right: Right) -> bool:
        """Tell whether the caller holds `right`."""
        return right in self.rights


def requires(right: Right) -> Callable[[View], View]:
    """Let only callers who hold `right` into a view."""
    return lambda view: _marked(view, right)


def public_route(view: View) -> View:
    """Let everybody into a view; its forms are taken from pages of this site only."""
    return _marked(view, Open.THIS_SITE)


def foreign_route(view: View) -> View:
    """Let everybody into a view, also from other sites: for one-click targets of RFC 8058 and open data."""
    return _marked(view, Open.ANY_SITE)


def declared(view: Callable[..., Any]) -> Right | Open | None:
    """Return what a view declares, or None when nobody has said."""
    found: Right | Open | None = getattr(view, _MARK, None)
    return found


def _marked(view: View, declaration: Right | Open) -> View:
    setattr(view, _MARK, declaration)
    return view
