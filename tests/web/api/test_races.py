"""What happens between reading and writing, and what cannot be: a program is told which field, and nothing is done."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from statuspage.core.db import Database
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program, faults_in, new_token

DOWN = {"title": "Down", "severity": "sev1", "update": {"body": "We look."}}
SAID = {"visibility": "public", "status": "identified", "body": "It was route B."}
WORK = {
    "title": "New mail servers",
    "components": ["mail"],
    "starts_at": "2026-11-20T02:00:00Z",
    "ends_at": "2026-11-20T03:00:00Z",
}
LONG = "x" * 10_000


@pytest.fixture
def ref(api: Program) -> str:
    return str(api.post("/incidents", DOWN).json["ref"])


def test_of_two_who_saw_the_same_version_the_second_is_shown_both_texts(api: Program, ref: str) -> None:
    version = api.get(f"/incidents/{ref}").json["version"]
    assert api.post(f"/incidents/{ref}/updates", {**SAID, "body": "Ada", "version": version}).status == 201
    clash = api.post(f"/incidents/{ref}/updates", {**SAID, "body": "Ben", "version": version})
    assert (clash.status, clash.json["theirs"], clash.json["yours"]) == (409, "Ada", "Ben")
    assert len(api.get(f"/incidents/{ref}/updates").json["items"]) == 2


@pytest.mark.both_engines
def test_of_many_who_publish_in_the_same_moment_none_is_lost_or_doubled(
    app: Flask, database: Database, settled: Cast, clock: FrozenClock
) -> None:
    token = new_token(database, "publish", clock.now() - timedelta(days=1))
    ref = Program(app, token).post("/incidents", DOWN).json["ref"]
    start, answers = threading.Barrier(4), []

    def say(number: int) -> None:
        caller = Program(app, token)
        start.wait()
        answers.append(caller.post(f"/incidents/{ref}/updates", {**SAID, "body": f"Word {number}"}).status)

    threads = [threading.Thread(target=say, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {201, 409}
    said = [one["body"] for one in Program(app, token).get(f"/incidents/{ref}/updates").json["items"]]
    assert len(said) == len(set(said)) == 1 + answers.count(201)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("cancellation", {"reason": "By mistake", "body": "Sorry."}),
        ("false-alarm", {"reason": "Probe", "body": "No fault."}),
        ("resolution", {"body": "Over."}),
        ("merge", {"into": "other"}),
    ],
)
def test_nothing_is_published_on_what_has_ended(api: Program, ref: str, path: str, body: dict[str, Any]) -> None:
    if path == "merge":
        body = {"into": api.post("/incidents", {**DOWN, "title": "Other"}).json["ref"]}
    ended = api.post(f"/incidents/{ref}/{path}", body)
    assert ended.status == 200, ended.html
    told = api.post(f"/incidents/{ref}/updates", SAID)
    assert told.status == 409
    assert "Reopen it first" in told.json["detail"] or "nothing more is said in it" in told.json["detail"]


def test_a_component_of_something_open_is_not_deleted(api: Program) -> None:
    touched = [{"slug": "web", "status": "major_outage"}]
    ref = api.post("/incidents", {**DOWN, "components": touched}).json["ref"]
    told = api.delete("/components/web")
    assert (told.status, "open incident" in told.json["detail"]) == (409, True)
    api.post(f"/incidents/{ref}/resolution", {"body": "Over."})
    assert api.delete("/components/web").status == 204
    assert "components" in faults_in(api.post("/incidents", {**DOWN, "components": touched}))
    assert "components" in faults_in(api.post("/maintenances", {**WORK, "components": ["web"]}))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_at": "2026-11-20T01:00:00Z"}, "ends_at"),
        ({"ends_at": WORK["starts_at"]}, "ends_at"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"recurrence": "FREQ=WEEKLY"}, "recurrence"),
        ({"recurrence": "FREQ=SECONDLY;COUNT=99999999"}, "recurrence"),
        ({"title": LONG}, "title"),
    ],
)
def test_work_that_cannot_be_is_refused_by_field(api: Program, change: dict[str, Any], field: str) -> None:
    assert list(faults_in(api.post("/maintenances", {**WORK, **change}))) == [field]
    assert api.get("/maintenances").json["items"] == []


PAST = {"severity": "sev3", "started_at": "2026-11-17T10:00:00Z", "ended_at": "2026-11-17T11:00:00Z"}


@pytest.mark.parametrize(
    ("request_line", "body", "field"),
    [
        ("POST /incidents", DOWN, "title"),
        ("POST /incidents", DOWN, "public_title"),
        ("PATCH /incidents/{ref}", {}, "title"),
        ("PATCH /incidents/{ref}", {}, "public_title"),
        ("POST /past-incidents", PAST, "title"),
        ("POST /components", {}, "name"),
        ("PATCH /components/web", {}, "name"),
        ("POST /component-groups", {}, "name"),
        ("POST /incidents/{ref}/reopening", {}, "reason"),
    ],
)
def test_ten_thousand_letters_are_refused_by_field(
    api: Program, ref: str, request_line: str, body: dict[str, Any], field: str
) -> None:
    method, _, path = request_line.format(ref=ref).partition(" ")
    faults = faults_in(api.call(method, path, {**body, field: LONG}))
    assert list(faults) == [field]
    assert "these are 10000" in faults[field]
