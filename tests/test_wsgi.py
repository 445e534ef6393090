import subprocess
import sys
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest

from statuspage import wsgi
from statuspage.core.config import Settings
from statuspage.publish.door import Door
from tests.kit.browser import StrictBrowser
from tests.kit.cast import Cast

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


def test_any_wsgi_server_finds_the_door_under_the_name_app(settings: Settings, settled: Cast, tmp_path: Path) -> None:
    environ = {
        "STATUSPAGE_DATA__DIR": str(tmp_path / "var"),
        "STATUSPAGE_DATABASE__URL": settings.database_url,
        "STATUSPAGE_SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-c", SERVE_ONE_REQUEST]
    served = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=90, check=False)
    assert served.stdout.startswith("['200 OK']"), served.stderr


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
