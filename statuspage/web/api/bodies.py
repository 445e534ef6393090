"""Reading what was sent: JSON into a shape, parameters into a query, every fault named by its field."""

import re
from typing import Any, TypeVar

from flask import request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import UnsupportedMediaType

from statuspage.core.errors import Invalid, Refused
from statuspage.web.api.shapes.base import Patch, Query, Shape

AnyShape = TypeVar("AnyShape", bound=Shape)
AnyQuery = TypeVar("AnyQuery", bound=Query)
WHOLE = "body"
_SENTENCES = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field.",
    "timezone_aware": "Add the offset from UTC, as in 2026-11-21T14:30:00Z.",
    "string_type": "Write this as text.",
    "bool_type": "Write true or false.",
    "int_type": "Write a whole number.",
    "uuid_parsing": "This is no id of ours.",
    "model_type": "Send a JSON object.",
}
_TIMES = ("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "datetime_object_invalid")


def read_body(shape: type[AnyShape]) -> AnyShape:
    """Return the request's body as `shape`; an empty one counts as `{}`.

    Raises `UnsupportedMediaType` for what is not declared as JSON, `Refused` (400) for what is no JSON, `Invalid`.
    """
    data = request.get_data()
    if data and request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        sent = shape.model_validate_json(data or b"{}")
    except ValidationError as fault:
        raise _explained(fault) from None
    if isinstance(sent, Patch) and (emptied := sent.needless_nulls()):
        raise Invalid(dict.fromkeys(sorted(emptied), "This cannot be null. Leave it out to keep it as it is."))
    return sent


def read_query(query: type[AnyQuery]) -> AnyQuery:
    """Return the parameters after the question mark as `query`. Raises `Invalid`."""
    try:
        return query.model_validate(request.args.to_dict())
    except ValidationError as fault:
        raise _explained(fault) from None


def _explained(fault: ValidationError) -> Refused:
    errors = fault.errors(include_url=False)
    if errors[0]["type"] == "json_invalid":
        reason = errors[0]["ctx"]["error"]
        return Refused(f'This is no JSON: {reason}. Send an object, as in {{"name": "Web"}}.')
    return Invalid({_field(error): _sentence(error) for error in reversed(errors)})


def _field(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"]) or WHOLE


def _sentence(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return f"Choose one of: {_offered(context)}."
    if kind in _TIMES:
        return "Write the time as 2026-11-21T14:30:00Z."
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    return f"{error['msg'].rstrip('.')}."


def _offered(context: dict[str, Any]) -> str:
    return ", ".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
