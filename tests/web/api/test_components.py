"""Components and groups through the API."""

from dataclasses import fields

from statuspage.domain.components.actions import ComponentDraft
from tests.kit.cast import COMPONENTS
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements
from tests.web.api.conftest import Program, faults_in

KEYS = {
    *("id", "code", "slug", "name", "description", "group", "status", "visibility", "showcase_uptime", "position"),
    *("created_at", "updated_at", "version", "owner_team", "runbook_url", "started_at"),
}


def test_components_are_listed_in_their_order(api: Program) -> None:
    answer = api.get("/components")
    assert [one["slug"] for one in answer.json["items"]] == list(COMPONENTS)
    assert answer.json["next"] is None
    assert set(answer.json["items"][0]) == KEYS


def test_a_list_is_read_page_by_page(api: Program) -> None:
    first = api.get("/components?limit=2").json
    rest = api.get(f"/components?limit=2&cursor={first['next']}").json
    assert [one["slug"] for one in (*first["items"], *rest["items"])] == list(COMPONENTS)
    assert rest["next"] is None


def test_a_cursor_of_another_list_is_refused(api: Program) -> None:
    strange = api.post("/incidents", {"title": "Down", "severity": "sev1"}).json["id"]
    assert "cursor" in faults_in(api.get(f"/components?cursor={strange}"))


def test_a_component_is_added_and_found_at_its_address(api: Program) -> None:
    sent = {"name": "Search", "description": "Finds things.", "group": "platform", "status": "degraded_performance"}
    answer = api.post("/components", sent)
    assert answer.status == 201
    assert answer.headers["location"] == "https://status.example.com/api/v1/components/search"
    assert {**answer.json, **sent} == answer.json
    assert api.get("/components/search").json == answer.json


def test_an_address_is_used_once(api: Program) -> None:
    assert "slug" in faults_in(api.post("/components", {"name": "Another", "slug": "web"}))
    assert api.post("/components", {"name": "Web"}).json["slug"].startswith("web-")


def test_an_unknown_group_is_refused(api: Program) -> None:
    assert api.post("/components", {"name": "Search", "group": "nope"}).status in (404, 422)


def test_a_change_leaves_the_rest_as_it_is(api: Program, clock: FrozenClock) -> None:
    before = api.get("/components/web").json
    clock.advance(minutes=1)
    after = api.patch("/components/web", {"description": "The shop."}).json
    changed = {name for name in KEYS if before[name] != after[name]}
    assert changed == {"description", "updated_at", "version"}


def test_every_fact_survives_a_change_of_another(api: Program) -> None:
    sent = {
        "name": "Search",
        "slug": "find",
        "description": "Finds things.",
        "group": "platform",
        "visibility": "internal",
        "showcase_uptime": False,
        "owner_team": "Discovery",
        "runbook_url": "https://wiki.example.com/search",
        "started_at": "2026-01-02T03:04:05Z",
    }
    assert set(sent) == {fact.name for fact in fields(ComponentDraft)}
    assert api.post("/components", sent).status == 201
    for name, value in {**sent, "name": "Finder", "description": "More."}.items():
        if name != "slug":
            sent[name] = value
            changed = api.patch("/components/find", {name: value}).json
            assert {**changed, **sent} == changed, name


def test_null_takes_a_component_out_of_its_group(api: Program) -> None:
    assert api.get("/components/web").json["group"] == "platform"
    assert api.patch("/components/web", {"group": None}).json["group"] is None
    assert api.get("/component-groups/platform").json["components"] == ["api"]


def test_a_status_set_by_hand_stays_until_it_is_taken_back(api: Program) -> None:
    assert api.patch("/components/api", {"status": "partial_outage"}).json["status"] == "partial_outage"
    assert api.get("/components/api").json["status"] == "partial_outage"
    assert api.patch("/components/api", {"status": "operational"}).json["status"] == "operational"


def test_a_component_moves_to_its_place(api: Program) -> None:
    assert api.patch("/components/mail", {"position": 1}).json["position"] == 1
    assert [one["slug"] for one in api.get("/components").json["items"]] == ["mail", "web", "api"]


def test_a_stale_change_is_told_what_stands(api: Program) -> None:
    seen = api.get("/components/web").json["version"]
    api.patch("/components/web", {"name": "Shop", "version": seen})
    late = api.patch("/components/web", {"name": "Web shop", "version": seen})
    assert late.status == 409
    assert late.json["theirs"]["name"] == "Shop"
    assert late.json["yours"] == {"name": "Web shop", "version": seen}
    assert api.get("/components/web").json["name"] == "Shop"


def test_a_removed_component_is_gone_from_the_list(api: Program) -> None:
    assert api.delete("/components/mail").status == 204
    assert api.get("/components/mail").status == 404


def test_a_component_of_an_open_incident_stays(api: Program) -> None:
    down = [{"slug": "web", "status": "major_outage"}]
    api.post("/incidents", {"title": "Down", "severity": "sev1", "components": down})
    answer = api.delete("/components/web")
    assert answer.status == 409
    assert "open incident" in answer.json["detail"]


def test_groups_are_added_renamed_moved_and_deleted(api: Program) -> None:
    added = api.post("/component-groups", {"name": "Back office"})
    assert (added.status, added.json["slug"], added.json["components"]) == (201, "back-office", [])
    assert added.headers["location"].endswith("/api/v1/component-groups/back-office")
    moved = api.patch("/component-groups/back-office", {"name": "Office", "position": 1}).json
    assert (moved["name"], moved["position"]) == ("Office", 1)
    assert [one["name"] for one in api.get("/component-groups").json["items"]] == ["Office", "Platform"]
    assert api.delete("/component-groups/platform").status == 204
    assert api.get("/components/web").json["group"] is None


def test_a_longer_list_costs_no_more_queries(api: Program) -> None:
    def cost() -> int:
        with statements() as made:
            assert api.get("/components").status == 200
        return len(made)

    cost()  # the first call opens the token's bucket
    few = cost()
    for number in range(12):
        api.post("/components", {"name": f"Part {number}"})
    assert cost() == few


def test_team_runbook_and_start_are_for_programs_of_the_staff(api: Program) -> None:
    sent = {
        "owner_team": "Payments",
        "runbook_url": "https://wiki.example.com/web",
        "started_at": "2026-01-05T08:00:00Z",
    }
    assert {**api.patch("/components/web", sent).json, **sent} == api.get("/components/web").json
    public = api.browser.get("/api/v2/components.json")
    assert "Payments" not in public.html
    assert "wiki.example.com" not in public.html


def test_a_runbook_is_a_web_address_and_a_start_has_passed(api: Program) -> None:
    assert "runbook_url" in faults_in(api.patch("/components/web", {"runbook_url": "javascript:alert(1)"}))
    assert "started_at" in faults_in(api.patch("/components/web", {"started_at": "2100-01-01T00:00:00Z"}))
