"""`Idempotency-Key`: sent twice, carried out once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from statuspage.core.db import Database
from tests.kit.browser import Answer
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program, faults_in, new_token

DOWN = {"title": "Down", "severity": "sev1", "update": {"body": "We look."}}


def _send(api: Program, key: str = "k-1", json: object = DOWN, path: str = "/incidents") -> Answer:
    return api.post(path, json, Idempotency_Key=key)


def test_the_same_request_gets_the_same_answer(api: Program, clock: FrozenClock) -> None:
    first = _send(api)
    clock.advance(minutes=9)
    again = _send(api)
    assert (again.status, again.body, again.headers["location"]) == (201, first.body, first.headers["location"])
    assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")
    assert again.headers["content-type"] == "application/json"
    assert len(api.get("/incidents").json["items"]) == 1


def test_another_request_under_the_same_key_is_refused(api: Program) -> None:
    _send(api)
    for answer in (_send(api, json={**DOWN, "title": "Up"}), _send(api, json={"name": "X"}, path="/components")):
        assert "another request" in faults_in(answer)["Idempotency-Key"]


def test_each_token_has_keys_of_its_own(api: Program, program: Callable[[str], Program]) -> None:
    assert _send(api).json["ref"] != _send(program("publish")).json["ref"]


def test_a_refused_request_may_be_mended_under_the_same_key(api: Program) -> None:
    assert _send(api, json={"title": "Down"}).status == 422
    assert _send(api).status == 201


@pytest.mark.parametrize("key", ["", "two words", "ü", "x" * 256])
def test_what_is_no_key_is_refused(api: Program, key: str) -> None:
    assert "Idempotency-Key" in faults_in(_send(api, key=key))


def test_sub_resources_are_repeated_too(api: Program) -> None:
    ref = api.post("/incidents", DOWN).json["ref"]
    said = {"visibility": "public", "body": "Found it."}
    assert _send(api, json=said, path=f"/incidents/{ref}/updates").status == 201
    assert _send(api, json=said, path=f"/incidents/{ref}/updates").status == 201
    assert len(api.get(f"/incidents/{ref}/updates").json["items"]) == 2
    assert [_send(api, "r", {}, f"/incidents/{ref}/resolution").status for _ in range(2)] == [200, 200]


def test_an_answer_is_forgotten_after_a_day(api: Program, clock: FrozenClock) -> None:
    first = _send(api).json["ref"]
    clock.advance(hours=25)
    assert _send(api, "other").status == 201
    assert _send(api).json["ref"] != first


@pytest.mark.both_engines
def test_two_at_once_are_carried_out_once(app: Flask, database: Database, settled: Cast, clock: FrozenClock) -> None:
    token = new_token(database, "publish", clock.now() - timedelta(days=1))
    start = threading.Barrier(4)
    answers: list[Answer] = []

    def send() -> None:
        caller = Program(app, token)
        start.wait()
        answers.append(_send(caller))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} <= {201, 409}
    assert len({answer.body for answer in answers if answer.status == 201}) == 1
    assert len(Program(app, token).get("/incidents").json["items"]) == 1
