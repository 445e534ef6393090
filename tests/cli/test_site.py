"""Building, comparing and exporting the pages from the shell."""

import gzip
from pathlib import Path

import brotli
import pytest

from statuspage.cli.shell import Shell
from statuspage.publish.store import Page, Store
from tests.cli.conftest import Command


@pytest.fixture
def store(statuspage: Command, installation: Shell) -> Store:
    assert statuspage("site", "build").status == 0
    return Store(installation.settings.data.dir / "site")


def test_a_build_says_what_it_reached(statuspage: Command, store: Store) -> None:
    again = statuspage("site", "build", "--full", "--check")
    assert again.status == 0
    assert again.out == f"{len(store.paths())} pages show publication 4 and agree with the database.\n"


def test_a_check_names_what_differs(statuspage: Command, store: Store) -> None:
    home = store.get("/")
    assert home is not None
    with store.locked(1):
        store.put(Page("/", home.page.content_type, b"defaced", home.page.last_modified))
        store.remove("/history")
    bad = statuspage("site", "build", "--check")
    assert bad.status == 1
    assert bad.lines == ["/ differs from what the database holds.", "/history is missing."]
    assert "2 pages differ" in bad.err
    assert statuspage("site", "build", "--full", "--check").status == 0


def test_an_export_holds_the_bytes_the_door_sends(statuspage: Command, store: Store, empty_place: Path) -> None:
    outcome = statuspage("site", "export", "out")
    assert outcome.status == 0
    for path, name in (("/", "index.html"), ("/history", "history/index.html"), ("/updates.rss", "updates.rss")):
        record = store.get(path)
        assert record is not None
        whole = (empty_place / "out" / name).read_bytes()
        assert whole == record.page.body
        assert gzip.decompress((empty_place / "out" / f"{name}.gz").read_bytes()) == whole
        assert brotli.decompress((empty_place / "out" / f"{name}.br").read_bytes()) == whole
    assert list((empty_place / "out" / "static" / "css").glob("public.*.css"))


def test_the_next_export_takes_away_what_is_gone_and_nothing_else(
    statuspage: Command, store: Store, empty_place: Path
) -> None:
    statuspage("site", "export", "out")
    gone, mine = empty_place / "out" / "old.html", empty_place / "out" / "CNAME"
    gone.write_text("x")
    mine.write_text("status.example.com")
    manifest = empty_place / "out" / ".statuspage-export"
    manifest.write_text(manifest.read_text() + "old.html\n")
    assert statuspage("site", "export", "out").status == 0
    assert (gone.exists(), mine.exists()) == (False, True)


def test_a_directory_with_other_things_is_not_written_to(
    statuspage: Command, installation: Shell, empty_place: Path
) -> None:
    (empty_place / "full").mkdir()
    (empty_place / "full" / "letter.txt").write_text("mine")
    refused = statuspage("site", "export", "full")
    assert refused.status == 1
    assert "Choose another directory" in refused.err
    assert [path.name for path in (empty_place / "full").iterdir()] == ["letter.txt"]
