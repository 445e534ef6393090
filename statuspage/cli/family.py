"""A parent and its children: starts them, restarts one that died, stops all, and takes them along when it is killed.

Children are forked, not executed: they share the parent's loaded code, which halves their memory, and a restarted one
runs the same version as its siblings even while an upgrade replaces the files. The parent therefore has no threads
and no open database.
"""

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType

from statuspage.core.log import get_logger

STOP_SECONDS = 8.0
FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 30.0
GOOD_LIFE_SECONDS = 30.0
FAILED_STARTS = 3
_log = get_logger("serve")


class Child:
    """A process that does `work`, which gets a function to call when it is at work; it ends when `work` returns."""

    def __init__(self, name: str, work: Callable[[Callable[[], None]], None]) -> None:
        self.name = name
        self.work = work
        self.pid: int | None = None
        self.started_at = 0.0
        self.restart_at = 0.0
        self.deaths = 0


class Family:
    """Keeps `children` alive until SIGTERM or SIGINT. `at_work` is called once, when the first child is."""

    def __init__(self, children: Sequence[Child], at_work: Callable[[], None]) -> None:
        self._children = children
        self._at_work: Callable[[], None] | None = at_work
        self._stopping = False
        self._ready_read, self._ready_write = os.pipe()
        self._alive_read, self._alive_write = os.pipe()
        self._wake_read, self._wake_write = os.pipe()
        for handle in (self._wake_read, self._wake_write):
            os.set_blocking(handle, False)

    def live(self) -> int:
        """Run until told to stop and return the exit status: 0, or 1 when no child ever got to work."""
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        status = 0
        while not self._stopping:
            self._start_due()
            self._sleep()
            self._bury()
            if self._at_work and max(child.deaths for child in self._children) >= FAILED_STARTS:
                _log.error("no process gets to work; see the messages above")
                status = 1
                break
        self._end_all()
        return status

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _start_due(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.pid is None and now >= child.restart_at:
                self._fork(child)

    def _fork(self, child: Child) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            self._be(child)
        child.pid, child.started_at = pid, time.monotonic()

    def _be(self, child: Child) -> None:
        """What a child does from the fork to its end; never returns."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        for handle in (self._ready_read, self._alive_write, self._wake_read, self._wake_write):
            os.close(handle)
        threading.Thread(target=self._end_with_parent, name="parent watch", daemon=True).start()
        status = 1
        try:
            child.work(self._say_ready)
            status = 0
        except BaseException:  # noqa: BLE001  # the last word of a process; nothing of the parent may run on in it
            _log.error("process_failed", process=child.name, exc_info=True)
        finally:
            os._exit(status)

    def _say_ready(self) -> None:
        os.write(self._ready_write, b".")

    def _end_with_parent(self) -> None:
        """The parent holds the other end of this pipe; when it is gone, whatever ended it, there is nothing to read."""
        os.read(self._alive_read, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    def _sleep(self) -> None:
        """Wait for a signal, a word from a child, or the next restart."""
        due = [child.restart_at for child in self._children if child.pid is None]
        timeout = max(0.0, min(due) - time.monotonic()) if due else None
        readable, _, _ = select.select([self._wake_read, self._ready_read], [], [], timeout)
        if self._wake_read in readable:
            with suppress(BlockingIOError):
                os.read(self._wake_read, 4096)
        if self._ready_read in readable:
            os.read(self._ready_read, 4096)
            if self._at_work:
                self._at_work()
                self._at_work = None

    def _bury(self) -> None:
        for child in self._children:
            if child.pid is None or os.waitpid(child.pid, os.WNOHANG)[0] == 0:
                continue
            now = time.monotonic()
            child.deaths = 1 if now - child.started_at > GOOD_LIFE_SECONDS else child.deaths + 1
            delay = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (child.deaths - 1))
            child.pid, child.restart_at = None, now + delay
            if not self._stopping:
                _log.error("process_died", process=child.name, restart_in_seconds=delay)

    def _end_all(self) -> None:
        """Ask every child to stop, and kill what has not after eight seconds."""
        living = {child.pid for child in self._children if child.pid is not None}
        for pid in living:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while living and time.monotonic() < deadline:
            living = {pid for pid in living if os.waitpid(pid, os.WNOHANG)[0] == 0}
            select.select([self._wake_read], [], [], 0.05)
        for pid in living:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
