import os
import signal

from tests.faults.house import House, eventually


def shows(house: House, path: str, title: str) -> bool:
    """Whether the incident's page and the front page tell of it."""
    return all(status == 200 and title in body for status, body in (house.get(path), house.get("/")))


def test_what_was_committed_by_a_process_killed_before_it_rebuilt_comes_onto_the_page(serving: House) -> None:
    (web,) = serving.children()
    os.kill(web, signal.SIGSTOP)  # it will never rebuild what is committed now
    path = serving.declare("Payments fail")
    os.kill(web, signal.SIGKILL)
    eventually("the next process shows it", lambda: shows(serving, path, "Payments fail"))


def test_what_another_process_committed_comes_onto_the_page(serving: House) -> None:
    path = serving.declare("Payments fail")
    eventually("the running process shows it", lambda: shows(serving, path, "Payments fail"))


def test_what_was_committed_while_nobody_served_comes_onto_the_page(serving: House) -> None:
    serving.end()
    path = serving.declare("Payments fail")
    serving.serve("--processes", "1", "--no-worker")
    eventually("the new house shows it", lambda: shows(serving, path, "Payments fail"))
