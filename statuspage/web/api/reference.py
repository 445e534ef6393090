"""For those who read: `/api/v1/openapi.json` and the page `/api/docs`, both made from the operations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from statuspage.web.api.openapi import ABOUT, SCOPES, document, public_name, schemas_of
from statuspage.web.api.registry import PREFIX, Operation, Part
from statuspage.web.kit.current import installation
from statuspage.web.kit.rights import public_route

Json = dict[str, Any]
_REFERENCE = "#/components/schemas/"
_KINDS = {
    "date-time": "instant",
    "uuid": "id",
    "string": "text",
    "integer": "number",
    "boolean": "true or false",
    "object": "object",
    "null": "null",
}


@dataclass(frozen=True)
class Field:
    """One line of a table of fields."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True)
class Entry:
    """One operation as the page shows it."""

    operation: Operation
    anchor: str
    scope: str
    parameters: Sequence[Field]
    takes: Sequence[Field]
    gives: str


def reading_room(parts: Sequence[Part]) -> Blueprint:
    """Return the blueprint with the document and the page about `parts`."""
    blueprint = Blueprint("reference", __name__)

    @blueprint.get(f"{PREFIX}/openapi.json")
    @public_route
    def openapi() -> Response:
        """Give the OpenAPI document to whoever asks; it holds no secret."""
        response = jsonify(document(parts, installation().links.base_url.rstrip("/")))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    @blueprint.get("/api/docs")
    @public_route
    def docs() -> str:
        """Show the reference as a page."""
        schemas = schemas_of(operation for part in parts for operation in part.operations)
        return render_template(
            "api/reference.html",
            about=ABOUT,
            address=installation().links.absolute(PREFIX),
            parts=[(part, [_entry(operation, schemas) for operation in part.operations]) for part in parts],
            objects=_objects(parts, schemas),
        )

    return blueprint


def _entry(operation: Operation, schemas: Json) -> Entry:
    asked = operation.asks.model_json_schema(ref_template=f"{_REFERENCE}{{model}}") if operation.asks else {}
    taken = schemas[public_name(operation.takes.__name__)] if operation.takes else {}
    return Entry(
        operation=operation,
        anchor=operation.name.replace("_", "-"),
        scope=SCOPES[operation.right],
        parameters=_without_null(_fields(asked, schemas | asked.get("$defs", {}))),
        takes=_without_null(_fields(taken, schemas)),
        gives=_given(public_name(operation.gives.__name__)) if operation.gives else "",
    )


def _without_null(fields: list[Field]) -> list[Field]:
    """What may be left out need not be sent as null."""
    return [replace(field, kind=field.kind.removesuffix(" or null")) for field in fields]


def _given(name: str) -> str:
    return f"a page of {name.removesuffix('Page')} objects" if name.endswith("Page") else f"the {name}"


def _objects(parts: Sequence[Part], schemas: Json) -> list[tuple[str, str, list[Field]]]:
    """Return what is given back, pages of lists left out: name, sentence, fields."""
    taken = {public_name(op.takes.__name__) for part in parts for op in part.operations if op.takes}
    return [
        (name, schema.get("description", ""), _fields(schema, schemas))
        for name, schema in schemas.items()
        if "properties" in schema and name not in taken and not name.endswith("Page")
    ]


def _fields(schema: Json, schemas: Json) -> list[Field]:
    required = schema.get("required", [])
    return [
        Field(name, _kind(about, schemas), name in required, " ".join(about.get("description", "").split()))
        for name, about in schema.get("properties", {}).items()
    ]


def _kind(about: Json, schemas: Json) -> str:
    """Say in words what a field holds: the words of an enum are written out, objects are named."""
    if "$ref" in about:
        name = public_name(about["$ref"].removeprefix(_REFERENCE))
        known = schemas.get(name, {})
        return _kind(known, schemas) if "enum" in known else name
    choices = about.get("anyOf") or about.get("oneOf")
    if choices:
        return " or ".join(_kind(choice, schemas) for choice in choices)
    words = about.get("enum") or ([about["const"]] if "const" in about else [])
    if words:
        return ", ".join(map(str, words))
    if about.get("type") == "array":
        return f"list of {_kind(about.get('items', {}), schemas)}"
    return _KINDS.get(about.get("format") or about.get("type", ""), "anything")
