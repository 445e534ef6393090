"""Moving an incident on through the API."""

from typing import Any

from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program, faults_in


def declared(api: Program, *, public: bool = False) -> str:
    said: dict[str, Any] = {"update": {"body": "Down."}} if public else {}
    down = [{"slug": "api", "status": "partial_outage"}]
    return str(api.post("/incidents", {"title": "Down", "severity": "sev2", "components": down, **said}).json["ref"])


def test_only_the_first_acknowledgement_counts(api: Program, clock: FrozenClock) -> None:
    ref = declared(api)
    clock.advance(minutes=4)
    answer = api.post(f"/incidents/{ref}/acknowledgement", {"at": "2026-11-18T12:02:00Z"})
    assert (answer.status, answer.json["ref"]) == (200, ref)
    assert "location" not in answer.headers
    again = api.post(f"/incidents/{ref}/acknowledgement", {}).json
    assert again["milestones"]["acknowledged"] == "2026-11-18T12:02:00Z"


def test_resolving_without_words_stays_inside(api: Program) -> None:
    ref = declared(api, public=True)
    told = api.post(f"/incidents/{ref}/resolution", {"kind": "permanent", "text": "Pool resized."}).json
    assert (told["state"], told["public_status"]) == ("resolved", "investigating")
    assert (told["resolution_kind"], told["resolution_text"]) == ("permanent", "Pool resized.")
    assert api.get("/components/api").json["status"] == "partial_outage"


def test_resolving_with_words_tells_customers_in_the_same_moment(api: Program) -> None:
    ref = declared(api, public=True)
    told = api.post(f"/incidents/{ref}/resolution", {"body": "All is well."}).json
    assert (told["state"], told["public_status"]) == ("resolved", "resolved")
    assert api.get(f"/incidents/{ref}/updates").json["items"][0]["body"] == "All is well."
    assert api.get("/components/api").json["status"] == "operational"


def test_an_incident_is_resolved_once(api: Program) -> None:
    ref = declared(api)
    assert api.post(f"/incidents/{ref}/resolution").status == 200
    assert api.post(f"/incidents/{ref}/resolution").status == 409


def test_an_incident_customers_see_as_open_cannot_be_closed(api: Program) -> None:
    ref = declared(api, public=True)
    assert api.post(f"/incidents/{ref}/closure", {"code": "fixed"}).status == 409
    api.post(f"/incidents/{ref}/resolution")
    assert api.post(f"/incidents/{ref}/closure", {"code": "fixed"}).status == 409
    api.post(f"/incidents/{ref}/updates", {"visibility": "public", "status": "resolved", "body": "Over."})
    closed = api.post(f"/incidents/{ref}/closure", {"code": "fixed", "text": "See the review."}).json
    assert (closed["state"], closed["closure_code"]) == ("closed", "fixed")
    assert closed["milestones"]["closed"] == "2026-11-18T12:00:00Z"


def test_reopening_needs_a_reason_and_seven_days_at_most(api: Program, clock: FrozenClock) -> None:
    ref = declared(api, public=True)
    api.post(f"/incidents/{ref}/resolution", {"body": "Over."})
    assert faults_in(api.post(f"/incidents/{ref}/reopening", {})) == {"reason": "This is needed."}
    clock.advance(days=7)
    told = api.post(f"/incidents/{ref}/reopening", {"reason": "It is back.", "body": "It is back; we look."}).json
    assert (told["state"], told["public_status"]) == ("investigating", "investigating")
    api.post(f"/incidents/{ref}/resolution", {"body": "Over."})
    clock.advance(days=8)
    assert api.post(f"/incidents/{ref}/reopening", {"reason": "Again."}).status == 409


def test_an_unknown_incident_cannot_be_moved(api: Program) -> None:
    for step in ("acknowledgement", "resolution", "closure"):
        assert api.post(f"/incidents/INC-1999-0001/{step}", {}).status == 404
