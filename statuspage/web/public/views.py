"""Any public address, rendered now."""

from http import HTTPStatus

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue

from statuspage.core.errors import NotFound
from statuspage.core.headers import PUBLIC_PAGE
from statuspage.core.languages import Language, marked
from statuspage.publish.records import Page, encode
from statuspage.web.kit.current import installation
from statuspage.web.kit.entrances import STREET
from statuspage.web.kit.redirects import see
from statuspage.web.kit.rights import public_route

ENTRANCE = STREET
door = Blueprint("public", __name__)


@door.get("/")
@door.get("/<path:rest>")
@public_route
def page(rest: str = "") -> ResponseReturnValue:
    """Answer with what the builder renders for this address, or lead to what was meant."""
    found = installation().builder.page(f"/{rest}")
    if found is None and (meant := _meant(rest)):
        return see(meant)
    if found is None and rest.startswith("api/v2/"):
        return Response(status=HTTPStatus.NOT_FOUND, headers={"Access-Control-Allow-Origin": "*"})
    if found is None:
        raise NotFound(marked("There is no page at this address. Start from the current status."))
    return _sent(found)


def _meant(rest: str) -> str | None:
    """Return the page somebody means who typed a slash too many, or none behind a language, or came for a page in a
    language that is the site's own, or not shown any more."""
    builder = installation().builder
    first, _, behind = rest.partition("/")
    places = [f"/{rest.rstrip('/')}"] if rest.endswith("/") else []
    if first in list(Language):
        places += [f"/{behind}"] if behind else [f"/{rest.rstrip('/')}/", "/"]
    return next((place for place in places if place != f"/{rest}" and builder.page(place)), None)


def _sent(found: Page) -> Response:
    response = make_response(found.body, found.status)
    response.content_type = found.content_type
    response.last_modified = found.last_modified
    response.headers["ETag"] = encode(found).variants[0].etag
    for name, value in (*PUBLIC_PAGE, *found.headers):
        response.headers[name] = value
    if found.status == HTTPStatus.OK:
        response.make_conditional(request)
    return response
