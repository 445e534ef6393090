"""What is said through the API, what is done to it, and the record of both."""

from datetime import timedelta
from typing import Any

from statuspage.core.clock import rfc3339
from statuspage.core.db import Database
from statuspage.outbox.models import Event
from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program, faults_in

PROMISED = {  # what an update answers at least
    *("id", "visibility", "status", "body", "components", "display_at", "next_update_at", "created_at", "edited"),
}
DOWN = [{"slug": "web", "status": "major_outage"}]


def public(api: Program, **more: Any) -> str:
    update = {"status": "investigating", "body": "Down."}
    sent = {"title": "Checkout fails", "severity": "sev2", "components": DOWN, "update": update, **more}
    answer = api.post("/incidents", sent)
    assert answer.status == 201, answer.html
    return str(answer.json["ref"])


def says(**more: Any) -> dict[str, Any]:
    return {"visibility": "public", "body": "Found it.", **more}


def test_a_public_update_moves_customers_and_team(api: Program, clock: FrozenClock) -> None:
    ref = public(api)
    now = clock.advance(minutes=10)
    better = [{"slug": "web", "status": "degraded_performance"}]
    due = rfc3339(now + timedelta(minutes=30))
    answer = api.post(f"/incidents/{ref}/updates", says(status="monitoring", components=better, next_update_at=due))
    told = answer.json
    assert answer.status == 201
    assert answer.headers["location"].endswith(f"/api/v1/incidents/{ref}/updates/{told['id']}")
    assert told.keys() >= PROMISED
    assert (told["visibility"], told["status"], told["next_update_at"]) == ("public", "monitoring", due)
    assert told["components"] == [{"slug": "web", "status": "degraded_performance", "was": "major_outage"}]
    incident = api.get(f"/incidents/{ref}").json
    assert (incident["public_status"], incident["state"], incident["next_update_at"]) == (
        "monitoring",
        "mitigated",
        due,
    )
    assert incident["milestones"]["mitigated"] == rfc3339(now)
    assert api.get("/components/web").json["status"] == "degraded_performance"


def test_resolving_in_public_frees_the_components(api: Program) -> None:
    ref = public(api)
    api.post(f"/incidents/{ref}/updates", says(status="resolved"))
    incident = api.get(f"/incidents/{ref}").json
    assert (incident["state"], incident["public_status"], incident["next_update_at"]) == ("resolved", "resolved", None)
    assert incident["components"] == [{"slug": "web", "status": "operational"}]
    assert api.get("/components/web").json["status"] == "operational"


def test_a_note_tells_customers_nothing(api: Program) -> None:
    ref = public(api)
    before = api.get(f"/incidents/{ref}").json
    note = api.post(f"/incidents/{ref}/updates", {"visibility": "internal", "body": "Looking at the pool."}).json
    assert (note["visibility"], note["status"], note["notify"]) == ("internal", None, False)
    assert api.get(f"/incidents/{ref}").json["public_status"] == before["public_status"]


def test_an_internal_status_moves_the_team_only(api: Program) -> None:
    ref = public(api)
    api.post(f"/incidents/{ref}/updates", {"visibility": "internal", "status": "monitoring", "body": "Rolled back."})
    incident = api.get(f"/incidents/{ref}").json
    assert (incident["state"], incident["public_status"]) == ("mitigated", "investigating")


def test_words_for_customers_and_for_the_team_are_kept_apart(api: Program) -> None:
    path = f"/incidents/{public(api)}/updates"
    assert "Customers are told" in faults_in(api.post(path, says(status="mitigated")))["status"]
    inside = {"visibility": "internal", "body": "x", "next_update_at": "2026-11-18T13:00:00Z", "workaround": "y"}
    assert set(faults_in(api.post(path, inside))) == {"next_update_at", "workaround"}
    backwards = {"visibility": "internal", "body": "x", "status": "investigating"}
    assert "state" in faults_in(api.post(path, backwards))
    assert faults_in(api.post(path, {"body": "x"})) == {"visibility": "This is needed."}


def test_an_internal_incident_needs_a_public_title_to_become_public(api: Program) -> None:
    ref = api.post("/incidents", {"title": "db-7 down", "severity": "sev2"}).json["ref"]
    assert "public_title" in faults_in(api.post(f"/incidents/{ref}/updates", says()))
    api.patch(f"/incidents/{ref}", {"public_title": "Search is slow"})
    assert api.post(f"/incidents/{ref}/updates", says()).status == 201
    incident = api.get(f"/incidents/{ref}").json
    assert (incident["visibility"], incident["public_status"]) == ("public", "investigating")


def test_an_earlier_time_may_be_shown_and_a_later_one_not(api: Program, clock: FrozenClock) -> None:
    ref = public(api)
    clock.advance(minutes=20)
    early = api.post(f"/incidents/{ref}/updates", says(display_at="2026-11-18T12:05:00Z")).json
    assert (early["display_at"], early["created_at"]) == ("2026-11-18T12:05:00Z", "2026-11-18T12:20:00Z")
    assert "display_at" in faults_in(api.post(f"/incidents/{ref}/updates", says(display_at="2026-11-18T13:00:00Z")))


def test_words_written_on_an_old_state_meet_a_conflict_with_both_texts(api: Program) -> None:
    ref = public(api)
    seen = api.get(f"/incidents/{ref}").json["version"]
    assert api.post(f"/incidents/{ref}/updates", says(body="Theirs.", version=seen)).status == 201
    late = api.post(f"/incidents/{ref}/updates", says(body="Mine.", version=seen))
    assert (late.status, late.json["theirs"], late.json["yours"]) == (409, "Theirs.", "Mine.")
    assert [u["body"] for u in api.get(f"/incidents/{ref}/updates").json["items"]] == ["Theirs.", "Down."]


def test_a_correction_says_that_it_is_one(api: Program) -> None:
    ref = public(api)
    path = f"/incidents/{ref}/updates/" + api.get(f"/incidents/{ref}/updates").json["items"][0]["id"]
    told = api.patch(path, {"body": "Down since noon.", "reason": "More exact.", "version": 1}).json
    assert (told["body"], told["edited"], told["version"]) == ("Down since noon.", True, 2)
    late = api.patch(path, {"body": "Down since ten.", "version": 1})
    assert (late.status, late.json["theirs"], late.json["yours"]) == (409, "Down since noon.", "Down since ten.")


def test_a_retraction_keeps_the_reason(api: Program) -> None:
    ref = public(api)
    wrong = api.post(f"/incidents/{ref}/updates", says()).json["id"]
    assert api.delete(f"/incidents/{ref}/updates/{wrong}", {"reason": "Wrong incident."}).status == 204
    told = api.get(f"/incidents/{ref}/updates/{wrong}").json
    assert (told["retraction_reason"], told["retracted_at"]) == ("Wrong incident.", "2026-11-18T12:00:00Z")
    assert api.delete(f"/incidents/{ref}/updates/{wrong}").status == 409
    assert api.get(f"/incidents/{ref}/updates/nope").status == 404


def test_updates_are_read_page_by_page(api: Program) -> None:
    ref = public(api)
    for number in range(3):
        api.post(f"/incidents/{ref}/updates", says(body=f"Word {number}."))
    first = api.get(f"/incidents/{ref}/updates?limit=3").json
    rest = api.get(f"/incidents/{ref}/updates?limit=3&cursor={first['next']}").json
    assert [u["body"] for u in (*first["items"], *rest["items"])] == ["Word 2.", "Word 1.", "Word 0.", "Down."]
    assert rest["next"] is None


def test_silence_is_kept_where_it_was_asked_for(api: Program, database: Database) -> None:
    quiet = public(api, notify=False)
    api.post(f"/incidents/{quiet}/updates", says(notify=False))
    with database.session(readonly=True) as session:
        assert session.query(Event).count() == 0


def test_the_timeline_tells_everything_newest_first(api: Program, clock: FrozenClock) -> None:
    ref = public(api)
    clock.advance(minutes=5)
    api.post(f"/incidents/{ref}/acknowledgement")
    clock.advance(minutes=5)
    api.post(f"/incidents/{ref}/updates", says(status="identified"))
    items = api.get(f"/incidents/{ref}/timeline").json["items"]
    assert [item["at"] for item in items] == sorted((item["at"] for item in items), reverse=True)
    assert {item["milestone"] for item in items if item["kind"] == "milestone"} == {
        *("declared", "detected", "first_public_update", "acknowledged", "identified"),
    }
    assert [item["update"]["body"] for item in items if item["kind"] == "update"] == ["Found it.", "Down."]
    assert {"incident.declared", "incident.acknowledged"} <= {i["action"] for i in items if i["kind"] == "action"}
    assert all(item["by"] == "manage program" for item in items)


def test_deliveries_count_messages_and_name_nobody(api: Program) -> None:
    ref = public(api)
    api.post(f"/incidents/{ref}/updates", {"visibility": "internal", "body": "Note."})
    answer = api.get(f"/incidents/{ref}/deliveries")
    (told,) = answer.json["items"]
    assert (told["recipients"], told["sent"], told["addressing"]) == (0, 0, True)
    assert "@" not in answer.html
