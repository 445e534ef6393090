"""The product in processes of their own, to be killed: forked from one that has loaded it, a tenth of what starting an
interpreter costs. `tests/browser/test_story.py` and `tests/cli/test_demo.py` start the real command."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from statuspage.cli.main import run

_loaded = multiprocessing.get_context("forkserver")
_loaded.set_forkserver_preload(["statuspage.cli.serve", "statuspage.worker.run", "tests.kit.commands"])


class Running:
    """A process that does `work`, with `environ` as its whole environment; what it says goes to the end of `log`."""

    def __init__(self, work: Callable[[], object], environ: Mapping[str, str], log: Path) -> None:
        self._process = _loaded.Process(target=_work, args=(work, dict(environ), log))
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()

    def wait(self, seconds: float) -> int:
        """Wait for its end and return the exit status; fail when it takes longer."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, f"it did not end within {seconds} s"
        return self._process.exitcode


def _work(work: Callable[[], object], environ: dict[str, str], log: Path) -> None:
    os.environ.clear()
    os.environ.update(environ)
    with log.open("a") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(work())


def command(arguments: list[str]) -> int:
    """Run the `statuspage` command, for `Running(partial(command, ["serve"]), ...)`."""
    return run(arguments)
