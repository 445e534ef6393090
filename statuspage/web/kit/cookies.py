"""The browser's cookie: a random token and nothing else.

For somebody signed in, its hash is the key of a row that says who and since when; deleting the row ends the session
at once. Before sign-in the token only ties forms to the browser that asked for them. The token against forged forms
is derived from it, so neither is stored. Short notes for the page after a redirect ride in a second, signed cookie.
"""

import re
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin
from itsdangerous import BadData, URLSafeTimedSerializer

from statuspage.core.db import commit
from statuspage.core.errors import Unavailable
from statuspage.core.ids import random_token
from statuspage.core.secrets import Keys
from statuspage.domain.accounts.access import touch_session
from statuspage.domain.accounts.queries import live_session_or_none
from statuspage.domain.accounts.rules import SESSION_TOUCH
from statuspage.web.kit.current import installation, now, session

if TYPE_CHECKING:
    from statuspage.domain.accounts.models import UserSession

NOTE_SECONDS = 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_USER, _FORGERY, _NOTES = "_user_id", "csrf_token", "_flashes"


class BrowserSession(dict[str, Any], SessionMixin):
    """What a request knows of its browser. `token` is the cookie's, or a fresh one when it brought none."""

    def __init__(self, token: str, *, known: bool) -> None:
        super().__init__()
        self.token = token
        self.known = known
        self.notes_brought = False


class TokenCookies(SessionInterface):
    """Reads and writes the cookies; `secure` says that the site is reached over HTTPS."""

    def __init__(self, keys: Keys, *, secure: bool) -> None:
        prefix = "__Host-" if secure else ""
        self.name, self.note_name = f"{prefix}sid", f"{prefix}note"
        self._keys = keys
        self._secure = secure
        self._signer = URLSafeTimedSerializer(keys.session_key(), salt="note")

    def open_session(self, app: Flask, request: Request) -> BrowserSession:  # noqa: ARG002  # Flask's signature
        """Return what the request's cookies say."""
        token = request.cookies.get(self.name, "")
        known = bool(_TOKEN.fullmatch(token))
        opened = BrowserSession(token if known else random_token(), known=known)
        opened[_FORGERY] = self._keys.digest("forgery", opened.token)
        if known:
            opened[_USER] = opened.token
        notes = request.cookies.get(self.note_name)
        if notes:
            opened.notes_brought = True
            opened[_NOTES] = self._read(notes)
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002  # Flask's signature
        """Set or drop cookies where this request changed what they stand for; else leave the response alone."""
        assert isinstance(session, BrowserSession)
        user = session.get(_USER)
        if user and user != session.token:
            self._set(response, self.name, user)
        elif session.known and not user:
            self._drop(response, self.name)
        elif not session.known and _FORGERY in g:
            self._set(response, self.name, session.token)
        notes = session.get(_NOTES)
        if notes and not session.notes_brought:
            self._set(response, self.note_name, str(self._signer.dumps(notes)), NOTE_SECONDS)
        elif session.notes_brought and not notes:
            self._drop(response, self.note_name)

    def _read(self, notes: str) -> list[tuple[str, str]]:
        try:
            return [(str(kind), str(text)) for kind, text in self._signer.loads(notes, max_age=NOTE_SECONDS)]
        except (BadData, ValueError, TypeError):
            return []

    def _set(self, response: Response, name: str, value: str, seconds: int | None = None) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self._secure, httponly=True, samesite="Lax"
        )  # fmt: skip

    def _drop(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self._secure, httponly=True, samesite="Lax")


class Person(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A signed-in person as Flask-Login sees them: known by the token of their session."""

    def __init__(self, row: "UserSession", token: str) -> None:
        self.row = row
        self._token = token

    def get_id(self) -> str:
        """Return the token that goes into the cookie."""
        return self._token


def person_or_none(token: str) -> Person | None:
    """Return who is behind a cookie's token, noting at most every five minutes that they were here."""
    found = live_session_or_none(session(), token, now())
    if found is None:
        return None
    if session().info.get("readonly"):
        if now() - found.seen_at >= SESSION_TOUCH:
            _keep_alive(token)
    else:
        touch_session(found, now())  # in the request's own transaction: on SQLite another one would wait for this one
    return Person(found, token)


def _keep_alive(token: str) -> None:
    """Note it in a transaction of its own, for this request only reads. A busy database may lose the note."""
    try:
        with installation().database.session() as noting:
            found = live_session_or_none(noting, token, now())
            if found and touch_session(found, now()):
                commit(noting)
    except Unavailable:
        pass


def install_cookies(app: Flask, keys: Keys, *, secure: bool) -> None:
    """Give an application its cookies and Flask-Login, whose "remember me" stays unused."""
    app.secret_key = keys.session_key()
    app.session_interface = TokenCookies(keys, secure=secure)
    manager = LoginManager()
    manager.session_protection = None  # would tie sessions to an address; the row is what counts
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(person_or_none)
