"""`statuspage serve`: the parent of the web processes and one worker."""

import gc
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

import click

from statuspage.cli.engine import BACKLOG
from statuspage.cli.family import Child, Family
from statuspage.cli.listener import Listener
from statuspage.cli.shell import Shell, pass_shell
from statuspage.core.clock import Clock
from statuspage.core.config import Settings
from statuspage.core.log import configure_logging
from statuspage.worker.run import run_worker, stop_when_told
from statuspage.wsgi import assemble

PAGE_ROOM_BYTES = 256 * 1024  # a whole page leaves in one write: a sixth less processor time than in several


@dataclass(frozen=True)
class House:
    """What `serve` is asked for: where to listen (port 0 takes a free one), how many web processes, a worker or not."""

    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2
    worker: bool = True


@click.command()
@click.option("--host", default=House.host, show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=House.port, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
@click.option("--processes", default=House.processes, show_default=True, type=click.IntRange(1, 64))
@click.option("--no-worker", is_flag=True, help="Start no worker; run `statuspage worker` elsewhere.")
@pass_shell
def serve(shell: Shell, host: str, port: int, processes: int, no_worker: bool) -> int:
    """Serve the page and the panel, with one worker, until SIGTERM or Ctrl-C."""
    house = House(host, port, processes, worker=not no_worker)
    return keep_house(shell, house, lambda url: click.echo(f"Listening on {url}"))


def keep_house(shell: Shell, house: House, at_work: Callable[[str], None]) -> int:
    """Serve until told to stop; call `at_work` with the address when requests are accepted. Returns the exit status.

    Refuses with a sentence when configuration, secret, tables or address are not as they must be.
    """
    shell.refuse_unready()
    shell.database.dispose()  # a connection must not be shared by processes
    listening = bind(house)
    url = url_of(listening)
    settings = at_its_address(shell.settings, url)
    configure_logging()
    children = [web_process(settings, shell.clock, listening) for _ in range(house.processes)]
    if house.worker:
        children.append(worker_process(settings, shell.clock, listening))
    gc.collect()
    gc.freeze()  # what is loaded stays shared with the children
    gc.set_threshold(10_000, 20, 20)  # rows of a big page go without its help; looking costs a quarter
    return Family(children, lambda: at_work(url)).live()


def bind(house: House) -> socket.socket:
    """Return a listening socket. Fails with a sentence when the address cannot be had."""
    try:
        return _listening(house)
    except OSError as fault:
        where, why = f"{house.host} port {house.port}", fault.strerror
        raise click.ClickException(f"Cannot listen on {where} ({why}). Choose another --host or --port.") from fault


def _listening(house: House) -> socket.socket:
    found = socket.getaddrinfo(house.host, house.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, place = found[0]
    with ExitStack() as undo:
        listening = undo.enter_context(socket.socket(family, kind, protocol))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, PAGE_ROOM_BYTES)
        listening.bind(place)
        listening.listen(BACKLOG)
        listening.setblocking(False)
        undo.pop_all()
    return listening


def url_of(listening: socket.socket) -> str:
    """Return the address of a listening socket as a browser on this machine would write it."""
    host, port = listening.getsockname()[:2]
    return url_at(host, port)


def url_at(host: str, port: int) -> str:
    """Return where a browser on this machine finds what listens on `host`; "everywhere" is found on loopback."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # looked up, nothing is bound to it
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def at_its_address(settings: Settings, url: str) -> Settings:
    """Return the settings with `site.base_url` as configured, else the address of this server."""
    if "base_url" in settings.site.model_fields_set:
        return settings
    return settings.model_copy(update={"site": settings.site.model_copy(update={"base_url": url})})


def web_process(settings: Settings, clock: Clock, listening: socket.socket) -> Child:
    """Return a child that serves the page and the panel."""

    def work(ready: Callable[[], None]) -> None:
        serving = assemble(settings, clock)
        serving.follower.start()
        Listener(serving.door).serve(listening, ready)
        serving.follower.stop()

    return Child("web", work)


def worker_process(settings: Settings, clock: Clock, listening: socket.socket) -> Child:
    """Return a child that sends what waits to be sent."""

    def work(_ready: Callable[[], None]) -> None:
        listening.close()
        run_worker(settings, clock, stop_when_told())

    return Child("worker", work)
