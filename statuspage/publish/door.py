"""The public door: answers visitors from stored bytes, without database, framework or template.

A WSGI callable in front of the Flask application. A page that is in memory costs a look-up; the rest is
read from the store; whatever is not there goes to the application. Stored bytes do not depend on the host
name, the query string or a cookie, so the door looks at none of them.

Every 200 ms at most, one `stat` tells whether the store has a new generation; then the pages in memory are
dropped.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING

from statuspage.core.headers import HASHED_ASSET, NO_STORE, PUBLIC_PAGE, security_headers
from statuspage.publish.assets import Asset, Assets
from statuspage.publish.freshness import Freshness
from statuspage.publish.negotiation import holds_current
from statuspage.publish.records import Page, encode
from statuspage.publish.shelf import Answer, Entry, Shelf
from statuspage.publish.store import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOOK_SECONDS = 0.2
MEMORY_BYTES = 24 * 1024 * 1024
_HASH = re.compile(r"\.[0-9a-f]{12}(?=\.[^.]+$)")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Door:
    """Answers from `store` and `assets`, else lets `fallback` answer. `secure` says the page is reached
    over HTTPS."""

    def __init__(
        self,
        store: Store,
        assets: Assets,
        fallback: "WSGIApplication",
        freshness: Freshness,
        *,
        secure: bool = False,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._store = store
        self._assets = assets
        self._fallback = fallback
        self._freshness = freshness
        self._security = security_headers(secure=secure)
        self._memory_bytes = memory_bytes
        self._static: dict[str, Entry] = {}
        self._shelf = Shelf(memory_bytes)
        self._entries = self._shelf.entries
        self._stamp: tuple[int, int] | None = None
        self._version = -1
        self._look_at = 0.0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        answer = self.at_once(environ) or self._probed(environ) or self._behind(environ)
        if answer is None:
            return self._fallback(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return body

    def at_once(self, environ: "WSGIEnvironment") -> Answer | None:
        """Return the answer that needs nothing but stored bytes, or None when the request must wait its turn."""
        if self._store.version != self._version or monotonic() >= self._look_at:
            self._look()
        path = environ.get("PATH_INFO") or "/"
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return None
        entry = self._entries.get(path) or self._find(path)
        if entry is None:
            return self._from_memory(path)
        if self._store.behind and path not in self._static:
            return None
        return _answer(entry, environ, method)

    def _look(self) -> None:
        """Drop the pages in memory when the store has a new generation, or none any more."""
        self._look_at = monotonic() + LOOK_SECONDS
        self._version = self._store.version
        stamp = self._store.stamp()
        if stamp != self._stamp:
            self._shelf = Shelf(self._memory_bytes)
            self._entries = self._shelf.entries
            self._stamp = stamp

    def _find(self, raw_path: str) -> Entry | None:
        """Return a page that is not in memory. The shelf is taken first: a page read while the generation
        changes is kept on the shelf that is thrown away."""
        if raw_path.startswith("/static/"):
            return self._asset(raw_path)
        shelf = self._shelf
        path = raw_path if raw_path.isascii() else raw_path.encode("latin-1").decode("utf-8", "replace")
        record = self._store.get(path)
        if record is None:
            return None
        entry = Entry(record, self._security + PUBLIC_PAGE)
        shelf.keep(raw_path, entry)
        return entry

    def _asset(self, path: str) -> Entry | None:
        known = self._static.get(path)
        if known:
            return known
        asset, caching = self._assets.at(path), HASHED_ASSET
        if asset is None:
            asset, caching = self._present_form(path), PUBLIC_PAGE
        if asset is None:
            return None
        entry = Entry(encode(_asset_page(asset)), self._security + caching)
        if caching is HASHED_ASSET:
            self._static[path] = entry
        return entry

    def _present_form(self, path: str) -> Asset | None:
        """A page in some cache may still name a file as it was before an upgrade, and a person names it
        without hash: both get what the file is now, for as long as a page may be kept."""
        try:
            return self._assets.at(self._assets.url(_HASH.sub("", path.removeprefix("/static/"))))
        except KeyError:
            return None

    def _from_memory(self, path: str) -> Answer | None:
        if path == "/freshness.json":
            return self._plain(HTTPStatus.OK, "application/json", self._freshness.report())
        if path == "/healthz" and (self._entries.get("/") or self._find("/")):
            return self._plain(HTTPStatus.OK, "text/plain; charset=utf-8", b"ok\n")
        return None

    def _probed(self, environ: "WSGIEnvironment") -> Answer | None:
        """Without a stored page this process is healthy when the application can render it right now."""
        if environ.get("PATH_INFO") != "/healthz" or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        home = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "HTTP_HOST": "localhost"}
        status, _, _ = captured(self._fallback, environ | home)
        if status.startswith("200"):
            return self._plain(HTTPStatus.OK, "text/plain; charset=utf-8", b"ok\n")
        why = b"The page is neither stored nor can it be rendered; see the log of this process.\n"
        return self._plain(HTTPStatus.SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", why)

    def _plain(self, status: HTTPStatus, content_type: str, body: bytes) -> Answer:
        described = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
        return f"{status.value} {status.phrase}", described + list(self._security + NO_STORE), [body]

    def _behind(self, environ: "WSGIEnvironment") -> Answer | None:
        """The store cannot take what the database knows: let the application render, or else send what is
        stored."""
        if not self._store.behind or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        live = captured(self._fallback, environ)
        path = environ.get("PATH_INFO") or "/"
        stored = (self._entries.get(path) or self._find(path)) if live[0].startswith("5") else None
        return _answer(stored, environ, environ["REQUEST_METHOD"]) if stored else live


def _answer(entry: Entry, environ: "WSGIEnvironment", method: str) -> Answer:
    accept = environ.get("HTTP_ACCEPT_ENCODING")
    choice = entry.by_accept.get(accept) or entry.choose(accept)
    tags, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    if (tags or since) and entry.conditional:
        # Most who ask send back just what they were sent; whatever else they may write is read with care.
        if tags == choice.etag or (tags is None and since == choice.date):
            return choice.unchanged
        if holds_current(environ, choice.etag, entry.modified):
            return choice.unchanged
    return choice.full if method == "GET" else choice.head


def _asset_page(asset: Asset) -> Page:
    """A hashed file never changes, so its date says nothing; a fixed one keeps hosts alike."""
    return Page(asset.path, asset.content_type, asset.body, _EPOCH)


def captured(application: "WSGIApplication", environ: "WSGIEnvironment") -> Answer:
    """Return the whole answer of a WSGI application, its body in one piece."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _exc_info: object = None
    ) -> Callable[[bytes], object]:
        begun.append((status, headers))
        return written.append

    written: list[bytes] = []
    answer = application(environ, start_response)
    try:
        written.extend(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
    status, headers = begun[-1]
    return status, headers, [b"".join(written)]
