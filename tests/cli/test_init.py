"""`statuspage init`: an installation that waits for its first administrator."""

import stat
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from statuspage.app import create_app
from statuspage.audit.actor import SYSTEM
from statuspage.cli.shell import Shell
from statuspage.core.db import commit
from statuspage.domain.accounts.actions import NewUser, create_user
from statuspage.domain.accounts.enums import Role
from statuspage.domain.components.models import SiteProfile
from tests.cli.conftest import Command
from tests.kit.browser import StrictBrowser
from tests.kit.cast import PASSWORD


def _read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text())


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_with_nobody_to_ask_flags_and_defaults_are_taken(statuspage: Command, empty_place: Path) -> None:
    outcome = statuspage("init", "--name", "Acme", "--timezone", "Europe/Berlin", "--mail-host", "mail.example.com")
    assert outcome.status == 0, outcome.err
    written = _read(empty_place / "config.toml")
    assert written["site"] == {"base_url": "http://127.0.0.1:8000", "name": "Acme", "timezone": "Europe/Berlin"}
    assert written["mail"] == {"transport": "smtp", "host": "mail.example.com"}
    assert len(str(written["secret_key"])) >= 32
    assert (_mode(empty_place / "config.toml"), _mode(empty_place / "var")) == (0o600, 0o700)
    shell = Shell(empty_place / "config.toml", {})
    with shell.reading() as session:
        profile = session.scalars(select(SiteProfile)).one()
        assert (profile.name, profile.timezone) == ("Acme", "Europe/Berlin")


def test_the_link_makes_the_first_administrator_once(statuspage: Command, empty_place: Path) -> None:
    (link,) = statuspage("init", "--base-url", "https://status.example.com").lines
    assert link.startswith("https://status.example.com/setup/")
    app = create_app(Shell(empty_place / "config.toml", {}).settings)
    browser = StrictBrowser(app, "https://status.example.com")
    page = browser.get(urlsplit(link).path)
    assert page.status == 200
    forms = page.root.xpath("//form//button")
    done = browser.submit(page, forms[0].text.strip(), email="ada@example.com", name="Ada", password=PASSWORD)
    assert done.path.startswith("/admin")
    assert StrictBrowser(app, "https://status.example.com").get(urlsplit(link).path).status == 404
    again = statuspage("init", "--force")
    assert (again.status, again.out) == (0, "")
    assert "is set up" in again.err


def test_an_existing_configuration_is_left_alone(statuspage: Command, empty_place: Path) -> None:
    (empty_place / "config.toml").write_text("# mine\n")
    refused = statuspage("init")
    assert refused.status == 1
    assert "statuspage init --force" in refused.err
    assert (empty_place / "config.toml").read_text() == "# mine\n"
    assert not (empty_place / "var").exists()


def test_force_keeps_every_value_and_the_file_it_replaces(statuspage: Command, empty_place: Path) -> None:
    statuspage("init", "--name", 'A "b" \\ ü', "--base-url", "https://status.example.com")
    first = _read(empty_place / "config.toml")
    text = (empty_place / "config.toml").read_text() + "\n[limits]\napi_per_token_minute = 7\n"
    (empty_place / "config.toml").write_text(text)
    outcome = statuspage("init", "--force", "--timezone", "Europe/Rome")
    assert outcome.out.startswith("https://status.example.com/setup/")
    second = _read(empty_place / "config.toml")
    assert second.pop("limits") == {"api_per_token_minute": 7}
    first["site"]["timezone"] = "Europe/Rome"
    assert second == first
    assert (empty_place / "config.toml.old").read_text() == text


def test_https_believes_the_proxy_on_its_own_machine(statuspage: Command, empty_place: Path) -> None:
    statuspage("init", "--base-url", "https://status.example.com")
    assert _read(empty_place / "config.toml")["net"] == {"trusted_proxies": ["127.0.0.1/32", "::1/128"]}


def test_a_wrong_flag_changes_nothing(statuspage: Command, empty_place: Path) -> None:
    refused = statuspage("init", "--timezone", "Mars/Olympus")
    assert (refused.status, refused.out) == (1, "")
    assert "site.timezone must be an IANA time zone" in refused.err
    assert list(empty_place.iterdir()) == []


def test_a_person_is_asked_until_the_answers_can_be_used(
    statuspage: Command, empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statuspage.cli.init.somebody_is_there", lambda: True)
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: "the relay's password")
    answers = iter(
        ["status.example.com", "https://status.example.com", "Acme", "Berlin", "Europe/Berlin", "smtp", "",
         "mail.example.com", "many", "587", "starttls", "me"]
    )  # fmt: skip
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))
    outcome = statuspage("init")
    assert outcome.status == 0, outcome.err
    assert next(answers, None) is None
    written = _read(empty_place / "config.toml")
    assert written["site"] == {"base_url": "https://status.example.com", "name": "Acme", "timezone": "Europe/Berlin"}
    assert written["mail"] == {
        "transport": "smtp", "from": "", "host": "mail.example.com", "port": 587, "security": "starttls",
        "username": "me", "password": "the relay's password",
    }  # fmt: skip


def test_without_a_configuration_upgrade_makes_what_is_needed(statuspage: Command, empty_place: Path) -> None:
    assert statuspage("db", "upgrade").status == 0
    secret = empty_place / "var" / "secret_key"
    assert _mode(secret) == 0o600
    kept = secret.read_text()
    assert statuspage("db", "upgrade").status == 0
    assert secret.read_text() == kept
    shell = Shell(None, {})
    with shell.ready_database.session() as session:
        create_user(
            session, NewUser("a@example.com", "A", Role.ADMIN), PASSWORD, by=SYSTEM, now=shell.now()
        )  # the tables are there
        commit(session)
