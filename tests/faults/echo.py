"""A web process in front of an application that tells what it was sent: quick to start, and easily kept busy."""

import multiprocessing
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from statuspage.cli.listener import Listener
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.publish.assets import Assets
from statuspage.publish.door import Door
from statuspage.publish.freshness import Freshness
from statuspage.publish.store import Generation, Store
from tests.kit.clock import NOON
from tests.publish.imagined import page


class Echo:
    """`/echo` returns the body, `/hold` never comes to an end, `/fail` fails."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"]
        if path == "/fail":
            raise ZeroDivisionError
        if path == "/hold":
            threading.Event().wait()
        body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Type", "application/octet-stream"), ("X-Length", str(len(body)))])
        return [body[:50], body[50:]]


def _serve(directory: str, word: Connection) -> None:
    root = Path(directory)
    store = Store(root / "site")
    store.put(page())
    store.advance(Generation(1, NOON))
    (root / "static").mkdir()
    door = Door(store, Assets(root / "static"), Echo(), Freshness(SYSTEM_CLOCK))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        port = listening.getsockname()[1]
        Listener(door).serve(listening, lambda: word.send(port))


class EchoProcess:
    """The process; `port` is where it listens."""

    def __init__(self, directory: Path) -> None:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe(False)
        self._process = spawn.Process(target=_serve, args=(str(directory), theirs))
        self._process.start()
        theirs.close()
        self.port: int = ours.recv()
        ours.close()

    def connect(self) -> socket.socket:
        """Open a connection that waits a long time for its answers."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
