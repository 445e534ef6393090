import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from statuspage.cli.main import run
from tests.faults.house import PATIENCE, House, alive, eventually


def test_two_web_processes_and_a_worker_serve_and_stop_together(house: House) -> None:
    house.serve("--processes", "2")
    eventually("parent and three children", lambda: len(house.children()) == 3)
    assert house.get("/")[0] == 200
    children = house.children()
    assert house.end() == 0
    assert not any(alive(pid) for pid in children)
    assert "worker_stopped" in (house.directory / "log").read_text()


def test_a_killed_web_process_is_replaced_and_the_page_stays(serving: House) -> None:
    (killed,) = serving.children()
    os.kill(killed, signal.SIGKILL)
    assert serving.get("/")[0] == 200  # the parent holds the socket, so this one waited for the next process
    assert serving.children() != [killed]
    assert "process_died" in (serving.directory / "log").read_text()


def test_a_killed_worker_is_replaced_without_touching_the_page(house: House) -> None:
    house.serve("--processes", "1")
    eventually("web process and worker", lambda: len(house.children()) == 2)
    web, worker = house.children()
    os.kill(worker, signal.SIGKILL)
    eventually("another worker", lambda: len(house.children()) == 2 and worker not in house.children())
    assert web in house.children()
    assert house.get("/")[0] == 200


def test_the_children_end_when_the_parent_is_killed(house: House) -> None:
    house.serve("--processes", "1")
    eventually("web process and worker", lambda: len(house.children()) == 2)
    children = house.children()
    assert house.parent
    house.parent.kill()
    house.parent.wait(PATIENCE)
    eventually("no child is left", lambda: not any(alive(pid) for pid in children))


class TestRefusals:
    @pytest.fixture
    def refused(
        self, house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> Callable[..., str]:
        """Try to serve with these settings; return the one line that says why not."""

        def attempt(*arguments: str, **environ: str) -> str:
            for name, value in (house.environ() | environ).items():
                monkeypatch.setenv(name, value)
            assert run(["serve", "--port", "0", *arguments]) == 1
            said = capsys.readouterr()
            assert said.out == ""
            assert said.err.count("\n") == 1
            return said.err

        return attempt

    @pytest.mark.parametrize(
        ("environ", "sentence"),
        [
            ({"STATUSPAGE_SITE__COLOUR": "red"}, "there is no key site.colour"),
            ({"STATUSPAGE_SECRET_KEY": "short"}, "secret_key needs at least 32 bytes"),
            ({"STATUSPAGE_DATABASE__URL": "sqlite:////nowhere/at/all.db"}, "Run `statuspage db upgrade` first"),
        ],
    )
    def test_serve_refuses_with_one_clear_line(
        self, refused: Callable[..., str], environ: dict[str, str], sentence: str
    ) -> None:
        assert sentence in refused(**environ)

    def test_serve_refuses_tables_of_another_version(self, refused: Callable[..., str], tmp_path: Path) -> None:
        (tmp_path / "empty.db").touch()
        said = refused(STATUSPAGE_DATABASE__URL=f"sqlite:///{tmp_path / 'empty.db'}")
        assert "The database is empty. Run `statuspage db upgrade` first." in said

    def test_serve_refuses_a_port_that_is_taken(self, refused: Callable[..., str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            said = refused("--port", str(taken.getsockname()[1]))
        assert "Choose another --host or --port." in said
