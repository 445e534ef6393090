"""Carrying one operation out: reading what was sent, calling the view, writing the answer."""

from collections.abc import Callable
from typing import Any

from flask import Response, make_response

from statuspage.web.api.bodies import read_body, read_query
from statuspage.web.api.registry import PREFIX, Created, Operation
from statuspage.web.api.replays import earlier_answer, key_of_request, remember
from statuspage.web.api.shapes.base import Shape
from statuspage.web.kit.current import installation
from statuspage.web.kit.rights import requires


def route_of(operation: Operation) -> Callable[..., Response]:
    """Return the Flask view of an operation."""

    def call(**address: Any) -> Response:
        return _carry_out(operation, address)

    call.__name__, call.__doc__ = operation.name, operation.view.__doc__
    return requires(operation.right)(call)


def _carry_out(operation: Operation, address: dict[str, Any]) -> Response:
    given = dict(address)
    if operation.takes:
        given["sent"] = read_body(operation.takes)
    if operation.asks:
        given["asked"] = read_query(operation.asks)
    key = key_of_request()
    if key and (earlier := earlier_answer(key)):
        return _as_json(earlier)
    response = _answer(operation, operation.view(**given))
    if key:
        remember(key, response)
    return _as_json(response)


def _answer(operation: Operation, outcome: Shape | Created | None) -> Response:
    shape = outcome.shape if isinstance(outcome, Created) else outcome
    response = make_response(shape.model_dump_json() + "\n" if shape else "", operation.status)
    if isinstance(outcome, Created):
        response.headers["Location"] = installation().links.absolute(f"{PREFIX}{outcome.path}")
    return response


def _as_json(response: Response) -> Response:
    if response.status_code == 204:
        response.headers.pop("Content-Type", None)
    else:
        response.content_type = "application/json"
    return response
