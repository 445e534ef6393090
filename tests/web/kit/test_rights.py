"""Who may come in where: every route of the panel, every role, nobody at all."""

import uuid
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from statuspage.core.db import Database, commit
from statuspage.domain.accounts.enums import Right, Role
from statuspage.domain.accounts.rules import role_grants
from statuspage.web.kit.rights import declared
from tests.kit.browser import StrictBrowser
from tests.kit.cast import Cast, add_user
from tests.kit.clock import FrozenClock

UNKNOWN = {"uuid": str(uuid.UUID(int=7)), "ref": "INC-2026-0001", "slug": "web", "name": "nothing", "token": "x"}


def _panel(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/admin")]


def _address(rule: Rule) -> str:
    values = {name: UNKNOWN.get(name, UNKNOWN["uuid"]) for name in rule.arguments}
    built = rule.build(values, append_unknown=False)
    assert built is not None
    return built[1]


def _methods(rule: Rule) -> set[str]:
    return set(rule.methods or ()) & {"GET", "POST"}


def _right(app: Flask, rule: Rule) -> Right:
    found = declared(app.view_functions[rule.endpoint])
    assert isinstance(found, Right)
    return found


@pytest.fixture
def everyone(database: Database, settled: Cast, clock: FrozenClock) -> dict[Role, str]:
    """One person of each role."""
    people = {role: f"{role}@example.com" for role in Role}
    with database.session() as session:
        _hire(session, people, clock)
        commit(session)
    return people


def _hire(session: Session, people: dict[Role, str], clock: FrozenClock) -> None:
    for role, email in people.items():
        add_user(session, email, role, clock.now())


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_its_right_includes_and_nothing_else(
    role: Role, app: Flask, everyone: dict[Role, str], staff: Callable[[str], StrictBrowser]
) -> None:
    browser = staff(everyone[role])
    token = browser.get("/admin/settings/me").root.xpath("//input[@name='csrf_token']/@value")[0]
    wrong = []
    for rule in _panel(app):
        for method in _methods(rule):
            sent = {"csrf_token": token, "send": "inside"} if method == "POST" else None
            answer = browser.request(method, _address(rule), data=sent)
            refused = answer.status == 403
            if refused is role_grants(role, _right(app, rule)):
                wrong.append(f"{method} {rule.rule}: {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_nobody_gets_anywhere_without_signing_in(app: Flask, client: StrictBrowser, settled: Cast) -> None:
    for rule in _panel(app):
        for method in _methods(rule):
            answer = client.request(method, _address(rule))
            if method == "GET":
                assert answer.status == 303, rule.rule
                assert answer.headers["location"].startswith("/signin?next=%2Fadmin"), rule.rule
            else:
                assert answer.status == 401, rule.rule
            assert answer.headers["cache-control"] == "no-store"


def test_a_route_that_declares_nothing_is_closed(app: Flask, client: StrictBrowser) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "open by oversight")
    assert client.get("/forgotten").status == 403
