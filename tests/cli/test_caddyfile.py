"""`docs/Caddyfile` does what it says, where Caddy is installed."""

import http.client
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.kit.source import ROOT, text

LIMIT_SECONDS = 60


@pytest.fixture
def caddy() -> str:
    found = shutil.which("caddy")
    if found is None:
        pytest.skip("caddy is not installed")
    return found


def test_it_is_sound(caddy: str, tmp_path: Path) -> None:
    command = [caddy, "validate", "--adapter", "caddyfile", "--config", ROOT / "docs/Caddyfile"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env={"HOME": str(tmp_path)})
    assert run.returncode == 0, run.stderr


class Heard(BaseHTTPRequestHandler):
    """Answers with the headers that came."""

    def do_GET(self) -> None:
        said = "".join(f"{name}: {value}\n" for name, value in self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def behind(caddy: str, directory: Path) -> Iterator[int]:
    """Run the Caddyfile over plain HTTP before `Heard`; yields the port."""
    with HTTPServer(("127.0.0.1", 0), Heard) as upstream, socket.create_server(("127.0.0.1", 0)) as lent:
        threading.Thread(target=upstream.serve_forever, daemon=True).start()
        port = lent.getsockname()[1]
        lent.close()
        rules = text("docs/Caddyfile").replace("status.example.com", f"http://127.0.0.1:{port}")
        rules = rules.replace("127.0.0.1:8000", f"127.0.0.1:{upstream.server_address[1]}")
        file = directory / "Caddyfile"
        file.write_text("{\n\tadmin off\n}\n" + rules)
        command = [caddy, "run", "--adapter", "caddyfile", "--config", str(file)]
        with subprocess.Popen(command, env={"HOME": str(directory)}, stderr=subprocess.DEVNULL) as process:
            try:
                _wait_for(port)
                yield port
            finally:
                process.terminate()
                upstream.shutdown()


def _wait_for(port: int) -> None:
    until = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("caddy does not listen")


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X_Forwarded_For", "X-Forwarded_For", "x_forwarded-for"])
def test_what_a_visitor_writes_about_itself_does_not_get_through(caddy: str, tmp_path: Path, name: str) -> None:
    with behind(caddy, tmp_path) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_SECONDS)
        connection.request("GET", "/", headers={name: "192.0.2.66"})
        heard = connection.getresponse().read().decode()
        connection.close()
    assert "X-Forwarded-For: 127.0.0.1\n" in heard
    assert "192.0.2.66" not in heard
