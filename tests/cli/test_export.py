"""An export served by the plainest web server there is: every public address answers with the bytes of the door."""

import threading
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from statuspage.cli.shell import Shell
from statuspage.core.paths import static_dir
from statuspage.publish.assets import Assets
from statuspage.publish.store import Store
from tests.cli.conftest import Command


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def exported(statuspage: Command, installation: Shell, empty_place: Path) -> Path:
    assert statuspage("site", "export", "out").status == 0
    return empty_place / "out"


@pytest.fixture
def read(exported: Path) -> Iterator[Callable[[str], tuple[str, bytes]]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(exported))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

        def ask(path: str) -> tuple[str, bytes]:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}") as answer:
                return answer.headers["Content-Type"], answer.read()

        yield ask
        server.shutdown()


def test_every_page_and_file_is_served_as_the_door_sends_it(
    installation: Shell, read: Callable[[str], tuple[str, bytes]]
) -> None:
    store = Store(installation.settings.data.dir / "site")
    for path in store.paths():
        record = store.get(path)
        assert record is not None
        kind, body = read(path)
        assert body == record.page.body, path
        if record.page.content_type.startswith(("text/html", "image/", "application/json")) and path != "/feed.json":
            assert kind == record.page.content_type.partition(";")[0], path
    for asset in Assets(static_dir()):
        assert read(asset.path)[1] == asset.body


def test_every_type_that_a_server_may_not_know_is_described(installation: Shell, exported: Path) -> None:
    described = (Path(__file__).parents[2] / "docs" / "static.md").read_text(encoding="utf-8")
    store = Store(installation.settings.data.dir / "site")
    pages = [record.page for path in store.paths() if (record := store.get(path))]
    for page in pages:
        ending = page.path.rpartition(".")[2] if "." in page.path.rpartition("/")[2] else "html"
        assert f"`{page.content_type}`" in described or f"`.{ending}`" in described, page.path


def test_what_did_not_change_is_left_alone(statuspage: Command, exported: Path) -> None:
    files = {file: file.stat() for file in exported.rglob("*.html")}
    assert statuspage("site", "export", "out").status == 0
    assert {file: file.stat().st_ino for file in files} == {file: known.st_ino for file, known in files.items()}


def test_a_file_is_never_seen_half_written(
    statuspage: Command, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (exported / "index.html").read_bytes()
    (exported / "index.html").write_bytes(b"an earlier page")

    def breaks_off(self: Path, data: bytes) -> int:
        with self.open("wb") as half:
            half.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", breaks_off)
        refused = statuspage("site", "export", "out")
    assert (refused.status, "No space left on device" in refused.err) == (1, True)
    assert (exported / "index.html").read_bytes() == b"an earlier page"
    assert statuspage("site", "export", "out").status == 0
    assert (exported / "index.html").read_bytes() == before
    assert not list(exported.rglob("*.new"))
