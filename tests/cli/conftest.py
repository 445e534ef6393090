"""The command line in this process: `statuspage("incident", "list")` returns exit status, stdout and stderr.

`installation` is a directory with a configuration and a migrated SQLite in which the cast has settled.
"""

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from statuspage.cli.main import run
from statuspage.cli.shell import Shell
from statuspage.core.db import Database

CONFIG = """secret_key = "a secret for tests alone, long enough to be taken"
[site]
base_url = "https://status.example.com"
name = "Acme"
timezone = "Europe/Berlin"
[data]
dir = "{data}"
"""


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Command = Callable[..., Outcome]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Database]]:
    """Every database that was opened and is not closed yet; all are closed at the end."""
    known: list[Database] = []
    initialise = Database.__init__

    def note(self: Database, *arguments: Any) -> None:
        initialise(self, *arguments)
        known.append(self)

    monkeypatch.setattr(Database, "__init__", note)
    yield known
    _close(known)


def _close(databases: list[Database]) -> None:
    while databases:
        databases.pop().dispose()


@pytest.fixture
def statuspage(
    opened: list[Database], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Command]:
    """Run a command; `stdin` is what it reads. What it opened is closed, as by the end of a process."""
    logging = structlog.get_config()

    def call(*arguments: str | Path, stdin: str = "") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        others = opened.copy()
        opened.clear()
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        _close(opened)
        opened.extend(others)
        return Outcome(status, said.out, said.err)

    yield call
    structlog.configure(**logging)


@pytest.fixture
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory to work in, without a configuration."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def installation(empty_place: Path, migrated: Path, opened: list[Database]) -> Shell:
    """An installation with the cast; commands find it, and the test looks into it by `installation.database`."""
    (empty_place / "var").mkdir()
    shutil.copyfile(migrated, empty_place / "var" / "statuspage.db")
    config = empty_place / "config.toml"
    config.write_text(CONFIG.format(data=empty_place / "var"))
    config.chmod(0o600)
    return Shell(config, {})
