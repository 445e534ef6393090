"""How one kind of visitor comes in. Each door's blueprint has one `Entrance`; `app` puts them together.

In this order: pages of other sites may not send forms (`origins`); the visitor is identified where the route asks for
a right, and a stranger is sent to sign in; forms of the panel carry the token of their browser; the visitor holds the
right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from statuspage.core.errors import NotAllowed
from statuspage.core.languages import marked
from statuspage.domain.accounts.enums import Right
from statuspage.web.kit.errors import Explanation, as_page, as_problem
from statuspage.web.kit.origins import refuse_foreign
from statuspage.web.kit.rights import Caller, Open, declared

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC_BODY_BYTES = 16 * 1024
STAFF_BODY_BYTES = 1024 * 1024
_EXTENSION = "statuspage.entrances"
_BODY = "statuspage_body_bytes"

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


def nobody() -> Caller | None:
    """Identify no one: for doors where nobody signs in."""
    return None


def turn_away() -> ResponseReturnValue:
    """Refuse a stranger where there is no way to sign in."""
    raise NotAllowed(marked("This address is not for everybody. Sign in to the panel first."))


@dataclass(frozen=True)
class Entrance:
    """Who comes in through a door (`identify`), what a stranger gets, how errors are told.

    `browser` says that people come here with a cookie: their forms carry a token against forgery. `programs` that
    the door is for programs, which carry no cookie and may call from anywhere. Bodies of more than `body_bytes` are
    refused.
    """

    identify: Callable[[], Caller | None] = nobody
    stranger: Callable[[], ResponseReturnValue] = turn_away
    tell: Callable[[Explanation], Response] = as_page
    browser: bool = False
    programs: bool = False
    body_bytes: int = PUBLIC_BODY_BYTES


STREET = Entrance()
MACHINES = Entrance(tell=as_problem, programs=True)


def takes(body_bytes: int) -> Callable[[View], View]:
    """Let one view take larger bodies than its door does: files come in there. The visitor is known before the body is
    read."""

    def widened(view: View) -> View:
        setattr(view, _BODY, body_bytes)
        return view

    return widened


def open_door(app: Flask, blueprint: Blueprint, entrance: Entrance) -> None:
    """Register a door's blueprint with its entrance."""
    app.register_blueprint(blueprint)
    app.extensions.setdefault(_EXTENSION, {})[blueprint.name] = entrance


def entrance_of_request() -> Entrance:
    """Return the entrance of the door this request is for; unknown addresses below `/api/` are answered as problems."""
    known: dict[str, Entrance] = current_app.extensions.get(_EXTENSION, {})
    if request.routing_exception is None and request.blueprints:
        return known.get(request.blueprints[-1], STREET)
    return MACHINES if request.path.startswith("/api/") else STREET


def admit(view: Callable[..., Any]) -> ResponseReturnValue | None:
    """Let the visitor in and return None, or return what strangers get. Raises `NotAllowed`, `CSRFError`."""
    entrance = entrance_of_request()
    request.max_content_length = getattr(view, _BODY, entrance.body_bytes)
    declaration = declared(view)
    if declaration is None:
        raise NotAllowed("Nobody may come here: the route does not say who.")
    changing = request.method not in SAFE_METHODS
    if changing and declaration is not Open.ANY_SITE and not entrance.programs:
        refuse_foreign()
    if isinstance(declaration, Right):
        g.caller = found = entrance.identify()
        if found is None:
            return entrance.stranger()
    if changing and entrance.browser:
        csrf.protect()
    if isinstance(declaration, Right):
        demand(declaration)
    return None


def demand(right: Right) -> None:
    """Raise `NotAllowed` unless the caller holds `right`: for views where one choice asks for more than the route."""
    found: Caller = g.caller
    if not found.may(right):
        raise NotAllowed("Your role does not include this. Ask an administrator of this page.")
