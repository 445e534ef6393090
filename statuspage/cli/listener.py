"""One web process: the HTTP engine in front of the public door.

The engine calls back on one thread. What the door answers from stored bytes is answered there and then; everything
else waits for one of a few threads of its own, so neither a slow request of the panel nor a client that sends its
body letter by letter holds up a reader of the page.
"""

import io
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from statuspage.cli.engine import Reply, run_engine
from statuspage.core.log import get_logger
from statuspage.publish.door import Door, captured

APPLICATION_THREADS = 8
WAITING_REQUESTS = 64
BODIES_AT_ONCE = 16
LARGEST_BODY_BYTES = 2 * 1024 * 1024
_BODY_BEGINS_SECONDS = 2.0
_BODY_PATIENCE_SECONDS = 0.05  # within it nearly every body is here; a slower one is waited for elsewhere
_log = get_logger("web")


class Listener:
    """Serves `door`. `serve` returns after SIGTERM or SIGINT, when the requests under way are answered."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._application = ThreadPoolExecutor(APPLICATION_THREADS, "application")
        self._readers = ThreadPoolExecutor(BODIES_AT_ONCE, "bodies")
        self._places = threading.BoundedSemaphore(WAITING_REQUESTS)
        self._bodies = threading.BoundedSemaphore(BODIES_AT_ONCE)

    def serve(self, listening: socket.socket, ready: Callable[[], None]) -> None:
        """Accept connections from `listening` until told to stop; call `ready` when it has begun."""
        run_engine(listening, self._answer, ready)

    def _answer(self, reply: Reply, environ: dict[str, Any]) -> None:
        """Called by the engine for every request; whoever holds `reply` may answer later, from any thread."""
        answer = self._door.at_once(environ)
        if answer:
            status, headers, body = answer
            reply.response_bytes(int(status[:3]), headers, body[0] if body else b"")
        elif not self._places.acquire(blocking=False):
            _refuse(reply, 503, "The server is busy. Try again in a few seconds.")
        elif "HTTP_TRANSFER_ENCODING" in environ or environ.get("CONTENT_LENGTH", "0") != "0":
            self._take_body(reply, environ)
        else:
            self._application.submit(self._run, reply, environ, b"")

    def _take_body(self, reply: Reply, environ: dict[str, Any]) -> None:
        """Let another thread read the body. The engine drops a body that nobody reads when its callback ends, so
        this waits until the reading has begun."""
        length = environ.get("CONTENT_LENGTH", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY_BYTES:
            self._turn_away(reply, 413, f"Send at most {LARGEST_BODY_BYTES // 1024} kB at once.")
        elif not self._bodies.acquire(blocking=False):
            self._turn_away(reply, 503, "Too many requests are being sent at once. Try again in a few seconds.")
        else:
            begun, done = threading.Event(), threading.Event()
            self._readers.submit(self._read, reply, environ, begun, done)
            if begun.wait(_BODY_BEGINS_SECONDS):
                done.wait(_BODY_PATIENCE_SECONDS)

    def _read(self, reply: Reply, environ: dict[str, Any], begun: threading.Event, done: threading.Event) -> None:
        stream = environ["wsgi.input"]
        begun.set()
        body = stream.read(LARGEST_BODY_BYTES + 1)
        done.set()
        self._bodies.release()
        if len(body) > LARGEST_BODY_BYTES:
            self._turn_away(reply, 413, f"Send at most {LARGEST_BODY_BYTES // 1024} kB at once.")
        elif len(body) < int(environ.get("CONTENT_LENGTH", "0")):
            self._turn_away(reply, 400, "The request was cut short. Send it again.")
        else:
            self._application.submit(self._run, reply, environ, body)

    def _run(self, reply: Reply, environ: dict[str, Any], body: bytes) -> None:
        try:
            status, headers, content = captured(self._door, environ | _COMMON | {"wsgi.input": io.BytesIO(body)})
            reply.response_bytes(int(status[:3]), headers, content[0])
        except Exception:  # noqa: BLE001  # the edge of the web: the client gets an answer whatever happened
            _log.error("request_failed", path=environ.get("PATH_INFO"), exc_info=True)
            _refuse(reply, 500, "Something went wrong here. Try again.")
        finally:
            self._places.release()

    def _turn_away(self, reply: Reply, status: int, sentence: str) -> None:
        self._places.release()
        _refuse(reply, status, sentence)


def _refuse(reply: Reply, status: int, sentence: str) -> None:
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if status == 503:
        headers.append(("Retry-After", "5"))
    reply.response_bytes(status, headers, f"{sentence}\n".encode())


_COMMON: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}
