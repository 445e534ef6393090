"""Who may call: tokens, scopes, and how often."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from statuspage.audit.actor import SYSTEM
from statuspage.core.config import Settings
from statuspage.core.db import Database, commit
from statuspage.domain.accounts.access import revoke_token
from statuspage.domain.accounts.queries import api_tokens
from statuspage.web.api.door import PARTS
from statuspage.web.api.openapi import SCOPES
from statuspage.web.api.registry import Operation
from tests.kit.browser import StrictBrowser
from tests.kit.cast import BEN, Cast
from tests.kit.clock import FrozenClock
from tests.web.api.conftest import PREFIX, Program, new_token

OPERATIONS = [operation for part in PARTS for operation in part.operations]
LADDER = ("read", "publish", "manage", "admin")


def test_without_a_token_nothing_is_told(client: StrictBrowser, settled: Cast) -> None:
    answer = client.request("GET", f"{PREFIX}/incidents")
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="statuspage"'
    assert answer.headers["content-type"] == "application/problem+json"
    assert "statuspage token add" in answer.json["detail"]


def test_what_is_no_token_is_refused(client: StrictBrowser, settled: Cast) -> None:
    for value in ("Bearer nonsense", "Bearer ", "Basic YWRhOmFkYQ==", "nonsense", "Bearer a b"):
        answer = client.request("GET", f"{PREFIX}/incidents", headers={"Authorization": value})
        assert answer.status == 401
        assert "invalid_token" in answer.headers["www-authenticate"]


def test_a_cookie_is_no_token(app: Flask, staff: Callable[[str], StrictBrowser]) -> None:
    ben = staff(BEN)
    assert ben.get("/admin/").status == 200
    assert ben.request("GET", f"{PREFIX}/incidents").status == 401


def test_an_answer_sets_no_cookie(api: Program) -> None:
    assert api.get("/incidents").cookies == []
    assert api.get("/incidents").headers["cache-control"] == "no-store"


def test_a_token_ends_when_it_was_to_end(app: Flask, database: Database, settled: Cast, clock: FrozenClock) -> None:
    soon = clock.now() + timedelta(days=1)
    short = Program(app, new_token(database, "read", clock.now(), expires_at=soon))
    assert short.get("/incidents").status == 200
    clock.set(soon)
    assert short.get("/incidents").status == 401


def test_a_revoked_token_is_worthless_at_once(api: Program, database: Database, clock: FrozenClock) -> None:
    with database.session() as session:
        revoke_token(session, api_tokens(session)[0].id, by=SYSTEM, now=clock.now())
        commit(session)
    assert api.get("/incidents").status == 401


def _address(operation: Operation) -> str:
    return operation.path.replace("<ref>", "INC-2026-0001").replace("<slug>", "web").replace("<", "").replace(">", "")


@pytest.mark.parametrize("scope", LADDER)
def test_a_scope_opens_its_operations_and_those_below(program: Callable[[str], Program], scope: str) -> None:
    caller = program(scope)
    for operation in OPERATIONS:
        answer = caller.call(operation.method, _address(operation), [] if operation.takes else None)
        may = LADDER.index(SCOPES[operation.right]) <= LADDER.index(scope)
        assert (answer.status != 403) == may, f"{scope}: {operation.method} {operation.path} answered {answer.status}"


def test_reading_subscribers_needs_manage(program: Callable[[str], Program]) -> None:
    assert program("publish").get("/subscribers").status == 403
    assert program("manage").get("/subscribers").status == 200


@pytest.fixture
def busy(settings: Settings) -> Settings:
    limits = settings.limits.model_copy(update={"api_per_token_minute": 3})
    return settings.model_copy(update={"limits": limits})


def test_a_token_that_calls_too_often_is_told_to_wait(
    busy: Settings, database: Database, settled: Cast, clock: FrozenClock
) -> None:
    from statuspage.app import create_app

    app = create_app(busy, clock=clock)
    eager, patient = (Program(app, new_token(database, "read", clock.now())) for _ in range(2))
    assert [eager.get("/incidents").status for _ in range(4)] == [200, 200, 200, 429]
    refused = eager.get("/components")
    assert int(refused.headers["retry-after"]) == 20
    assert patient.get("/incidents").status == 200
    clock.advance(seconds=20)
    assert eager.get("/incidents").status == 200
    app.extensions["statuspage.database"].dispose()
