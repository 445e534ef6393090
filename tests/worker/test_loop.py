import threading

from statuspage.core.errors import Unavailable
from statuspage.worker import loop
from statuspage.worker.bell import Bell
from statuspage.worker.loop import attempt, repeat


class Script:
    """A job whose steps are scripted: a value is returned, an exception raised; after the last the worker stops."""

    def __init__(self, *steps: bool | Exception, rest: float = 0.0) -> None:
        self.steps = list(steps)
        self.rest = rest
        self.stop = threading.Event()
        self.blamed: list[BaseException] = []

    def step(self) -> bool:
        said = self.steps.pop(0)
        if not self.steps:
            self.stop.set()
        if isinstance(said, Exception):
            raise said
        return said

    def blame(self, fault: BaseException) -> None:
        self.blamed.append(fault)
        raise RuntimeError("taking note fails as well")

    def rest_seconds(self) -> float:
        return self.rest


def run(script: Script) -> Script:
    repeat("test", script, script.stop, Bell())
    return script


def test_a_job_is_repeated_until_the_worker_stops() -> None:
    assert run(Script(True, True, True)).steps == []


def test_an_error_is_noted_and_the_job_goes_on(monkeypatch) -> None:
    monkeypatch.setattr(loop, "_DATABASE_AWAY_SECONDS", 0.0)
    fault = KeyError("x")
    script = run(Script(True, fault, True))
    assert (script.steps, script.blamed) == ([], [fault])


def test_a_database_that_is_away_is_nobodys_fault(monkeypatch) -> None:
    monkeypatch.setattr(loop, "_DATABASE_AWAY_SECONDS", 0.0)
    script = run(Script(Unavailable(), True))
    assert (script.steps, script.blamed) == ([], [])


def test_an_idle_job_wakes_when_the_bell_rings() -> None:
    bell, script = Bell(), Script(False, True)
    thread = threading.Thread(target=repeat, args=("test", script, script.stop, bell))
    thread.start()
    bell.ring()
    thread.join(20)
    assert not thread.is_alive()


def test_an_attempt_tells_done_from_nothing_to_do_from_a_fault() -> None:
    def broken() -> bool:
        raise ValueError

    assert [attempt("test", step, repr) for step in (lambda: True, lambda: False, broken)] == [True, False, None]


def test_a_bell_rung_before_anybody_waited_is_heard() -> None:
    bell = Bell()
    bell.ring()
    assert bell.wait(60, rings_heard=0) == 1
    assert bell.wait(0.0, rings_heard=1) == 1
