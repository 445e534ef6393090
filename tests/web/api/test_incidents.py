"""Incidents through the API: declare, read, list, change."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from statuspage.audit.queries import recent_lines
from statuspage.core.db import Database
from statuspage.web.kit.current import EXTENSION
from tests.kit.cast import BEN
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements
from tests.web.api.conftest import Program, faults_in

PROMISED = {  # what an incident answers at least
    *("id", "ref", "code", "url", "title", "public_title", "kind", "severity", "state", "public_status", "visibility"),
    *("restricted", "components", "impact", "milestones", "next_update_at", "roles", "created_at"),
}
DOWN = [{"slug": "web", "status": "major_outage"}]


def declare(api: Program, **more: Any) -> Any:
    answer = api.post("/incidents", {"title": "Checkout fails", "severity": "sev2", **more})
    assert answer.status == 201, answer.html
    return answer.json


def test_an_incident_without_an_update_is_internal(api: Program) -> None:
    told = declare(api, components=DOWN)
    assert told.keys() >= PROMISED
    assert (told["visibility"], told["public_status"], told["url"]) == ("internal", None, None)
    assert (told["state"], told["kind"], told["impact"]) == ("investigating", "real", "critical")
    assert told["public_title"] is None
    assert api.get("/components/web").json["status"] == "operational"


def test_an_incident_with_an_update_is_public_at_once(api: Program) -> None:
    update = {"status": "identified", "body": "We know why.", "next_update_at": "2026-11-18T12:30:00+00:00"}
    answer = api.post("/incidents", {"title": "Down", "severity": "sev3", "components": DOWN, "update": update})
    told = answer.json
    assert answer.headers["location"] == f"https://status.example.com/api/v1/incidents/{told['ref']}"
    assert told["url"] == f"https://status.example.com/incidents/{told['code']}"
    assert (told["visibility"], told["public_status"], told["state"]) == ("public", "identified", "identified")
    assert told["public_title"] == "Down"
    assert told["next_update_at"] == "2026-11-18T12:30:00Z"
    assert told["milestones"]["first_public_update"] == told["milestones"]["identified"] == "2026-11-18T12:00:00Z"
    assert api.get("/components/web").json["status"] == "major_outage"


@pytest.mark.usefixtures("built_pages")
def test_the_stored_page_shows_it_when_the_answer_comes(api: Program, app: Flask) -> None:
    builder = app.extensions[EXTENSION].builder
    builder.finish()
    code = declare(api, public_title="Checkout fails", update={"body": "We look into it."})["code"]
    store = builder.store
    for path in ("/", f"/incidents/{code}", "/updates.atom"):
        record = store.get(path)
        assert record is not None, path
        assert b"Checkout fails" in record.page.body, path


def test_the_audit_log_names_the_token(api: Program, database: Database) -> None:
    declare(api)
    with database.session(readonly=True) as session:
        line = recent_lines(session, limit=1)[0]
    assert (line.actor_kind, line.actor_name, line.action) == ("token", "manage program", "incident.declared")


def test_an_update_of_an_internal_incident_is_a_note(api: Program) -> None:
    told = declare(api, visibility="internal", update={"body": "Looking."})
    assert told["visibility"] == "internal"
    assert [u["visibility"] for u in api.get(f"/incidents/{told['ref']}/updates").json["items"]] == ["internal"]


def test_what_was_known_before_is_recorded(api: Program) -> None:
    told = declare(
        api, impact_started_at="2026-11-18T11:40:00Z", alerted_at="2026-11-18T12:50:00+01:00", source="monitor",
        category="network", update={"body": "Down."}, components=DOWN,
    )  # fmt: skip
    assert (told["source"], told["category"]) == ("monitor", "network")
    assert told["milestones"]["impact_started"] == "2026-11-18T11:40:00Z"
    assert told["milestones"]["detected"] == told["milestones"]["alerted"] == "2026-11-18T11:50:00Z"


def test_a_drill_never_becomes_public(api: Program) -> None:
    assert (
        api.post("/incidents", {"title": "D", "severity": "sev1", "kind": "drill", "update": {"body": "x"}}).status
        == 409
    )
    assert declare(api, kind="drill")["visibility"] == "internal"


def test_an_incident_is_found_by_ref_and_by_code(api: Program) -> None:
    told = declare(api)
    for name in (told["ref"], told["ref"].lower(), told["code"]):
        assert api.get(f"/incidents/{name}").json == told


def test_incidents_are_listed_newest_first_and_page_by_page(api: Program) -> None:
    refs = [declare(api)["ref"] for _ in range(5)]
    found, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/incidents?limit=2{cursor and '&cursor=' + cursor}").json
        assert len(page["items"]) <= 2
        found += [one["ref"] for one in page["items"]]
        cursor = page["next"]
    assert found == refs[::-1]


@pytest.fixture
def mixed(api: Program) -> dict[str, str]:
    """One public with Web down, one internal on Mail, one resolved."""
    public = declare(api, components=DOWN, update={"status": "identified", "body": "Found."})
    inside = declare(api, severity="sev4", components=[{"slug": "mail", "status": "partial_outage"}])
    done = declare(api, severity="sev1")
    assert api.post(f"/incidents/{done['ref']}/resolution").status == 200
    return {"public": public["ref"], "inside": inside["ref"], "done": done["ref"]}


def test_a_list_can_be_narrowed(api: Program, mixed: dict[str, str]) -> None:
    for query, names in {
        "state=resolved": {"done"},
        "state=identified": {"public"},
        "public_status=identified": {"public"},
        "severity=sev4": {"inside"},
        "component=web": {"public"},
        "component=mail&severity=sev2": set(),
        "": {"public", "inside", "done"},
    }.items():
        found = {one["ref"] for one in api.get(f"/incidents?{query}").json["items"]}
        assert found == {mixed[name] for name in names}, query


def test_a_longer_list_costs_no_more_queries(api: Program, mixed: dict[str, str]) -> None:
    def cost() -> int:
        with statements() as made:
            assert api.get("/incidents").status == 200
        return len(made)

    cost()  # the first call opens the token's bucket
    few = cost()
    for _ in range(6):
        declare(api, components=DOWN, update={"body": "Again."})
    assert cost() == few


def test_a_change_touches_only_what_was_sent(api: Program, clock: FrozenClock) -> None:
    before = declare(api, components=DOWN)
    clock.advance(minutes=3)
    after = api.patch(f"/incidents/{before['ref']}", {"severity": "sev1", "category": "capacity"}).json
    assert {key for key in before if before[key] != after[key]} == {"severity", "category", "updated_at", "version"}


def test_milestones_can_be_corrected_in_order_only(api: Program, clock: FrozenClock) -> None:
    ref = declare(api)["ref"]
    clock.advance(minutes=30)
    sent = {"milestones": {"detected": "2026-11-18T11:58:00Z", "identified": "2026-11-18T12:10:00Z"}}
    assert api.patch(f"/incidents/{ref}", sent).json["milestones"]["identified"] == "2026-11-18T12:10:00Z"
    late = {"milestones": {"detected": "2026-11-18T12:20:00Z"}}
    assert "cannot lie after" in faults_in(api.patch(f"/incidents/{ref}", late))["milestones"]


def test_roles_are_given_by_mail_address(api: Program) -> None:
    ref = declare(api)["ref"]
    roles = api.patch(f"/incidents/{ref}", {"roles": {"lead": BEN}}).json["roles"]
    assert (roles["lead"]["name"], roles["communications"]) == ("Ben", None)
    assert "roles.lead" in faults_in(api.patch(f"/incidents/{ref}", {"roles": {"lead": "nobody@example.com"}}))


def test_a_stale_change_is_told_what_stands(api: Program) -> None:
    told = declare(api)
    api.patch(f"/incidents/{told['ref']}", {"title": "Theirs", "version": told["version"]})
    late = api.patch(f"/incidents/{told['ref']}", {"title": "Mine", "version": told["version"]})
    assert late.status == 409
    assert (late.json["theirs"]["title"], late.json["yours"]["title"]) == ("Theirs", "Mine")


def test_restricted_incidents_are_for_administrators(program: Callable[[str], Program], api: Program) -> None:
    assert api.post("/incidents", {"title": "x", "severity": "sev1", "restricted": True}).status == 422
    assert declare(program("admin"))["restricted"] is False
