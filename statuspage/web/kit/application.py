"""The Flask application: one request is one transaction, and every answer carries the house's headers.

Safe methods and views marked by `only_looks` read only. Others commit once, after the view returned a success; a
refusal, an error or an exception rolls back, except where a view asked to `keep` (a failed sign-in is noted). What a
commit published is rebuilt before the answer goes out, for at most two seconds; the follower finishes the rest.
"""

from types import TracebackType

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from statuspage.core.db import commit, db, translated
from statuspage.core.errors import Refused, Unavailable
from statuspage.core.headers import NO_STORE, security_headers
from statuspage.core.ids import uuid7
from statuspage.core.log import get_logger
from statuspage.outbox.actions import PUBLISHED
from statuspage.web.kit.current import installation
from statuspage.web.kit.entrances import SAFE_METHODS, admit, entrance_of_request
from statuspage.web.kit.errors import explain
from statuspage.web.kit.looking import looks

REBUILD_SECONDS = 2.0
_log = get_logger("web")


def keep() -> None:
    """Commit what this request wrote although its answer is a refusal."""
    g.keep = True


class WebApplication(Flask):
    """Flask with the house's way of taking up, ending and answering a request."""

    def __init__(self, template_folder: str) -> None:
        super().__init__("statuspage", template_folder=template_folder, static_folder=None)
        self.register_error_handler(Refused, _told)
        self.register_error_handler(Unavailable, _told)
        self.register_error_handler(HTTPException, _told)
        self.after_request(_with_headers)

    def dispatch_request(self) -> ResponseReturnValue:
        """Admit the visitor, call the view, end the transaction."""
        g.now = installation().clock.now()
        g.request_number = uuid7().hex
        if request.routing_exception is not None:
            return super().dispatch_request()
        work = db.session()
        work.info["readonly"] = self._reads_only()
        try:
            with translated():
                response = self.make_response(self._answer())
            self._end(response)
        except BaseException:
            with translated():
                work.rollback()
            raise
        return response

    def _reads_only(self) -> bool:
        assert request.endpoint is not None
        return request.method in SAFE_METHODS or looks(self.view_functions[request.endpoint])

    def _answer(self) -> ResponseReturnValue:
        assert request.endpoint is not None
        refusal = admit(self.view_functions[request.endpoint])
        return refusal if refusal is not None else super().dispatch_request()

    def _end(self, response: Response) -> None:
        work = db.session()
        if work.info["readonly"] or (response.status_code >= 400 and not g.get("keep")):
            with translated():
                work.rollback()
            return
        commit(work)
        if work.info.pop(PUBLISHED, None):
            installation().builder.catch_up(REBUILD_SECONDS)

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """Log an unknown error under the number its page shows."""
        _log.error(
            "request failed", exc_info=exc_info, number=g.get("request_number"), endpoint=request.endpoint,
            method=request.method,
        )  # fmt: skip


def _told(error: Exception) -> ResponseReturnValue:
    if isinstance(error, HTTPException) and error.code and error.code < 400:
        return error.get_response()  # a redirect to the address with its slash
    if isinstance(error, Unavailable):
        _log.error("database unavailable", cause=str(error.__cause__), endpoint=request.endpoint, method=request.method)
    return entrance_of_request().tell(explain(error))


def _with_headers(response: Response) -> Response:
    for name, value in security_headers(secure=installation().links.secure) + NO_STORE:
        response.headers.setdefault(name, value)
    for name in [name for name, value in response.headers if not value]:
        response.headers.remove(name)  # a page that says so goes without
    return response
