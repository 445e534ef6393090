"""Taking words out for good, by program."""

import pytest

from tests.web.api.conftest import Program, faults_in

DOWN = {"title": "Down", "severity": "sev1", "update": {"body": "Jane Doe told us. We look.", "workaround": "Wait."}}
REASON = {"reason": "Names a customer"}


@pytest.fixture
def ref(api: Program) -> str:
    return str(api.post("/incidents", DOWN, Idempotency_Key="one").json["ref"])


def updates(api: Program, ref: str) -> str:
    first = api.get(f"/incidents/{ref}/updates").json["items"][-1]
    return f"/incidents/{ref}/updates/{first['id']}"


def test_a_passage_goes_and_the_answer_shows_what_is_left(api: Program, ref: str) -> None:
    answer = api.post(f"{updates(api, ref)}/redaction", {"passage": "Jane  Doe", **REASON, "version": 1})
    assert (answer.status, answer.json["body"]) == (200, "[…] told us. We look.")
    assert answer.json["redacted_at"].startswith("2026-11-18T12:00:00")
    assert "Jane" not in api.get(updates(api, ref)).html


def test_all_of_it_goes(api: Program, ref: str) -> None:
    answer = api.post(f"{updates(api, ref)}/redaction", {"whole": True, **REASON})
    assert (answer.status, answer.json["body"], answer.json["workaround"]) == (200, "", "")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "passage"),
        ({"passage": "Jane", "whole": True}, "passage"),
        ({"passage": "John"}, "passage"),
        ({"passage": "..."}, "passage"),
        ({"passage": "Jane", "reason": ""}, "reason"),
        ({"passage": "Jane", "reason": "Jane asked"}, "reason"),
        ({"passage": "Jane", "reason": "x" * 10_000}, "reason"),
    ],
)
def test_what_cannot_be_done_is_refused_by_field(api: Program, ref: str, sent: dict[str, object], field: str) -> None:
    assert list(faults_in(api.post(f"{updates(api, ref)}/redaction", {**REASON, **sent}))) == [field]


def test_words_corrected_meanwhile_are_a_conflict(api: Program, ref: str) -> None:
    address = updates(api, ref)
    api.patch(address, {"body": "Somebody told us."})
    assert api.post(f"{address}/redaction", {"passage": "Jane", **REASON, "version": 1}).status == 409
    assert api.post(f"{address}/redaction", {"passage": "Jane", **REASON}).status == 200


def test_a_repeated_request_does_not_bring_it_back(api: Program) -> None:
    ref = api.post("/incidents", DOWN).json["ref"]
    said = {"visibility": "public", "body": 'Jane "JD" Doe\nsaw it.'}
    post = api.post(f"/incidents/{ref}/updates", said, Idempotency_Key="two")
    api.post(f"/incidents/{ref}/updates/{post.json['id']}/redaction", {"passage": 'Jane "JD" Doe', **REASON})
    again = api.post(f"/incidents/{ref}/updates", said, Idempotency_Key="two")
    assert (again.status, again.json["body"], again.headers["idempotency-replayed"]) == (201, "[…]\nsaw it.", "true")


def test_a_title_is_replaced_in_remembered_answers_too(api: Program, ref: str) -> None:
    assert list(faults_in(api.post(f"/incidents/{ref}/title-redaction", {"public_title": "Down", **REASON}))) == [
        "public_title"
    ]
    done = api.post(f"/incidents/{ref}/title-redaction", {"public_title": "Payments fail", **REASON})
    assert (done.status, done.json["title"], done.json["public_title"]) == (200, "Payments fail", "Payments fail")
    assert api.post("/incidents", DOWN, Idempotency_Key="one").json["public_title"] == "Payments fail"


def test_maintenance_is_redacted_as_well(api: Program) -> None:
    window = {"starts_at": "2026-11-20T10:00:00Z", "ends_at": "2026-11-20T11:00:00Z"}
    planned = {"title": "Doe's servers", "components": ["web"], "body": "Jane Doe works.", **window}
    ref = api.post("/maintenances", planned).json["ref"]
    said = api.get(f"/maintenances/{ref}/updates").json["items"][0]
    address = f"/maintenances/{ref}/updates/{said['id']}/redaction"
    assert list(faults_in(api.post(address, {"passage": "John", **REASON}))) == ["passage"]
    assert api.post(address, {"passage": "Jane Doe", **REASON}).json["body"] == "[…] works."
    assert list(faults_in(api.post(f"/maintenances/{ref}/title-redaction", {"title": "", **REASON}))) == ["title"]
    assert api.post(f"/maintenances/{ref}/title-redaction", {"title": "Servers", **REASON}).json["title"] == "Servers"
    assert api.post(f"/maintenances/{ref}/updates/nothing/redaction", {"whole": True, **REASON}).status == 404
