"""Exit statuses and the one line that says what went wrong."""

import shutil
from pathlib import Path

import click
import pytest

from statuspage import __version__
from statuspage.cli import main as cli
from statuspage.cli.shell import Shell
from tests.cli.conftest import Command

PROMISED = {"config", "db", "demo", "doctor", "incident", "init", "seed", "serve", "site", "token", "user", "worker"}


def test_every_promised_command_is_there(statuspage: Command) -> None:
    assert set(cli.program.list_commands(click.Context(cli.program))) == PROMISED
    helped = statuspage("--help")
    assert helped.status == 0
    assert all(f"  {name} " in helped.out for name in PROMISED)
    assert statuspage("--version").out.strip().endswith(__version__)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("incident", "open"),
        ("incident", "open", "--title", "x", "--severity", "sev9"),
        ("incident", "open", "--title", "x", "--severity", "sev1", "--component", "api=broken"),
        ("incident", "open", "--title", "x", "--severity", "sev1", "--status", "investigating"),
        ("user", "add", "a@example.com"),
        ("token", "add", "x", "--scope", "all"),
        ("db", "restore", "/nowhere/x.db"),
        ("serve", "--port", "99999"),
        ("--colour",),
    ],
)
def test_wrong_usage_is_status_two_with_the_usage(statuspage: Command, arguments: tuple[str, ...]) -> None:
    outcome = statuspage(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("Usage: statuspage")
    assert "statuspage: " in outcome.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("incident", "resolve", "INC-1999-0001"), "There is no incident INC-1999-0001"),
        (("incident", "open", "--title", "x", "--severity", "sev1", "--component", "nope=major_outage"), "nope"),
        (("user", "add", "no address", "--role", "viewer"), "no mail address"),
        (("user", "reset", "nobody@example.com"), "Nobody who may sign in"),
        (("db", "backup", "/nowhere/x.db"), "There is no directory /nowhere"),
        (("--config", "missing.toml", "user", "list"), "There is no configuration file missing.toml"),
    ],
)
def test_a_refusal_is_status_one_and_one_line(
    statuspage: Command, installation: Shell, arguments: tuple[str, ...], sentence: str
) -> None:
    outcome = statuspage(*arguments)
    assert (outcome.status, outcome.out) == (1, "")
    (line,) = outcome.err.splitlines()
    assert line.startswith("statuspage: ")
    assert sentence in line


def test_an_unexpected_fault_is_one_line_unless_asked_for_more(
    statuspage: Command, installation: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("something\nodd")

    monkeypatch.setattr("statuspage.cli.incidents.incidents_page", fail)
    outcome = statuspage("incident", "list")
    assert outcome.status == 1
    assert outcome.err.splitlines() == [
        "statuspage: An unexpected fault: RuntimeError: something odd. `statuspage --trace ...` shows where."
    ]
    with pytest.raises(RuntimeError):
        statuspage("--trace", "incident", "list")


@pytest.mark.parametrize("arguments", [("incident", "list"), ("user", "list"), ("db", "check"), ("site", "build"),
                                       ("worker",), ("serve", "--port", "0")])  # fmt: skip
def test_without_a_database_the_way_to_one_is_told(
    statuspage: Command, empty_place: object, arguments: tuple[str, ...]
) -> None:
    outcome = statuspage(*arguments)
    assert outcome.status == 1
    assert "Run `statuspage db upgrade` first." in outcome.err


def test_a_database_of_another_version_is_not_touched(statuspage: Command, installation: Shell) -> None:
    with installation.database.engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '0000'")
    outcome = statuspage("incident", "list")
    assert (outcome.status, outcome.out) == (1, "")
    assert "Run `statuspage db upgrade` first." in outcome.err


@pytest.mark.parametrize(
    "arguments", [("db", "upgrade"), ("user", "reset", "ben@example.com"), ("serve", "--port", "0"), ("doctor",)]
)
def test_a_damaged_secret_is_told_in_one_sentence(
    statuspage: Command, empty_place: Path, migrated: Path, arguments: tuple[str, ...]
) -> None:
    (empty_place / "var").mkdir()
    shutil.copyfile(migrated, empty_place / "var" / "statuspage.db")
    (empty_place / "var" / "secret_key").write_text("cut sho")
    outcome = statuspage(*arguments)
    assert outcome.status == 1
    assert "var/secret_key is damaged" in outcome.out + outcome.err
    assert "Traceback" not in outcome.err and len(outcome.err.splitlines()) <= 1


def test_a_column_that_is_missing_is_no_silent_database(statuspage: Command, installation: Shell) -> None:
    with installation.database.engine.begin() as connection:
        connection.exec_driver_sql("alter table incidents rename column workaround to advice")
    outcome = statuspage("incident", "list")
    assert (outcome.status, outcome.err) == (
        1,
        "statuspage: The tables of the database are older than the program. Run `statuspage db upgrade`.\n",
    )
