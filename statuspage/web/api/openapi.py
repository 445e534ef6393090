"""The OpenAPI 3.1 document, made from the operations and their shapes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from statuspage import __version__
from statuspage.domain.accounts.enums import Right
from statuspage.web.api.registry import PREFIX, Operation, Part
from statuspage.web.api.replays import HEADER
from statuspage.web.api.shapes.base import Patch

Json = dict[str, Any]
SCOPES = {Right.VIEW: "read", Right.PUBLISH: "publish", Right.MANAGE: "manage", Right.ADMIN: "admin"}
_REFERENCE = "#/components/schemas/"
_IN_ADDRESS = re.compile(r"<(\w+)>")
_PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do."},
        "errors": {
            "type": "array",
            "description": "One entry per faulty field.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "theirs": {"description": "On a conflict: what stands now."},
        "yours": {"description": "On a conflict: what you sent."},
    },
}
_FAULTS = {
    "400": "The body is no JSON, or the request cannot be read.",
    "401": "No good token.",
    "403": "The token's scope does not include this.",
    "404": "There is no such thing.",
    "409": "The state does not allow this, or somebody was faster.",
    "415": "The body is not declared as application/json.",
    "422": "Some fields were not accepted; `errors` names them.",
    "429": "Too many requests with this token; `Retry-After` says when to go on.",
}
ABOUT = (
    "Send a token (`statuspage token add`) as `Authorization: Bearer ...`. Scopes include the ones before them: read, "
    "publish, manage, admin. Bodies are JSON; fields that are not listed are refused. Instants are RFC 3339 and "
    "answered in UTC. Give every POST an `Idempotency-Key`: sent again within a day, it is answered again and not "
    "carried out again."
)


def document(parts: Sequence[Part], base_url: str) -> Json:
    """Return the document for the installation at `base_url`."""
    operations = [operation for part in parts for operation in part.operations]
    schemas = schemas_of(operations)
    paths: Json = {}
    for part in parts:
        for operation in part.operations:
            place = paths.setdefault(_IN_ADDRESS.sub(r"{\1}", operation.path), {})
            place[operation.method.lower()] = _described(operation, part)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Statuspage management API", "version": __version__, "description": ABOUT},
        "servers": [{"url": f"{base_url}{PREFIX}"}],
        "security": [{"token": []}],
        "tags": [{"name": part.title, "description": part.about} for part in parts],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**schemas, "Problem": _PROBLEM},
            "responses": {status: _fault(sentence) for status, sentence in _FAULTS.items()},
        },
    }


def schemas_of(operations: Iterable[Operation]) -> Json:
    """Return every shape's JSON schema by its public name."""
    taken = {operation.takes for operation in operations if operation.takes}
    given = {operation.gives for operation in operations if operation.gives}
    wanted: list[tuple[type[BaseModel], Any]] = [
        *((shape, "validation") for shape in sorted(taken, key=_name)),
        *((shape, "serialization") for shape in sorted(given, key=_name)),
    ]
    _, whole = models_json_schema(wanted, ref_template=f"{_REFERENCE}{{model}}")
    for shape in taken:
        if issubclass(shape, Patch):
            _drop_nulls(whole["$defs"][shape.__name__]["properties"], shape.nullable)
    return {public_name(name): _renamed(schema) for name, schema in sorted(whole["$defs"].items())}


def _drop_nulls(fields: Json, nullable: Iterable[str]) -> None:
    """In a change null means "left out", which only what is left out may mean."""
    for name in fields.keys() - set(nullable):
        about = fields[name]
        kept = [choice for choice in about.pop("anyOf", []) if choice.get("type") != "null"]
        about.pop("default", None)
        about.update(kept[0] if len(kept) == 1 else {"anyOf": kept} if kept else {})


def _name(shape: type[BaseModel]) -> str:
    return shape.__name__


def public_name(name: str) -> str:
    """Return the name under which a shape is published: `ComponentShape` is Component, a page of them ComponentPage."""
    paged = re.fullmatch(r"Page[\[_](\w+?)(?:Shape)?[\]_]", name)
    return f"{paged[1]}Page" if paged else name.removesuffix("Shape")


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(one) for key, one in value.items() if not (key == "title" and isinstance(one, str))}
    if isinstance(value, list):
        return [_renamed(one) for one in value]
    if isinstance(value, str) and value.startswith(_REFERENCE):
        return _REFERENCE + public_name(value.removeprefix(_REFERENCE))
    return value


def _described(operation: Operation, part: Part) -> Json:
    summary, details = operation.words
    scope = f"Scope: {SCOPES[operation.right]}."
    found: Json = {
        "operationId": operation.name,
        "tags": [part.title],
        "summary": summary,
        "description": f"{details}\n\n{scope}".strip(),
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.takes:
        found["requestBody"] = {
            "required": bool(operation.takes.model_json_schema().get("required")),
            "content": {"application/json": {"schema": _pointer(operation.takes)}},
        }
    return found


def _parameters(operation: Operation) -> list[Json]:
    found: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _IN_ADDRESS.findall(operation.path)
    ]
    if operation.asks:
        schema = _renamed(operation.asks.model_json_schema(ref_template=f"{_REFERENCE}{{model}}"))
        kinds = schema.pop("$defs", {})
        for name, about in schema["properties"].items():
            found.append({"name": name, "in": "query", "required": False, "schema": _flat(about, kinds)})
    if operation.method == "POST":
        found.append(
            {"name": HEADER, "in": "header", "required": False, "schema": {"type": "string", "maxLength": 255}}
        )
    return found


def _flat(about: Json, kinds: Json) -> Json:
    """Return a parameter's schema with the words of its enums written out."""
    if "$ref" in about:
        return {**kinds[about["$ref"].removeprefix(_REFERENCE)], **{k: v for k, v in about.items() if k != "$ref"}}
    if "anyOf" in about:
        rest = {key: value for key, value in about.items() if key not in ("anyOf", "default")}
        kept = next(choice for choice in about["anyOf"] if choice.get("type") != "null")
        return {**_flat(kept, kinds), **rest}
    return about


def _responses(operation: Operation) -> Json:
    good: Json = {"description": "Done." if operation.gives is None else public_name(operation.gives.__name__)}
    if operation.gives:
        good["content"] = {"application/json": {"schema": _pointer(operation.gives)}}
    if operation.status == 201:
        good["headers"] = {"Location": {"description": "Where the new object is.", "schema": {"type": "string"}}}
    faults = ["401", "403", "422", "429"]
    faults += ["404"] if "<" in operation.path else []
    faults += ["409"] if operation.method != "GET" else []
    faults += ["400", "415"] if operation.takes else []
    pointers = {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(faults)}
    return {str(operation.status): good, **pointers}


def _pointer(shape: type[BaseModel]) -> Json:
    return {"$ref": _REFERENCE + public_name(shape.__name__)}


def _fault(sentence: str) -> Json:
    content = {"application/problem+json": {"schema": {"$ref": f"{_REFERENCE}Problem"}}}
    return {"description": sentence, "content": content}
