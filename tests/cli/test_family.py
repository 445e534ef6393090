import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import pytest

from statuspage.cli import family
from statuspage.cli.family import Child, Family

PATIENCE = 60
spawn = multiprocessing.get_context("spawn")


def live(children: list[Child], at_work: Callable[[], None] = lambda: None, **constants: float) -> None:
    """Run a family in this process and end with its status."""
    for name, value in constants.items():
        setattr(family, name, value)
    os._exit(Family(children, at_work).live())


def never_at_work() -> None:
    def fail(ready: Callable[[], None]) -> None:
        raise ZeroDivisionError

    live([Child("web", fail)], FIRST_DELAY_SECONDS=0.01)


def deaf_to_sigterm(word: Connection) -> None:
    def work(ready: Callable[[], None]) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        ready()
        time.sleep(PATIENCE)

    live([Child("web", work)], lambda: word.send("at work"), STOP_SECONDS=0.2)


def dies_twice(word: Connection) -> None:
    """The third life of the child tells how many there were."""
    read, write = os.pipe()
    os.write(write, b"..")

    def work(ready: Callable[[], None]) -> None:
        ready()
        os.set_blocking(read, False)
        try:
            os.read(read, 1)
        except BlockingIOError:
            word.send("lives")
            time.sleep(PATIENCE)
        os._exit(3)

    live([Child("worker", work)], FIRST_DELAY_SECONDS=0.01)


def run(target: Callable[..., None], *arguments: object) -> "multiprocessing.process.BaseProcess":
    process = spawn.Process(target=target, args=arguments)
    process.start()
    return process


def test_a_family_whose_children_never_get_to_work_gives_up() -> None:
    process = run(never_at_work)
    process.join(PATIENCE)
    assert process.exitcode == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_child_that_does_not_stop_is_killed(number: signal.Signals) -> None:
    ours, theirs = spawn.Pipe(False)
    process = run(deaf_to_sigterm, theirs)
    assert ours.poll(PATIENCE) and ours.recv() == "at work"
    assert process.pid
    os.kill(process.pid, number)
    process.join(PATIENCE)
    assert process.exitcode == 0
    ours.close()
    theirs.close()


def test_a_child_that_died_is_started_again_and_again() -> None:
    ours, theirs = spawn.Pipe(False)
    process = run(dies_twice, theirs)
    assert ours.poll(PATIENCE) and ours.recv() == "lives"
    process.terminate()
    process.join(PATIENCE)
    assert process.exitcode == 0
    ours.close()
    theirs.close()
