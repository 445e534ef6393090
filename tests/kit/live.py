"""A web process of the test's own, on its own or behind a real HTTP server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from statuspage.core.clock import SYSTEM_CLOCK, Clock
from statuspage.core.config import Settings
from statuspage.wsgi import Serving, assemble
from tests.kit.cast import Cast


def left_to_others(seconds: float) -> bool:
    """Build nothing: the null twin of `Builder.catch_up`."""
    return False


@contextmanager
def assembled(settings: Settings, clock: Clock) -> Iterator[Serving]:
    """Put a web process together and close its database at the end."""
    serving = assemble(settings, clock)
    try:
        yield serving
    finally:
        serving.follower.stop()
        serving.builder._database.dispose()


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  # the name is Werkzeug's
        """Say nothing; the application has its own log."""


class LiveSite:
    """Serves an installation on a free port: `url`, `cast`, and `settings` with that address as `site.base_url`.

    Unless it `builds` pages, each is rendered when it is asked for, as the product does while it has none.
    """

    def __init__(self, settings: Settings, cast: Cast, *, builds: bool) -> None:
        self.cast = cast
        self._builds = builds
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        site = settings.site.model_copy(update={"base_url": self.url})
        self.settings = settings.model_copy(update={"site": site})
        self._port = port
        self._server: BaseWSGIServer | None = None
        self._process = assembled(self.settings, SYSTEM_CLOCK)

    def __enter__(self) -> Self:
        self.serving = self._process.__enter__()
        if not self._builds:
            self.serving.builder.is_due = lambda _number: False
            self.serving.builder.catch_up = left_to_others
        self.serving.follower.start()
        self._server = make_server("127.0.0.1", self._port, self.serving.door, threaded=True, request_handler=_Silent)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(self, *fault: Any) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._process.__exit__(*fault)
