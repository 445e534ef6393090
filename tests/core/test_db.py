"""Waiting for SQLite's one writer."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from statuspage.core import db
from statuspage.core.db import Database
from statuspage.core.errors import Unavailable


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """A database file with one table."""
    made = Database(f"sqlite:///{tmp_path}/rows.db")
    with made.engine.begin() as connection:
        connection.exec_driver_sql("create table rows (word text)")
    yield made
    made.dispose()


@pytest.fixture
def writer(file: Database) -> Iterator[Any]:
    """A connection that holds the file's one lock for writing."""
    path = file.url.removeprefix("sqlite:///")
    connection = db.sqlite_module.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("begin immediate")
    yield connection
    connection.close()


def test_who_wants_to_write_asks_often_for_the_lock(
    file: Database, writer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, enough = [], threading.Event()
    begins = db._begins_to_write

    def counted(*given: object, **more: object) -> bool:
        tries.append(given)
        if len(tries) == 5:
            enough.set()
        return begins(*given, **more)

    monkeypatch.setattr(db, "_begins_to_write", counted)
    ended = threading.Thread(target=lambda: (enough.wait(20), writer.execute("rollback")))
    ended.start()
    with file.session() as session:
        session.connection().exec_driver_sql("insert into rows values ('in')")
    ended.join()
    assert len(tries) >= 5


@pytest.mark.usefixtures("writer")
def test_a_lock_that_is_never_given_back_is_no_answer(file: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "LOCK_SECONDS", 0)
    with pytest.raises(Unavailable), file.session() as session:
        session.connection()


@pytest.mark.usefixtures("writer")
def test_readers_do_not_wait_for_the_writer(file: Database) -> None:
    with file.session(readonly=True) as session:
        assert session.connection().exec_driver_sql("select count(*) from rows").scalar() == 0
