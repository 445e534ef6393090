"""What went wrong, told once: the domain's errors and the framework's as a page or as problem+json (RFC 9457).

Neither needs the database. What a visitor is told never holds more than the message of a known error; an unknown one
is logged under the number the page shows.
"""

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from flask import Response, g, json, make_response
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from statuspage.core.errors import Conflict, Invalid, NotAllowed, NotFound, Outdated, Refused, TooMany, Unavailable
from statuspage.core.languages import Speech, marked, speech
from statuspage.core.sentences import told as told_in
from statuspage.web.kit.speaking import frame_at_hand, say

RETRY_SECONDS = 5
_STATUS: dict[type[Exception], HTTPStatus] = {
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Conflict: HTTPStatus.CONFLICT,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
_TITLES = {
    HTTPStatus.BAD_REQUEST: marked("This request could not be read"),
    HTTPStatus.UNAUTHORIZED: marked("Sign in first"),
    HTTPStatus.FORBIDDEN: marked("This is not open to you"),
    HTTPStatus.NOT_FOUND: marked("There is nothing here"),
    HTTPStatus.METHOD_NOT_ALLOWED: marked("This address does not take that"),
    HTTPStatus.CONFLICT: marked("Somebody was faster"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: marked("That is too much at once"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: marked("This form is not understood"),
    HTTPStatus.UNPROCESSABLE_ENTITY: marked("Something needs your attention"),
    HTTPStatus.TOO_MANY_REQUESTS: marked("That was too often"),
    HTTPStatus.INTERNAL_SERVER_ERROR: marked("Something went wrong here"),
    HTTPStatus.SERVICE_UNAVAILABLE: marked("The database does not answer"),
}
_OUTDATED = marked("The database is of an older version")
_SENTENCES = {
    HTTPStatus.BAD_REQUEST: marked("Go back, load the page again and repeat what you did."),
    HTTPStatus.NOT_FOUND: marked("Check the address, or start from the front page."),
    HTTPStatus.METHOD_NOT_ALLOWED: marked("Open the page in your browser and use the form on it."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: marked("Send a shorter text or a smaller file."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: marked("Send JSON with Content-Type: application/json."),
    HTTPStatus.INTERNAL_SERVER_ERROR: marked(
        "Nothing was changed. Try again; if it stays, tell the operator this number:"
    ),
}
_TO_PROGRAMS = {
    HTTPStatus.BAD_REQUEST: "Look at the request line, the headers and the body.",
    HTTPStatus.NOT_FOUND: "There is no such address. The reference at /api/docs lists all of them.",
    HTTPStatus.METHOD_NOT_ALLOWED: "The header Allow lists the methods of this address.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Send a shorter body.",
}
_READ_ALREADY = (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
_KEPT = ("Allow", "Retry-After", "WWW-Authenticate", "Location")


@dataclass(frozen=True)
class Explanation:
    """An error as somebody outside is told of it. `fields` names what is wrong with which field; `theirs` and
    `yours` are the texts of a conflict, or for programs the objects; `wait_seconds` is how long it was too often."""

    status: HTTPStatus
    title: str
    message: str
    fields: dict[str, str] = field(default_factory=dict)
    theirs: str | dict[str, Any] = ""
    yours: str | dict[str, Any] = ""
    headers: tuple[tuple[str, str], ...] = ()
    wait_seconds: int = 0


def explain(error: Exception) -> Explanation:
    """Return how to tell of an error."""
    if isinstance(error, HTTPException):
        return _of_framework(error)
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), None)
    if status is None:
        status = HTTPStatus.BAD_REQUEST if isinstance(error, Refused) else HTTPStatus.INTERNAL_SERVER_ERROR
    return Explanation(
        status=status,
        title=_OUTDATED if isinstance(error, Outdated) else _TITLES[status],
        message=getattr(error, "message", _SENTENCES[HTTPStatus.INTERNAL_SERVER_ERROR]),
        fields=error.fields if isinstance(error, Invalid) else {},
        theirs=_shown(getattr(error, "theirs", None)),
        yours=_shown(getattr(error, "yours", None)),
        headers=_waiting(error),
        wait_seconds=error.seconds if isinstance(error, TooMany) else 0,
    )


def _of_framework(error: HTTPException) -> Explanation:
    status = HTTPStatus(error.code or 500)
    sentence = _SENTENCES.get(status, marked("Go back and try again."))
    if isinstance(error, CSRFError):
        sentence = marked(
            "The form was not sent from a page of this site, or is too old. Load the page again and repeat."
        )
    elif isinstance(error, SecurityError):
        sentence = marked("This installation does not answer to that host name. Use the address in site.base_url.")
    headers = tuple((name, value) for name, value in error.get_headers() if name in _KEPT)
    return Explanation(status, _TITLES.get(status, status.phrase), sentence, headers=headers)


def _waiting(error: Exception) -> tuple[tuple[str, str], ...]:
    if isinstance(error, TooMany):
        return (("Retry-After", str(error.seconds)),)
    return (("Retry-After", str(RETRY_SECONDS)),) if isinstance(error, Unavailable) else ()


def _shown(value: Any) -> str | dict[str, Any]:
    return value if isinstance(value, str | dict) else ""


def as_page(told: Explanation) -> Response:
    """Tell of an error in a page, in the language of the address or the page's own. Needs no database."""
    number = g.get("request_number", "") if told.status is HTTPStatus.INTERNAL_SERVER_ERROR else ""
    site = frame_at_hand(fresh=told.status in _READ_ALREADY)
    page = say("errors/error.html", site, told=_translated(told, speech(site.language)), number=number)
    return _finished(make_response(page, told.status), told)


def _translated(told: Explanation, spoken: Speech) -> Explanation:
    return replace(
        told,
        title=told_in(told.title, spoken),
        message=_patience(told.wait_seconds, spoken) if told.wait_seconds else told_in(told.message, spoken),
        fields={name: told_in(sentence, spoken) for name, sentence in told.fields.items()},
    )


def _patience(seconds: int, spoken: Speech) -> str:
    if seconds < 120:
        return spoken.ngettext("Try again in %(num)s second.", "Try again in %(num)s seconds.", seconds)
    return spoken.ngettext("Try again in %(num)s minute.", "Try again in %(num)s minutes.", (seconds + 59) // 60)


def as_problem(told: Explanation) -> Response:
    """Tell of an error as `application/problem+json`, each faulty field by name."""
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": told.status.phrase,
        "status": told.status.value,
        "detail": _TO_PROGRAMS.get(told.status, told.message)
        if told.message == _SENTENCES.get(told.status)
        else told.message,
    }
    if told.status is HTTPStatus.INTERNAL_SERVER_ERROR:
        problem["detail"] = f"{told.message} {g.get('request_number', '')}"
    if told.fields:
        problem["detail"] = "Some fields were not accepted."
        problem["errors"] = [{"field": name, "message": sentence} for name, sentence in told.fields.items()]
    if told.theirs or told.yours:
        problem |= {"theirs": told.theirs, "yours": told.yours}
    response = make_response(json.dumps(problem) + "\n", told.status)
    response.content_type = "application/problem+json"
    return _finished(response, told)


def _finished(response: Response, told: Explanation) -> Response:
    for name, value in told.headers:
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    return response
