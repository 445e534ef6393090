"""`config show` says what counts and tells no secret."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

SECRET = "x" * 40


@pytest.fixture
def written(empty_place: Path) -> Path:
    (empty_place / "config.toml").write_text(
        f'secret_key = "{SECRET}"\nprevious_secret_keys = ["{SECRET}"]\n[site]\nname = "A \\"b\\""\n'
        '[database]\nurl = "postgresql://me:hunter2@db.example.com/status"\n'
        '[mail]\npassword = "hunter2"\nfrom = "s@example.com"\n'
    )
    return empty_place


def test_no_secret_is_shown(statuspage: Command, written: Path) -> None:
    shown = statuspage("config", "show")
    assert (shown.status, shown.err) == (0, "")
    assert SECRET not in shown.out
    assert "hunter2" not in shown.out
    assert 'database.url = "postgresql://me:********@db.example.com/status"' in shown.lines
    assert 'mail.from = "s@example.com"' in shown.lines
    assert 'site.name = "A \\"b\\""' in shown.lines
    assert "mail.port = 25" in shown.lines


def test_the_environment_counts_more(
    statuspage: Command, written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "mail"
    secret.write_text("from a file\n")
    monkeypatch.setenv("STATUSPAGE_SITE__NAME", "Other")
    monkeypatch.setenv("STATUSPAGE_MAIL__PORT", "587")
    monkeypatch.setenv("STATUSPAGE_MAIL__PASSWORD_FILE", str(secret))
    shown = json.loads(statuspage("config", "show", "--json").out)
    assert (shown["site"]["name"], shown["mail"]["port"], shown["mail"]["password"]) == ("Other", 587, "********")


def test_a_wrong_key_is_one_sentence(statuspage: Command, empty_place: Path) -> None:
    for text, sentence in (
        ("[site]\nnome = 1\n", "There is no key site.nome"),
        ("[site]\ntimezone = 'Mars'\n", "site.timezone must be an IANA time zone"),
        ("secret_key = 'short'\n", "secret_key needs at least 32 bytes"),
        ("[mail]\nport = 0\n", "mail.port"),
        ("[site\n", "no valid TOML"),
    ):
        (empty_place / "config.toml").write_text(text)
        refused = statuspage("config", "show")
        assert refused.status == 1
        assert sentence in refused.err
        assert len(refused.err.splitlines()) == 1


def test_without_a_file_the_defaults_are_shown(statuspage: Command, empty_place: Path) -> None:
    shown = statuspage("config", "show")
    assert shown.lines[0] == "# from the environment and the defaults"
    assert 'site.name = "Status"' in shown.lines
