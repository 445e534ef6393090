"""Templates for programs: kept, and used to declare and to speak."""

from collections.abc import Callable

import pytest

from statuspage.core.db import Database
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from tests.web.api.conftest import Program, faults_in

NEW = {"name": "Route B", "purpose": "update", "language": "en", "status": "identified", "body": "{{ components }}: B."}
WORK = {
    "name": "Mail servers",
    "purpose": "maintenance",
    "language": "en",
    "body": "From {{ start }}.",
    "title": "Mail",
    "length_minutes": 90,
    "components": ["mail"],
}


def _ids(api: Program, query: str) -> list[str]:
    return [one["name"] for one in api.get(f"/templates?{query}").json["items"]]


def test_shipped_templates_are_listed_in_pages(api: Program) -> None:
    first = api.get("/templates?limit=50").json
    second = api.get(f"/templates?limit=50&cursor={first['next']}").json
    assert len(first["items"]) == 50
    assert len(second["items"]) == 38
    assert second["next"] is None
    assert all(one["shipped"] for one in first["items"])
    assert _ids(api, "language=de&purpose=first&severity=sev1") == ["Erste Meldung: die meisten betroffen"]
    assert faults_in(api.get("/templates?purpose=party"))["purpose"].startswith("Choose one of: first")


def test_a_template_is_added_read_changed_and_deleted(api: Program) -> None:
    made = api.post("/templates", WORK)
    assert made.status == 201
    path = made.headers["location"].partition("/api/v1")[2]
    assert {**made.json, **WORK} == made.json
    assert made.json["shipped"] is False
    assert api.get(path).json == made.json
    changed = api.patch(path, {"length_minutes": None, "active": False, "version": made.json["version"]})
    assert (changed.status, changed.json["length_minutes"], changed.json["active"]) == (200, None, False)
    assert changed.json["body"] == WORK["body"]
    stale = api.patch(path, {"name": "Mine", "version": made.json["version"]})
    assert stale.status == 409
    assert stale.json["theirs"]["active"] is False
    assert stale.json["yours"]["name"] == "Mine"
    assert api.delete(path).status == 204
    assert api.get(path).status == 404
    assert api.get("/templates/nonsense").status == 404


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"body": "{{ secret }}"}, "body", "There is no placeholder {{ secret }}. These can be used: component"),
        ({"name": "FIRST notice: most customers"}, "name", "Another template has this name"),
        ({"status": "resolved"}, "status", "choose any, or one of"),
        ({"components": ["web"]}, "components", "Only maintenance notices"),
        ({"color": "red"}, "color", "There is no such field."),
        ({"language": "fr"}, "language", "Choose one of: en, de."),
    ],
)
def test_faults_are_named_by_field(change: dict[str, object], field: str, sentence: str, api: Program) -> None:
    assert sentence in faults_in(api.post("/templates", {**NEW, **change}))[field]


def test_reading_needs_no_more_than_read(program: Callable[[str], Program]) -> None:
    assert program("read").get("/templates").status == 200
    for scope in ("read", "publish"):
        caller = program(scope)
        assert caller.post("/templates", NEW).status == 403


DECLARED = {"title": "db-7 down", "public_title": "Checkout fails", "severity": "sev1", "template": "Route b"}


def _said(database: Database, ref: str) -> tuple[str, str | None, bool]:
    with database.session(readonly=True) as session:
        incident = incident_by_ref(session, ref, EVERYTHING)
        update = incident.updates[0]
        return update.current.body, update.status, incident.public


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("Web and API: B.", "identified", True)),
        ({"update": {"status": "monitoring"}}, ("Web and API: B.", "monitoring", True)),
        ({"update": {"body": "Own words."}}, ("Own words.", "investigating", True)),
        ({"visibility": "internal"}, ("Web and API: B.", None, False)),
        ({"visibility": "public"}, ("Web and API: B.", "identified", True)),
    ],
)
def test_an_incident_is_declared_in_a_templates_words(
    more: dict[str, object], expected: tuple[str, str | None, bool], api: Program, database: Database
) -> None:
    api.post("/templates", NEW)
    hit = [{"slug": "api", "status": "partial_outage"}, {"slug": "web", "status": "major_outage"}]
    made = api.post("/incidents", {**DECLARED, "components": hit, **more})
    assert made.status == 201, made.html
    assert _said(database, made.json["ref"]) == expected


def test_a_template_is_named_by_its_id_too(api: Program, database: Database) -> None:
    made = api.post("/templates", {**NEW, "body": "Plain.", "workaround": "Wait."}).json
    ref = api.post("/incidents", {**DECLARED, "template": made["id"]}).json
    assert ref["workaround"] == "Wait."
    assert _said(database, ref["ref"])[0] == "Plain."


def test_what_is_missing_is_refused_instead_of_published_as_a_gap(api: Program) -> None:
    made = api.post("/templates", {**NEW, "body": "{{ components }}, next by {{ next_update }}."}).json
    fault = faults_in(api.post("/incidents", DECLARED))["template"]
    assert fault == "“Route B” has no value for {{ components }}, {{ next_update }}. Give one, or send a body."
    assert (
        "no template “None of ours”"
        in faults_in(api.post("/incidents", {**DECLARED, "template": "None of ours"}))["template"]
    )
    work = {**DECLARED, "template": "Planned: not available"}
    assert "is for maintenance" in faults_in(api.post("/incidents", work))["template"]
    api.patch(f"/templates/{made['id']}", {"active": False})
    assert "switched off" in faults_in(api.post("/incidents", DECLARED))["template"]
    assert api.get("/incidents").json["items"] == []


def test_an_update_is_said_in_a_templates_words(api: Program) -> None:
    api.post("/templates", NEW)
    opened = {"title": "Checkout fails", "severity": "sev2", "update": {"body": "We look into it."}}
    ref = api.post("/incidents", opened).json["ref"]
    said = api.post(
        f"/incidents/{ref}/updates",
        {"visibility": "public", "template": "Route B", "components": [{"slug": "mail", "status": "partial_outage"}]},
    )
    assert said.status == 201, said.html
    assert (said.json["body"], said.json["status"]) == ("Mail: B.", "identified")
    own = {"visibility": "public", "template": "Route B", "body": "Our words.", "status": "monitoring"}
    assert api.post(f"/incidents/{ref}/updates", own).json["body"] == "Our words."
    assert "body" in faults_in(api.post(f"/incidents/{ref}/updates", {"visibility": "public"}))
