"""Clones, past incidents and closing several through the API."""

from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program, faults_in

DOWN = [{"slug": "api", "status": "major_outage"}]
OVER = {"display_at": "2026-11-18T09:00:00Z", "status": "resolved", "body": "It is over."}
PAST = {
    "title": "Payments failed",
    "severity": "sev2",
    "started_at": "2026-11-18T08:00:00Z",
    "components": DOWN,
    "updates": [{"display_at": "2026-11-18T08:10:00Z", "status": "investigating", "body": "We look."}, OVER],
}


def test_an_incident_is_declared_like_another(api: Program) -> None:
    ref = api.post("/incidents", {"title": "Down", "severity": "sev2", "components": DOWN}).json["ref"]
    answer = api.post(f"/incidents/{ref}/clones")
    assert (answer.status, answer.json["title"], answer.json["visibility"]) == (201, "Down", "internal")
    assert answer.json["components"] == DOWN
    assert answer.headers["location"].endswith(f"/api/v1/incidents/{answer.json['ref']}")


def test_an_incident_is_entered_afterwards(api: Program) -> None:
    answer = api.post("/past-incidents", PAST)
    assert (answer.status, answer.json["state"], answer.json["public_status"]) == (201, "resolved", "resolved")
    assert answer.json["milestones"]["impact_started"] == "2026-11-18T08:00:00Z"
    told = api.get(f"/incidents/{answer.json['ref']}/updates").json["items"]
    assert [(one["display_at"], one["notify"]) for one in told] == [
        ("2026-11-18T09:00:00Z", False), ("2026-11-18T08:10:00Z", False),
    ]  # fmt: skip


def test_impossible_times_are_named(api: Program) -> None:
    late = {**OVER, "display_at": "2026-11-19T09:00:00Z"}
    assert set(faults_in(api.post("/past-incidents", {**PAST, "updates": [late]}))) == {"updates.0.display_at"}
    assert set(faults_in(api.post("/past-incidents", {**PAST, "updates": []}))) == {"ended_at"}


def test_several_are_closed_at_once(api: Program, clock: FrozenClock) -> None:
    over = api.post("/past-incidents", PAST).json["ref"]
    going_on = api.post("/incidents", {"title": "Down", "severity": "sev2"}).json["ref"]
    answer = api.post("/closures", {"refs": [over, going_on], "code": "fixed"})
    assert (answer.status, answer.json) == (200, {"closed": [over], "left": [going_on]})
    assert api.get(f"/incidents/{over}").json["state"] == "closed"
    assert set(faults_in(api.post("/closures", {"refs": []}))) == {"refs"}
