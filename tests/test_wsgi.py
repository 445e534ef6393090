import subprocess
import sys
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest

from statuspage import wsgi
from statuspage.core.config import Settings
from statuspage.core.db import Database, commit
from statuspage.domain.editorial.actions import Sending, Typed, Word, send_draft
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.rules import Publishing
from statuspage.publish.door import Door
from statuspage.wsgi import Serving
from tests.kit.browser import StrictBrowser
from tests.kit.cast import Cast, declare, says
from tests.kit.clock import FrozenClock

SERVE_ONE_REQUEST = """
from wsgiref.util import setup_testing_defaults
from statuspage.wsgi import app
from statuspage import wsgi

assert wsgi.app is app
environ = {"HTTP_HOST": "127.0.0.1:8000"}
setup_testing_defaults(environ)
said = []
body = b"".join(app(environ, lambda status, headers: said.append(status)))
print(said, len(body))
"""


def run(program: str, settings: Settings, directory: Path) -> str:
    """Run a program in a process of its own, set up for the installation of the test, and return what it printed."""
    environ = {
        "STATUSPAGE_DATA__DIR": str(directory / "var"),
        "STATUSPAGE_DATABASE__URL": settings.database_url,
        "STATUSPAGE_SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=180, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.soak_on("postgresql")
def test_any_wsgi_server_finds_the_door_under_the_name_app(settings: Settings, settled: Cast, tmp_path: Path) -> None:
    assert run(SERVE_ONE_REQUEST, settings, tmp_path).startswith("['200 OK']")


SERVE_AFTER_A_FORK = """
import os, sys, threading
from wsgiref.util import setup_testing_defaults
from statuspage.wsgi import app

if os.fork():
    sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
environ = {"HTTP_HOST": "127.0.0.1:8000"}
setup_testing_defaults(environ)
said = []
body = b"".join(app(environ, lambda status, headers: said.append(status)))
print(said, any(thread.name == "follower" and thread.is_alive() for thread in threading.enumerate()), flush=True)
os._exit(0)
"""


@pytest.mark.soak_on("postgresql")
def test_a_server_may_load_it_before_it_forks(settings: Settings, settled: Cast, tmp_path: Path) -> None:
    """As `gunicorn --preload` does: each process answers, with a follower of its own."""
    assert run(SERVE_AFTER_A_FORK, settings, tmp_path).startswith("['200 OK'] True")


def test_the_module_has_no_other_lazy_names() -> None:
    with pytest.raises(AttributeError, match="no attribute application"):
        _ = wsgi.application


def test_a_visitor_comes_through_the_door_and_staff_behind_it(visitor: StrictBrowser, settled: Cast) -> None:
    assert "All systems operational" in visitor.get("/").text
    assert visitor.get("/admin/").path.startswith("/signin")


def test_every_answer_of_a_built_door_is_cacheable_and_sets_no_cookie(door: Door, settled: Cast) -> None:
    environ: dict[str, object] = {"HTTP_HOST": "status.example.com", "HTTP_COOKIE": "a=b"}
    setup_testing_defaults(environ)
    for _ in range(2):  # rendered live, then from the store
        said: list[list[tuple[str, str]]] = []
        b"".join(door(environ, lambda status, headers, said=said: said.append(headers)))
        names = {name.lower(): value for name, value in said[0]}
        assert names["vary"] == "Accept-Encoding"
        assert "set-cookie" not in names


def test_a_follower_publishes_what_waits_and_builds_its_pages(
    serving: Serving, database: Database, settled: Cast, clock: FrozenClock
) -> None:
    with database.session() as session:
        incident = declare(session, settled.ben, clock.now())
        change_publishing(session, Publishing(10), by=settled.ada, now=clock.now())
        send_draft(session, incident, Sending(Word(says("Found it.")), Typed({})), by=settled.ben, now=clock.now())
        commit(session)
    serving.follower.follow_once()
    home = serving.builder.store.get("/")
    assert home and b"Found it." not in home.page.body
    clock.advance(seconds=10)
    serving.follower.follow_once()
    home = serving.builder.store.get("/")
    assert home and b"Found it." in home.page.body
