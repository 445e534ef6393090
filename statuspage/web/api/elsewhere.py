"""Addresses below the API's prefix that no operation has: a problem, not the page's 404."""

import re
from collections.abc import Sequence

from flask import Blueprint
from werkzeug.exceptions import MethodNotAllowed

from statuspage.core.errors import NotFound
from statuspage.web.api.registry import PREFIX, Part
from statuspage.web.kit.rights import public_route

EVERY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def elsewhere(parts: Sequence[Part]) -> Blueprint:
    """Return the blueprint that answers 405 where an operation has the address for another method, else 404."""
    blueprint = Blueprint("elsewhere", __name__)
    known: dict[re.Pattern[str], list[str]] = {}
    for part in parts:
        for operation in part.operations:
            pattern = re.compile(re.sub(r"<\w+>", "[^/]+", operation.path.lstrip("/")))
            known.setdefault(pattern, []).append(operation.method)

    @blueprint.route(f"{PREFIX}/<path:rest>", methods=EVERY_METHOD)
    @public_route
    def nowhere(rest: str) -> str:
        """Say what is wrong with the address or the method."""
        methods = [
            method for pattern, known_methods in known.items() if pattern.fullmatch(rest) for method in known_methods
        ]
        if methods:
            raise MethodNotAllowed(valid_methods=methods)
        raise NotFound("There is no such address. The reference at /api/docs lists all of them.")

    return blueprint
