"""Ending an incident early through the API."""

from typing import Any

from tests.web.api.conftest import Program, faults_in

DOWN = [{"slug": "api", "status": "partial_outage"}]


def declared(api: Program, *, public: bool = True, title: str = "Down") -> str:
    said: dict[str, Any] = {"update": {"body": "Down."}} if public else {}
    return str(api.post("/incidents", {"title": title, "severity": "sev2", "components": DOWN, **said}).json["ref"])


def test_an_incident_is_cancelled_with_a_reason(api: Program) -> None:
    ref = declared(api, public=False)
    assert faults_in(api.post(f"/incidents/{ref}/cancellation", {})) == {"reason": "This is needed."}
    answer = api.post(f"/incidents/{ref}/cancellation", {"reason": "Declared by mistake"})
    assert (answer.status, answer.json["state"]) == (200, "cancelled")
    assert [row["ref"] for row in api.get("/incidents?state=cancelled").json["items"]] == [ref]


def test_what_customers_read_is_cancelled_with_a_notice(api: Program) -> None:
    ref = declared(api)
    assert set(faults_in(api.post(f"/incidents/{ref}/cancellation", {"reason": "Why"}))) == {"body"}
    told = api.post(f"/incidents/{ref}/cancellation", {"reason": "Why", "body": "It is over."}).json
    assert (told["state"], told["public_status"]) == ("cancelled", "resolved")


def test_an_incident_continues_in_another_one(api: Program) -> None:
    child, parent = declared(api), declared(api, title="Bigger")
    answer = api.post(f"/incidents/{child}/merge", {"into": parent})
    assert (answer.status, answer.json["state"], answer.json["merged_into"]) == (200, "merged", parent)
    code = api.get(f"/incidents/{parent}").json["code"]
    said = api.get(f"/incidents/{child}/updates").json["items"][0]
    assert said["body"] == f"Continues in [Bigger](https://status.example.com/incidents/{code})."
    assert api.get("/components/api").json["status"] == "partial_outage"
    assert api.post(f"/incidents/{child}/merge", {"into": parent}).status == 409
    listed = {row["ref"]: row["merged_into"] for row in api.get("/incidents").json["items"]}
    assert listed == {child: parent, parent: None}


def test_an_incident_does_not_continue_in_nothing(api: Program) -> None:
    ref = declared(api)
    assert set(faults_in(api.post(f"/incidents/{ref}/merge", {"into": "INC-1999-0001"}))) == {"into"}


def test_a_false_alarm_leaves_nothing_behind(api: Program) -> None:
    ref = declared(api)
    assert set(faults_in(api.post(f"/incidents/{ref}/false-alarm", {"reason": "Probe"}))) == {"body"}
    told = api.post(f"/incidents/{ref}/false-alarm", {"reason": "Probe", "body": "There was no fault."}).json
    assert (told["kind"], told["state"], told["public_status"]) == ("false_alarm", "closed", "resolved")
    assert api.get("/components/api").json["status"] == "operational"
    assert api.post(f"/incidents/{ref}/reopening", {"reason": "After all"}).status == 409
