"""Programs that call the API: `api.post("/incidents", {...})` holds the scope `manage`, `program("read")` less."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from statuspage.audit.actor import SYSTEM
from statuspage.core.db import Database, commit
from statuspage.domain.accounts.access import create_token
from statuspage.domain.accounts.enums import Scope
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock
from tests.kit.fixtures.web import ORIGIN

PREFIX = "/api/v1"


def new_token(database: Database, scope: str, now: datetime, *, expires_at: datetime | None = None) -> str:
    with database.session() as session:
        _, text = create_token(session, f"{scope} program", Scope(scope), expires_at, by=SYSTEM, now=now)
        commit(session)
    return text


class Program:
    """A program with a token; every request goes below `/api/v1` and carries JSON."""

    def __init__(self, app: Any, token: str) -> None:
        self.browser = StrictBrowser(app, ORIGIN)
        self.token = token

    def call(self, method: str, path: str, json: Any = None, **headers: str) -> Answer:
        given = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): v for name, v in headers.items()}}
        body = {} if json is None else {"json": json}
        return self.browser.request(method, f"{PREFIX}{path}", headers=given, **body)

    def get(self, path: str) -> Answer:
        return self.call("GET", path)

    def post(self, path: str, json: Any = None, **headers: str) -> Answer:
        return self.call("POST", path, json, **headers)

    def patch(self, path: str, json: Any) -> Answer:
        return self.call("PATCH", path, json)

    def delete(self, path: str, json: Any = None) -> Answer:
        return self.call("DELETE", path, json)


@pytest.fixture
def program(app: Flask, database: Database, settled: Cast, clock: FrozenClock) -> Callable[[str], Program]:
    """Make a program with a token of a scope; the cast is on the stage."""
    return lambda scope: Program(app, new_token(database, scope, clock.now()))


@pytest.fixture
def api(program: Callable[[str], Program]) -> Program:
    """A program with the scope `manage`."""
    return program("manage")


def faults_in(answer: Answer) -> dict[str, str]:
    """Return what a 422 says, by field."""
    assert answer.status == 422, (answer.status, answer.html)
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["field"]: error["message"] for error in answer.json["errors"]}
