"""Who may come in is said at every route; nothing is open by oversight."""

from flask import Flask
from werkzeug.routing import Rule

from statuspage.web.kit.rights import Open, declared
from tests.kit.source import report

SAFE = {"GET", "HEAD", "OPTIONS"}
# Requests that change something and may come from a page of another site, each with its reason.
CHANGED_FROM_ELSEWHERE = {
    "/unsubscribe/<token>": "RFC 8058: the reader's mail provider posts it",
}


def _rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_declares_a_right(app: Flask) -> None:
    silent = [
        f"{rule.rule} ({rule.endpoint})" for rule in _rules(app) if declared(app.view_functions[rule.endpoint]) is None
    ]
    report("Write @requires(Right.X) or @public_route above the view:", silent)


def test_only_named_routes_may_be_posted_to_from_elsewhere(app: Flask) -> None:
    open_ones = {
        rule.rule
        for rule in _rules(app)
        if declared(app.view_functions[rule.endpoint]) is Open.ANY_SITE and set(rule.methods or ()) - SAFE
    }
    assert open_ones == set(CHANGED_FROM_ELSEWHERE), "Make it a @public_route, or name it here with its reason"


def test_every_panel_route_asks_for_a_right(app: Flask) -> None:
    ajar = [
        rule.rule
        for rule in _rules(app)
        if rule.rule.startswith("/admin") and isinstance(declared(app.view_functions[rule.endpoint]), Open)
    ]
    report("A page of the panel is for people who signed in: use @requires(Right.VIEW) or more:", ajar)
