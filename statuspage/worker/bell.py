"""What wakes a waiting thread: news in this process, or the end of the worker."""

import threading


class Bell:
    """Rung when there may be something to do; everybody who waits hears it."""

    def __init__(self) -> None:
        self._heard = threading.Condition()
        self._rings = 0

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._heard:
            self._rings += 1
            self._heard.notify_all()

    def wait(self, seconds: float, rings_heard: int) -> int:
        """Wait until the bell has rung more than `rings_heard` times, at most `seconds`; returns how often it has."""
        with self._heard:
            self._heard.wait_for(lambda: self._rings > rings_heard, timeout=seconds)
            return self._rings
