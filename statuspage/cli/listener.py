"""One web process: the HTTP engine in front of the public door.

The engine calls back on a few threads. What the door answers from stored bytes is answered there and then; everything
else waits for threads of its own, so a slow request of the panel holds up no reader of the page. A body has to be
read on the engine's threads; one of them is always kept free of that, so a client that sends its body letter by
letter holds up other senders at most.
"""

import io
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from statuspage.cli.engine import Reply, run_engine
from statuspage.core.log import get_logger
from statuspage.publish.door import Door, captured

ENGINE_THREADS = 3
BODIES_AT_ONCE = ENGINE_THREADS - 1
APPLICATION_THREADS = 8
WAITING_REQUESTS = 64
LARGEST_BODY_BYTES = 2 * 1024 * 1024
_PATIENCE_SECONDS = 0.05  # an honest body arrives with its header; a sender that takes longer is slow
_log = get_logger("web")


class Inlet:
    """Where bodies come in, a few at a time. While every place is held by a slow sender, others are turned away."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._senders: dict[int, float] = {}
        self._changed = threading.Condition()

    def read(self, stream: Any, limit: int) -> bytes | None:
        """Return the body, one byte more than `limit` at most; None when there is no place."""
        me = id(stream)
        with self._changed:
            if not self._changed.wait_for(lambda: self._may_enter(time.monotonic()) is not None, _PATIENCE_SECONDS):
                return None
            if not self._may_enter(time.monotonic()):
                return None
            self._senders[me] = time.monotonic()
        try:
            body: bytes = stream.read(limit + 1)
        finally:
            with self._changed:
                del self._senders[me]
                self._changed.notify()
        return body

    def _may_enter(self, now: float) -> bool | None:
        """True: there is a place. False: all are held by slow senders. None: one will be free in a moment."""
        if len(self._senders) < self._places:
            return True
        return False if all(now - since > _PATIENCE_SECONDS for since in self._senders.values()) else None


class Listener:
    """Serves `door`. `serve` returns after SIGTERM or SIGINT."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._application = ThreadPoolExecutor(APPLICATION_THREADS, "application")
        self._waiting = threading.BoundedSemaphore(WAITING_REQUESTS)
        self._inlet = Inlet(BODIES_AT_ONCE)

    def serve(self, listening: socket.socket, ready: Callable[[], None]) -> None:
        """Accept connections from `listening` until told to stop; call `ready` when it has begun."""
        run_engine(listening, self._answer, ready, ENGINE_THREADS)

    def _answer(self, reply: Reply, environ: dict[str, Any]) -> None:
        answer = self._door.at_once(environ)
        if answer:
            status, headers, body = answer
            reply.response_bytes(int(status[:3]), headers, body[0] if body else b"")
        elif self._waiting.acquire(blocking=False):
            self._pass_on(reply, environ)
        else:
            _refuse(reply, 503, "The server is busy. Try again in a few seconds.")

    def _pass_on(self, reply: Reply, environ: dict[str, Any]) -> None:
        refusal, body = None, b""
        if "HTTP_TRANSFER_ENCODING" in environ or environ.get("CONTENT_LENGTH", "0") != "0":
            refusal, body = self._body(environ)
        if refusal:
            self._waiting.release()
            _refuse(reply, *refusal)
        else:
            self._application.submit(self._run, reply, environ | _COMMON | {"wsgi.input": io.BytesIO(body)})

    def _body(self, environ: dict[str, Any]) -> tuple[tuple[int, str] | None, bytes]:
        """Return the whole body, or why there is none."""
        promised = environ.get("CONTENT_LENGTH", "0")
        too_large = (413, f"Send at most {LARGEST_BODY_BYTES // 1024} kB at once.")
        if not promised.isdecimal() or int(promised) > LARGEST_BODY_BYTES:
            return too_large, b""
        body = self._inlet.read(environ["wsgi.input"], LARGEST_BODY_BYTES)
        if body is None:
            return (503, "Too many requests arrive too slowly. Try again in a few seconds."), b""
        if len(body) > LARGEST_BODY_BYTES:
            return too_large, b""
        if len(body) < int(promised):
            return (400, "The request was cut short. Send it again."), b""
        return None, body

    def _run(self, reply: Reply, environ: dict[str, Any]) -> None:
        try:
            status, headers, content = captured(self._door, environ)
            reply.response_bytes(int(status[:3]), headers, content[0])
        except Exception:  # noqa: BLE001  # the edge of the web: the client gets an answer whatever happened
            _log.error("request_failed", path=environ.get("PATH_INFO"), exc_info=True)
            _refuse(reply, 500, "Something went wrong here. Try again.")
        finally:
            self._waiting.release()


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
