"""People and tokens from the shell."""

import json
from urllib.parse import urlsplit

from sqlalchemy import select

from statuspage.app import create_app
from statuspage.audit.models import AuditLine
from statuspage.cli.shell import Shell
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.cli.conftest import Command
from tests.kit.browser import StrictBrowser
from tests.kit.cast import ADA, BEN, CLEO, PASSWORD


def _browser(shell: Shell) -> StrictBrowser:
    return StrictBrowser(create_app(shell.settings), "https://status.example.com")


def test_an_invitation_is_mailed_and_printed(statuspage: Command, installation: Shell) -> None:
    outcome = statuspage("user", "add", "dora@example.com", "--role", "publisher", "--name", "Dora")
    (link,) = outcome.lines
    assert link.startswith("https://status.example.com/account/")
    assert _browser(installation).get(urlsplit(link).path).status == 200
    with installation.reading() as session:
        assert session.scalars(select(Event.kind)).all() == [EventKind.ACCOUNT_INVITE]
    people = {row["email"]: row for row in json.loads(statuspage("user", "list", "--json").out)}
    assert (people["dora@example.com"]["role"], people["dora@example.com"]["state"]) == ("publisher", "invited")


def test_a_password_from_standard_input_lets_somebody_in_at_once(statuspage: Command, installation: Shell) -> None:
    added = statuspage("user", "add", "dora@example.com", "--role", "viewer", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert (added.status, added.out) == (0, "dora@example.com may sign in as viewer.\n")
    browser = _browser(installation)
    page = browser.submit(browser.get("/signin"), "Sign in", email="dora@example.com", password=PASSWORD)
    assert page.path.startswith("/admin")


def test_a_poor_password_lets_nobody_in(statuspage: Command, installation: Shell) -> None:
    refused = statuspage("user", "add", "dora@example.com", "--role", "viewer", "--password-stdin", stdin="short\n")
    assert (refused.status, "password:" in refused.err) == (1, True)
    assert "dora" not in statuspage("user", "list").out


def test_somebody_is_helped_back_in(statuspage: Command, installation: Shell) -> None:
    (link,) = statuspage("user", "reset", BEN.upper()).lines
    page = _browser(installation).get(urlsplit(link).path)
    assert page.status == 200


def test_everybody_is_listed_for_people_too(statuspage: Command, installation: Shell) -> None:
    lines = statuspage("user", "list").lines
    assert lines[0].split() == ["email", "name", "role", "state", "since"]
    assert {line.split()[0] for line in lines[1:]} == {ADA, BEN, CLEO}


def test_a_token_stands_alone_on_standard_output(statuspage: Command, installation: Shell) -> None:
    outcome = statuspage("token", "add", "monitoring", "--scope", "publish", "--expires", "30")
    (token,) = outcome.lines
    assert token.startswith("sp_live_")
    assert "monitoring may publish until" in outcome.err
    headers = {"Authorization": f"Bearer {token}"}
    assert _browser(installation).request("GET", "/api/v1/incidents", headers=headers).status == 200


def test_the_audit_log_says_that_it_was_the_shell(statuspage: Command, installation: Shell) -> None:
    statuspage("token", "add", "x", "--scope", "read")
    with installation.reading() as session:
        line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line is not None
    assert (line.actor_kind, line.action) == ("shell", "token.created")
