"""What was sent: what is refused, and how each fault is named."""

from typing import Any

import pytest

from statuspage.core.errors import Unavailable
from tests.kit.browser import Answer
from tests.web.api.conftest import PREFIX, Program, faults_in

INCIDENT = {"title": "Checkout fails", "severity": "sev2"}


def _raw(api: Program, data: bytes, content_type: str = "application/json") -> Answer:
    headers = {"Authorization": f"Bearer {api.token}", "Content-Type": content_type}
    return api.browser.request("POST", f"{PREFIX}/incidents", headers=headers, data=data)


def test_what_is_no_json_is_malformed(api: Program) -> None:
    for data in (b"{", b"nothing", b"\xff\xfe", b'{"title": }'):
        answer = _raw(api, data)
        assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
        assert "no JSON" in answer.json["detail"]


def test_only_json_is_taken(api: Program) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = _raw(api, b'{"title": "Down", "severity": "sev1"}', content_type)
        assert answer.status == 415, content_type
        assert "application/json" in answer.json["detail"]


def test_a_charset_beside_the_type_is_fine(api: Program) -> None:
    answer = _raw(api, b'{"title": "Down", "severity": "sev1"}', "application/json; charset=utf-8")
    assert answer.status == 201


def test_a_body_that_is_no_object_is_named_as_such(api: Program) -> None:
    for data in (b"[]", b'"text"', b"null", b"3"):
        assert faults_in(_raw(api, data)) == {"body": "Send a JSON object."}


FAULTS: list[tuple[dict[str, Any], str, str | None]] = [
    ({}, "title", "This is needed."),
    ({**INCIDENT, "titel": "x"}, "titel", "There is no such field."),
    ({**INCIDENT, "title": 3}, "title", "Write this as text."),
    ({**INCIDENT, "severity": "sev9"}, "severity", "Choose one of: sev1, sev2, sev3, sev4."),
    ({**INCIDENT, "notify": "yes"}, "notify", "Write true or false."),
    ({**INCIDENT, "components": "api"}, "components", "Input should be a valid array."),
    (
        {**INCIDENT, "components": [{"slug": "api", "status": "broken"}]},
        "components.0.status",
        "Choose one of: operational, under_maintenance, degraded_performance, partial_outage, major_outage.",
    ),
    (
        {**INCIDENT, "components": [{"slug": "nope", "status": "major_outage"}]},
        "components",
        "There is no component nope. See the list of components.",
    ),
    ({**INCIDENT, "detected_at": "yesterday"}, "detected_at", "Write the time as 2026-11-21T14:30:00Z."),
    ({**INCIDENT, "detected_at": 1763000000}, "detected_at", "Write the time as 2026-11-21T14:30:00Z."),
    (
        {**INCIDENT, "detected_at": "2026-11-18T11:00:00"},
        "detected_at",
        "Add the offset from UTC, as in 2026-11-21T14:30:00Z.",
    ),
    ({**INCIDENT, "detected_at": "2026-11-18T13:00:00Z"}, "milestones", "Detected lies in the future."),
    ({**INCIDENT, "update": {"status": "fixed", "body": "x"}}, "update.status", None),
    ({**INCIDENT, "update": {"status": "resolved"}}, "update.body", "This is needed."),
    ({**INCIDENT, "update": {"body": " \n "}}, "body", "Write a sentence."),
    ({**INCIDENT, "title": "x" * 201}, "title", "Keep it to 200 characters; these are 201."),
    ({**INCIDENT, "visibility": "public"}, "update", None),
    (
        {**INCIDENT, "update": {"body": "x", "next_update_at": "2026-11-18T11:59:00Z"}},
        "next_update_at",
        "The next update must be due in the future.",
    ),
]


def test_each_fault_is_named_by_its_field(api: Program) -> None:
    for sent, field, sentence in FAULTS:
        faults = faults_in(api.post("/incidents", sent))
        assert field in faults, (sent, faults)
        assert sentence in (faults[field], None), (sent, faults)
    assert api.get("/incidents").json["items"] == []


def test_all_faults_are_told_at_once(api: Program) -> None:
    faults = faults_in(api.post("/incidents", {"title": 1, "severity": "x", "colour": "red"}))
    assert set(faults) == {"title", "severity", "colour"}


def test_twenty_thousand_characters_are_taken_and_one_more_is_not(api: Program) -> None:
    whole = {**INCIDENT, "update": {"status": "investigating", "body": "word " * 3999 + "words"}}
    assert api.post("/incidents", whole).status == 201
    whole["update"]["body"] += "!"  # the same dict, one character longer
    assert faults_in(api.post("/incidents", whole)) == {"body": "Keep it to 20000 characters; these are 20001."}


def test_a_body_of_more_than_a_megabyte_is_refused(api: Program) -> None:
    answer = _raw(api, b'{"title": "' + b"x" * 1_100_000 + b'"}')
    assert (answer.status, answer.headers["content-type"]) == (413, "application/problem+json")


def test_a_name_stays_one_line(api: Program) -> None:
    for name in ("Web\r\nBcc: all@example.com", "Web\nshop", "Web\x00shop", "Web\u2028shop"):
        kept = api.post("/components", {"name": name}).json["name"]
        assert kept.isprintable()
        assert kept.startswith("Web")


def test_a_line_break_in_an_address_never_reaches_a_header(api: Program) -> None:
    sent = {"channel": "email", "endpoint": "a@example.net\r\nBcc: b@example.net"}
    assert "no mail address" in faults_in(api.post("/subscribers", sent))["endpoint"]


def test_null_does_not_empty_a_field_that_needs_a_value(api: Program) -> None:
    assert faults_in(api.patch("/components/web", {"name": None})) == {
        "name": "This cannot be null. Leave it out to keep it as it is."
    }


def test_parameters_are_checked_like_fields(api: Program) -> None:
    for query in ("limit=0", "limit=201", "limit=x", "cursor=x", "state=x", "colour=red"):
        assert query.partition("=")[0] in faults_in(api.get(f"/incidents?{query}"))


def test_what_is_not_there_is_a_problem_and_no_page(api: Program) -> None:
    for path in ("/nothing", "/incidents/INC-1999-0001", "/components/nope", "/subscribers/x"):
        answer = api.get(path)
        assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_wrong_method_names_the_right_ones(api: Program) -> None:
    answer = api.call("PUT", "/incidents")
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "POST"}


def test_a_database_that_does_not_answer_is_a_problem_with_a_time_to_come_back(
    api: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silence(*_: object, **__: object) -> None:
        raise Unavailable

    for place in ("statuspage.web.api.keys.live_token_or_none", "statuspage.web.api.incidents.declare_incident"):
        with monkeypatch.context() as patch:
            patch.setattr(place, silence)
            headers = {"Authorization": f"Bearer {api.token}"}
            answer = api.browser.request("POST", f"{PREFIX}/incidents", headers=headers, json=INCIDENT, may_fail=True)
        assert (answer.status, answer.headers["content-type"]) == (503, "application/problem+json")
        assert answer.headers["retry-after"] == "5"
