"""The demo company: a story that can be told at any hour, in a place of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from statuspage.cli.demo import command
from statuspage.cli.demo.play import play
from statuspage.cli.demo.story import read_story
from statuspage.cli.shell import Shell
from statuspage.core.db import Database
from statuspage.domain.accounts.enums import Role
from statuspage.domain.accounts.queries import users
from statuspage.domain.components.models import Component
from statuspage.domain.feedback.enums import Suggestion
from statuspage.domain.feedback.queries import groups, heard_of
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, open_promises, open_public_incidents
from statuspage.domain.maintenance.queries import coming_maintenances, running_maintenances
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.models import Event
from tests.cli.conftest import Command
from tests.kit.cast import PASSWORD, settle
from tests.kit.schema import create_schema

NOON = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
ODD_HOURS = {
    "just after midnight at new year": datetime(2027, 1, 1, 0, 10, tzinfo=UTC),
    "when the clocks go back": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
}


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing ten passwords takes longer than the whole story."""
    monkeypatch.setattr("statuspage.domain.accounts.actions.hash_password", lambda _: "$argon2id$quick")


@pytest.mark.soak_on("postgresql")
def test_the_story_is_complete(session: Session) -> None:
    play(session, read_story(), PASSWORD, NOON)
    assert session.scalar(select(func.count()).select_from(Component)) == 14
    roles = [user.role for user in users(session)]
    assert {role: roles.count(role) for role in Role} == dict.fromkeys(Role, 2)
    assert (session.scalar(select(func.count()).select_from(Subscriber)) or 0) >= 20
    _one_incident_is_open_with_its_promise(session)
    _one_maintenance_comes_and_one_runs_late(session)
    _three_months_lie_behind(session)
    _only_what_is_fresh_tells_subscribers(session)
    _readers_have_told_something(session)


def _readers_have_told_something(session: Session) -> None:
    first, *_ = groups(session, EVERYTHING, NOON)
    assert first.since and first.suggestion is Suggestion.DECLARE
    (incident,) = open_public_incidents(session)
    heard = heard_of(session, incident)
    assert heard.reports and len(heard.helpful) == 3


def _one_incident_is_open_with_its_promise(session: Session) -> None:
    (incident,) = open_public_incidents(session)
    assert len([update for update in incident.updates if update.public]) == 3
    assert open_promises(session, [incident.id])[incident.id].due_at > NOON


def _one_maintenance_comes_and_one_runs_late(session: Session) -> None:
    (coming,) = coming_maintenances(session)
    (running,) = running_maintenances(session)
    assert coming.starts_at > NOON > running.ends_at


def _three_months_lie_behind(session: Session) -> None:
    begun = session.scalars(select(Incident.created_at)).all()
    assert NOON - min(begun) > timedelta(days=85)
    assert len({at.date() for at in begun}) >= 12


def _only_what_is_fresh_tells_subscribers(session: Session) -> None:
    oldest = session.scalar(select(func.min(Event.created_at)))
    assert oldest is not None
    assert NOON - oldest < timedelta(hours=8)


@pytest.mark.soak
@pytest.mark.parametrize("moment", ODD_HOURS)
def test_the_story_can_be_told_at_any_hour(told_at: Database, moment: str) -> None:
    with told_at.session() as session:
        play(session, read_story(), PASSWORD, ODD_HOURS[moment])
        assert len(open_public_incidents(session)) == 1
        session.rollback()


@pytest.fixture
def told_at(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database; one engine is enough for the hours of the day."""
    database = Database(f"sqlite:///{tmp_path / 'told.db'}")
    create_schema(database)
    yield database
    database.dispose()


@pytest.fixture
def kept_house(monkeypatch: pytest.MonkeyPatch) -> list[Shell]:
    """Instead of serving, note which installation would be served; its story is short."""
    served: list[Shell] = []

    def note(shell: Shell, *_: object) -> int:
        served.append(shell)
        return 0

    monkeypatch.setattr(command, "keep_house", note)
    monkeypatch.setattr(command, "play", lambda session, _story, _password, now: settle(session, now))
    return served


def test_a_real_installation_is_neither_read_nor_touched(
    statuspage: Command, installation: Shell, kept_house: list[Shell], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in Path("var").rglob("*") if path.is_file()}
    monkeypatch.setenv("STATUSPAGE_DATABASE__URL", installation.settings.database_url)
    monkeypatch.setenv("STATUSPAGE_MAIL__TRANSPORT", "smtp")
    assert statuspage("--config", "config.toml", "demo").status == 0
    (served,) = kept_house
    assert served.settings.data.dir == Path("var/demo")
    assert served.settings.mail.transport == "file"
    assert served.settings.database_url.endswith("/var/demo/statuspage.db")
    assert {path: path.read_bytes() for path in before} == before


def test_a_second_start_keeps_the_data_and_fresh_begins_anew(
    statuspage: Command, empty_place: Path, kept_house: list[Shell]
) -> None:
    statuspage("demo")
    password = (empty_place / "var/demo/password").read_text()
    (empty_place / "var/demo/mine").touch()
    assert "Telling" not in statuspage("demo", "--port", "9000").err
    assert kept_house[-1].settings.site.base_url == "http://127.0.0.1:9000"
    assert (empty_place / "var/demo/mine").exists()
    assert (empty_place / "var/demo/password").read_text() == password
    assert "Telling" in statuspage("demo", "--fresh").err
    assert not (empty_place / "var/demo/mine").exists()
    assert (empty_place / "var/demo/password").stat().st_mode & 0o777 == 0o600


def test_the_demo_serves_its_page(empty_place: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "statuspage", "demo", "--port", "0"],
        cwd=empty_place, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said: dict[str, str] = {}
        for line in process.stdout:
            label, _, words = line.partition("  ")
            said[label] = words.strip()
            if line.startswith("Ctrl-C"):
                break
        with urlopen(said["The page"], timeout=60) as answer:
            assert b"Some card payments fail at checkout" in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        status = process.wait(60)
        process.stdout.close()
    assert status == 0
