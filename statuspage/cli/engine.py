"""granian's HTTP engine in this very process, without granian's own supervisor and WSGI wrapper.

The names used here are not among those that granian promises to keep: its version is bounded in pyproject.toml, and
the tests in `tests/faults/` knock at a real socket. The door answers a third more requests this way, and the threads
are ours to divide.
"""

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Any, Protocol

from granian import _futures, _granian, _signals
from granian.http import HTTP1Settings

HEADER_SECONDS = 10
BACKLOG = 1024

_native: Any = _granian  # its published types are those of another version
_new_scheduler: Any = _futures._new_cbscheduler
_on_signals: Any = _signals.set_sync_signals


class Reply(Protocol):
    """One request's way back. Whoever holds it may answer once, later and from any thread."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send the answer."""
        ...


def run_engine(
    listening: socket.socket, answer: Callable[[Reply, dict[str, Any]], None], ready: Callable[[], None], threads: int
) -> None:
    """Accept connections until SIGTERM or SIGINT; call `ready` when it has begun.

    `answer` is called for every request, on one of `threads` threads; it may leave the reply to others, but has to
    read the request's body itself. The more threads, the more they wait for each other.
    """
    holder = _native.SocketHolder(listening.fileno(), False, BACKLOG)
    settings = HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000)
    worker = _native.WSGIWorker(
        1, (None, holder), None, threads=1, py_threads=threads, backpressure=BACKLOG, http_mode="1", http1_opts=settings
    )
    stopping, stopped = _on_signals(), threading.Event()
    stopping.add_cb(stopped.set)
    loop = asyncio.new_event_loop()  # the engine wants one; nothing ever runs in it
    worker.serve_mtr(_new_scheduler(loop, answer, impl_asyncio=True), loop, stopping)
    ready()
    stopped.wait()
    loop.close()
