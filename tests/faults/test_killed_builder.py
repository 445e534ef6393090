"""A builder killed in the middle of a write leaves every page whole, old or new, and the next one ends its work."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from statuspage.core.db import Database
from statuspage.publish.builder import Builder
from tests.kit.clock import FrozenClock
from tests.publish.imagined import ImaginedPages, announce, builder, text_of

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
STORIES = [f"c{number:02}" for number in range(12)]


def deadly(last: int) -> Callable[[Path, bytes], int]:
    """Stands in for `Path.write_bytes`: half of the file number `last` is written, then the process is no more."""
    numbers = count(1)

    def write(file: Path, data: bytes) -> int:
        over = next(numbers) == last
        with file.open("wb") as opened:
            opened.write(data[: len(data) // 2 if over else len(data)])
        if over:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(data)

    return write


def build_and_die(made: Builder, last: int) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            with pytest.MonkeyPatch.context() as disk:
                disk.setattr(Path, "write_bytes", deadly(last))
                made.finish()
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copyfile(sqlite_template, tmp_path / "statuspage.db")
    database = Database(f"sqlite:///{tmp_path / 'statuspage.db'}")
    yield database
    database.dispose()


@pytest.mark.parametrize("last", [1, 2, 7, 14], ids="write {}".format)
def test_a_killed_builder_never_leaves_half_a_page(
    database: Database, tmp_path: Path, clock: FrozenClock, last: int
) -> None:
    pages = ImaginedPages()
    pages.stories = dict.fromkeys(STORIES, "old")
    made = builder(database, tmp_path, pages, clock)
    made.finish()
    pages.stories = dict.fromkeys(STORIES, "new")
    announce(database, clock, *(f"incident:{code}" for code in STORIES))
    database.dispose()
    build_and_die(made, last)
    shown = {text_of(made.store, f"/incidents/{code}") for code in STORIES}
    assert shown <= {"old", "new"}
    assert made.store.paths() == {"/", *(f"/incidents/{code}" for code in STORIES)}
    assert made.catch_up()
    assert made.check() == []
