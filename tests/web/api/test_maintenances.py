"""Maintenance through the API."""

from typing import Any

from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program, faults_in

WORK = {
    "title": "New mail servers",
    "components": ["mail"],
    "starts_at": "2026-11-20T02:00:00+01:00",
    "ends_at": "2026-11-20T03:00:00Z",
}


def planned(api: Program, **more: Any) -> Any:
    answer = api.post("/maintenances", {**WORK, **more})
    assert answer.status == 201, answer.html
    return answer.json


def test_announced_work_is_public_at_once(api: Program) -> None:
    answer = api.post("/maintenances", {**WORK, "body": "Mail may be late.", "timezone": "America/New_York"})
    told = answer.json
    assert answer.headers["location"] == f"https://status.example.com/api/v1/maintenances/{told['ref']}"
    assert told["url"] == f"https://status.example.com/maintenance/{told['code']}"
    assert (told["status"], told["components"], told["timezone"]) == ("scheduled", ["mail"], "America/New_York")
    assert (told["starts_at"], told["ends_at"]) == ("2026-11-20T01:00:00Z", "2026-11-20T03:00:00Z")
    for name in (told["ref"], told["code"]):
        assert api.get(f"/maintenances/{name}").json == told


def test_without_zone_and_words_the_page_and_a_plain_sentence_stand_in(api: Program) -> None:
    told = planned(api)
    assert told["timezone"] == "Europe/Berlin"
    assert api.get(f"/maintenances/{told['ref']}/updates").json["items"][0]["body"] == "We plan work on Mail."


def test_impossible_work_is_refused(api: Program) -> None:
    for change, field in (
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"components": ["nope"]}, "components"),
        ({"components": []}, "components"),
        ({"ends_at": WORK["starts_at"]}, "ends_at"),
        ({"starts_at": "2026-11-18T09:00:00Z", "ends_at": "2026-11-18T10:00:00Z"}, "ends_at"),
        ({"starts_at": "2026-11-20T02:00:00"}, "starts_at"),
        ({"title": ""}, "title"),
        ({"body": "x" * 20_001}, "body"),
        ({"recurrence": "weekly"}, "recurrence"),
    ):
        assert field in faults_in(api.post("/maintenances", {**WORK, **change})), change
    assert api.get("/maintenances").json["items"] == []


def test_work_begins_and_ends_with_words(api: Program, clock: FrozenClock) -> None:
    ref = planned(api)["ref"]
    path = f"/maintenances/{ref}/updates"
    began = api.post(path, {"body": "We begin.", "status": "in_progress"})
    assert (began.status, began.json["status"]) == (201, "in_progress")
    assert api.get("/components/mail").json["status"] == "under_maintenance"
    clock.advance(hours=1)
    api.post(path, {"body": "Done.", "status": "completed"})
    told = api.get(f"/maintenances/{ref}").json
    assert (told["started_at"], told["finished_at"]) == ("2026-11-18T12:00:00Z", "2026-11-18T13:00:00Z")
    assert api.get("/components/mail").json["status"] == "operational"
    assert [u["body"] for u in api.get(path).json["items"]] == ["Done.", "We begin.", "We plan work on Mail."]


def test_finished_work_does_not_begin_again(api: Program) -> None:
    ref = planned(api)["ref"]
    assert api.post(f"/maintenances/{ref}/updates", {"body": "Off.", "status": "cancelled"}).status == 201
    assert api.post(f"/maintenances/{ref}/updates", {"body": "On.", "status": "in_progress"}).status == 409
    assert api.patch(f"/maintenances/{ref}", {"title": "Other"}).status == 409


def test_a_window_can_be_moved_and_the_rest_stays(api: Program) -> None:
    before = planned(api)
    after = api.patch(f"/maintenances/{before['ref']}", {"ends_at": "2026-11-20T05:00:00Z"}).json
    assert {key for key in before if before[key] != after[key]} == {"ends_at", "version"}
    assert "ends_at" in faults_in(api.patch(f"/maintenances/{before['ref']}", {"ends_at": "2026-11-19T05:00:00Z"}))


def test_a_stale_change_is_told_what_stands(api: Program) -> None:
    told = planned(api)
    path = f"/maintenances/{told['ref']}"
    api.patch(path, {"title": "Theirs", "version": told["version"]})
    late = api.patch(path, {"title": "Mine", "version": told["version"]})
    assert (late.status, late.json["theirs"]["title"], late.json["yours"]["title"]) == (409, "Theirs", "Mine")
    words = api.post(f"{path}/updates", {"body": "Mine.", "version": told["version"]})
    assert (words.status, words.json["yours"]) == (409, "Mine.")


def test_maintenances_are_listed_and_narrowed(api: Program) -> None:
    first, second = planned(api)["ref"], planned(api)["ref"]
    api.post(f"/maintenances/{first}/updates", {"body": "Off.", "status": "cancelled"})
    assert [one["ref"] for one in api.get("/maintenances").json["items"]] == [second, first]
    assert [one["ref"] for one in api.get("/maintenances?status=cancelled").json["items"]] == [first]
    page = api.get("/maintenances?limit=1").json
    assert [one["ref"] for one in api.get(f"/maintenances?cursor={page['next']}").json["items"]] == [first]


def test_reminders_are_set_by_hours_before_the_start(api: Program) -> None:
    assert planned(api)["reminder_hours"] == [72, 24, 1]
    told = planned(api, reminder_hours=[2, 48])
    assert told["reminder_hours"] == [48, 2]
    changed = api.patch(f"/maintenances/{told['ref']}", {"reminder_hours": []})
    assert changed.json["reminder_hours"] == []
    assert "reminder_hours" in faults_in(api.patch(f"/maintenances/{told['ref']}", {"reminder_hours": [0]}))


def test_an_extension_shows_on_the_page(api: Program, clock: FrozenClock) -> None:
    told = planned(api)
    assert "Extended" not in api.browser.get(f"/maintenance/{told['code']}").text
    api.patch(f"/maintenances/{told['ref']}", {"ends_at": "2026-11-20T05:00:00Z"})
    assert (
        "Extended; was announced to end 20 Nov 2026, 04:00 CET" in api.browser.get(f"/maintenance/{told['code']}").text
    )


def test_work_repeats_by_a_rule_until_it_is_stopped(api: Program) -> None:
    told = planned(api, recurrence="FREQ=WEEKLY;COUNT=12")
    assert told["recurrence"] == "FREQ=WEEKLY;COUNT=12"
    starts = sorted(one["starts_at"] for one in api.get("/maintenances").json["items"])
    assert starts[:2] == ["2026-11-20T01:00:00Z", "2026-11-27T01:00:00Z"]
    assert api.delete(f"/maintenances/{told['ref']}/recurrence").status == 204
    assert api.get(f"/maintenances/{told['ref']}").json["recurrence"] is None
    assert api.delete(f"/maintenances/{told['ref']}/recurrence").status == 409
    assert "recurrence" in faults_in(api.post("/maintenances", {**WORK, "recurrence": "FREQ=WEEKLY"}))
