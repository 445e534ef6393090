"""The OpenAPI document and the page for readers say what the API does."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.kit.browser import StrictBrowser
from tests.web.api.conftest import PREFIX, Program


@pytest.fixture
def document(client: StrictBrowser) -> Any:
    answer = client.get(f"{PREFIX}/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    return answer.json


def _pointers(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [pointer for one in value.values() for pointer in _pointers(one)]
    return [pointer for one in value for pointer in _pointers(one)] if isinstance(value, list) else []


def test_every_pointer_points_at_something(document: Any) -> None:
    for pointer in set(_pointers(document)):
        place = document
        for step in pointer.removeprefix("#/").split("/"):
            assert step in place, pointer
            place = place[step]


def test_the_document_and_the_routes_agree(app: Flask, document: Any) -> None:
    routes = {
        (method, re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix(PREFIX)))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint.count(".") == 1
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(method.upper(), path) for path, at in document["paths"].items() for method in at}
    assert described == routes


def test_every_operation_is_complete(document: Any) -> None:
    names = []
    for path, at in document["paths"].items():
        for method, operation in at.items():
            names.append(operation["operationId"])
            in_path = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path)), path
            assert operation["summary"].endswith("."), path
            assert {"401", "403", "429"} <= set(operation["responses"]), path
            keyed = any(one["name"] == "Idempotency-Key" for one in operation["parameters"])
            assert keyed == (method == "post"), path
    assert len(names) == len(set(names))


def test_it_is_openapi_3_1_behind_a_bearer_token(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "https://status.example.com/api/v1"}]
    assert document["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}


def test_answers_have_the_fields_that_are_described(document: Any, api: Program) -> None:
    schemas = document["components"]["schemas"]
    sent = {"title": "Down", "severity": "sev2", "update": {"body": "We look."}}
    ref = api.post("/incidents", sent).json["ref"]
    for path, name in (
        (f"/incidents/{ref}", "Incident"),
        ("/components/web", "Component"),
        ("/component-groups/platform", "Group"),
    ):
        assert set(api.get(path).json) == set(schemas[name]["properties"]), name
    assert schemas["Incident"]["properties"]["severity"] == {"$ref": "#/components/schemas/Severity"}
    assert schemas["NewIncident"]["additionalProperties"] is False


def test_a_change_offers_null_only_where_it_means_something(document: Any) -> None:
    fields = document["components"]["schemas"]["ComponentPatch"]["properties"]
    offering = {name for name, about in fields.items() if {"type": "null"} in about.get("anyOf", [])}
    assert offering == {"group"}
    assert fields["name"] == {"type": "string"}


def test_the_page_describes_every_operation(client: StrictBrowser, document: Any) -> None:
    page = client.get("/api/docs")
    assert page.status == 200
    assert page.h1 == "Management API"
    for path, at in document["paths"].items():
        for method in at:
            shown = re.sub(r"{(\w+)}", r"<\1>", f"{method.upper()} {PREFIX}{path}")
            assert shown in page.text, shown


def test_the_page_needs_no_token_and_sets_no_cookie(client: StrictBrowser) -> None:
    assert client.get("/api/docs").cookies == []
