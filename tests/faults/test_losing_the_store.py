"""The stored pages are deleted, damaged or cannot be written: every page is still there, and as new as the database."""

import errno
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.core.config import Settings
from statuspage.core.db import Database, commit
from statuspage.core.errors import Unavailable
from statuspage.domain.reports.enums import FindingKind
from statuspage.domain.reports.queries import honesty
from statuspage.publish import pages
from statuspage.wsgi import Serving, assemble
from tests.kit import cast
from tests.kit.browser import StrictBrowser
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock
from tests.kit.fixtures.web import ORIGIN


@pytest.fixture
def serving(settings: Settings, clock: FrozenClock, settled: Cast) -> Iterator[Serving]:
    """One web process whose pages are all built."""
    serving = assemble(settings, clock)
    serving.builder.finish()
    yield serving
    serving.database.dispose()


@pytest.fixture
def visitor(serving: Serving) -> StrictBrowser:
    return StrictBrowser(serving.door, ORIGIN)


@pytest.fixture
def paths(serving: Serving, clock: FrozenClock) -> list[str]:
    with serving.database.session(readonly=True) as session:
        return pages.all_paths(session, clock.now())


def not_found_well(visitor: StrictBrowser, paths: list[str]) -> dict[str, int]:
    answers = {path: visitor.get(path).status for path in (*paths, "/healthz")}
    return {path: status for path, status in answers.items() if status != 200}


def publish_an_incident(serving: Serving, clock: FrozenClock) -> str:
    with serving.database.session() as session:
        incident = cast.declare(session, cast.SYSTEM, clock.now(), title="Payments fail")
        commit(session)
        path = f"/incidents/{incident.code}"
    serving.builder.catch_up()
    return path


def alarms(serving: Serving, clock: FrozenClock) -> set[FindingKind]:
    """What the panel and `/readyz` say two minutes later about the stored pages."""
    known = serving.builder.store.generation()
    assert known is not None
    with serving.database.session(readonly=True) as session:
        found = honesty(session, clock.now() + timedelta(minutes=2), shown=known.number)
    return {one.kind for one in found} & {FindingKind.SNAPSHOT_BEHIND}


def no_answer(*_: object, **__: object) -> None:
    raise Unavailable


def look_now(serving: Serving) -> None:
    serving.door._look_at = 0.0


def test_a_deleted_store_is_answered_live_and_built_again(
    serving: Serving, visitor: StrictBrowser, paths: list[str]
) -> None:
    shutil.rmtree(serving.builder.store.directory)
    look_now(serving)
    assert not_found_well(visitor, paths) == {}
    serving.builder.finish()
    assert serving.builder.check() == []


def test_a_store_that_can_be_neither_read_nor_written_is_done_without(
    serving: Serving, visitor: StrictBrowser, paths: list[str], clock: FrozenClock
) -> None:
    directory = serving.builder.store.directory
    shutil.rmtree(directory)
    directory.write_text("a file in the way")
    look_now(serving)
    path = publish_an_incident(serving, clock)
    assert not_found_well(visitor, [*paths, path]) == {}
    assert "Payments fail" in visitor.get("/").text
    directory.unlink()
    serving.builder.finish()
    assert serving.builder.check() == []


def test_a_full_disk_shows_news_live_until_there_is_space(
    serving: Serving, visitor: StrictBrowser, paths: list[str], clock: FrozenClock
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        path = publish_an_incident(serving, clock)
        assert not_found_well(visitor, [*paths, path]) == {}
        assert "Payments fail" in visitor.get("/").text
        assert alarms(serving, clock) == {FindingKind.SNAPSHOT_BEHIND}
    serving.builder.catch_up()
    assert serving.builder.store.behind is False
    assert alarms(serving, clock) == set()
    assert serving.builder.check() == []


def test_without_space_and_without_a_database_the_last_pages_stay(
    serving: Serving, visitor: StrictBrowser, paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    serving.builder.store.behind = True
    monkeypatch.setattr(Database, "session", no_answer)
    assert not_found_well(visitor, paths) == {}


def test_a_damaged_page_is_rendered_and_repaired(serving: Serving, visitor: StrictBrowser) -> None:
    file = serving.builder.store._file("/history")
    file.write_bytes(file.read_bytes()[:-100])
    assert visitor.get("/history").status == 200
    assert serving.builder.check() == []
