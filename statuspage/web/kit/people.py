"""People who signed in to the panel: who they are, what strangers get, and how errors are told to the team."""

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from flask import Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from statuspage.audit.actor import Actor, ActorKind
from statuspage.domain.accounts.access import sign_in
from statuspage.domain.accounts.enums import Right, Role
from statuspage.domain.accounts.rules import role_grants
from statuspage.domain.incidents.queries import Reader
from statuspage.web.kit.cookies import Person
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.entrances import SAFE_METHODS
from statuspage.web.kit.errors import Explanation
from statuspage.web.kit.redirects import see
from statuspage.web.kit.rights import Caller

if TYPE_CHECKING:
    from statuspage.domain.accounts.models import User, UserSession

_HIDDEN = frozenset({"csrf_token", "password"})
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # what a page put there, nobody typed it
WORTH_KEEPING = 12


def current_session() -> "UserSession | None":
    """Return the session of whoever is signed in."""
    return cast(Person, current_user).row if current_user.is_authenticated else None


def person() -> "User":
    """Return who is signed in; for views that require a right."""
    found = current_session()
    assert found is not None
    return found.user


def panel_caller() -> Caller | None:
    """Identify whoever the browser's cookie stands for."""
    found = current_session()
    if found is None:
        return None
    user = found.user
    return Caller(
        actor=Actor(ActorKind.USER, user.name, user.id),
        rights=frozenset(right for right in Right if role_grants(user.role, right)),
        reader=Reader(user.id, sees_restricted=user.role is Role.ADMIN),
    )


def come_in(email: str, password: str) -> bool:
    """Sign somebody in on this browser under a fresh token; tell whether address and password were right."""
    opened = sign_in(session(), email, password, agent=str(request.user_agent), now=now())
    if opened is None:
        return False
    login_user(Person(opened.session, opened.token))
    return True


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a stranger to the sign-in page and back; a form sent after the session ended is answered with its words."""
    if request.method in SAFE_METHODS:
        wanted = request.full_path.rstrip("?")
        return see(f"{installation().links.sign_in()}?{urlencode({'next': wanted})}")
    ended = Explanation(
        HTTPStatus.UNAUTHORIZED,
        "Your session has ended",
        "Nothing was changed. Sign in and repeat it; what you wrote stands below.",
    )
    return tell_staff(ended)


def tell_staff(told: Explanation) -> Response:
    """Tell somebody in the team of an error, with what they had written, so that no error costs a text."""
    number = g.get("request_number", "") if told.status is HTTPStatus.INTERNAL_SERVER_ERROR else ""
    page = render_template("admin/error.html", told=told, number=number, typed=_typed(told.status))
    response = make_response(page, told.status)
    response.headers.extend(told.headers)
    return response


def _typed(status: HTTPStatus) -> list[str]:
    if request.method in SAFE_METHODS or status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return []
    typed = [text for name, text in request.form.items() if name not in _HIDDEN and len(text) >= WORTH_KEEPING]
    return [text for text in dict.fromkeys(typed) if not _IDENTITY.fullmatch(text)]
