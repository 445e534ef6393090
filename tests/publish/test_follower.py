import os
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from statuspage.core.db import Database
from statuspage.core.errors import Conflict, Unavailable
from statuspage.outbox.actions import publish
from statuspage.publish import follower as following
from statuspage.publish.builder import Builder
from statuspage.publish.follower import Claim, Follower
from statuspage.publish.freshness import Freshness
from tests.kit.clock import NOON, FrozenClock
from tests.publish.imagined import ImaginedPages, announce, builder

PATIENCE = 20  # seconds a test waits for a thread before it fails


@pytest.fixture
def pages() -> ImaginedPages:
    return ImaginedPages()


@pytest.fixture
def made(database: Database, tmp_path: Path, pages: ImaginedPages, clock: FrozenClock) -> Builder:
    return builder(database, tmp_path, pages, clock)


@pytest.fixture
def freshness(clock: FrozenClock) -> Freshness:
    return Freshness(clock)


@pytest.fixture
def follower(database: Database, made: Builder, freshness: Freshness, clock: FrozenClock) -> Follower:
    return Follower(database, made, freshness, clock)


@pytest.fixture
def running(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> Iterator[Follower]:
    monkeypatch.setattr(following, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(following, "LONGEST_WAIT_SECONDS", 0.02)
    follower.start()
    yield follower
    follower.stop()


class Due:
    """Something that becomes public at `at`."""

    def __init__(self, at: datetime) -> None:
        self.at, self.done, self.fault = at, 0, None

    def is_due(self, session: Session, now: datetime) -> bool:
        return now >= self.at and not self.done

    def carry_out(self, session: Session, now: datetime) -> None:
        if self.fault:
            raise self.fault
        self.done += 1
        publish(session, ["site"], now)


def until(condition: "threading.Event") -> None:
    assert condition.wait(PATIENCE), "the follower did not get there"


def test_a_round_builds_what_others_committed(
    follower: Follower, made: Builder, database: Database, pages: ImaginedPages, clock: FrozenClock
) -> None:
    follower.follow_once()
    pages.stories["abc"] = "Mail is slow"
    number = announce(database, clock, "incident:abc")
    follower.follow_once()
    known = made.store.generation()
    assert known and known.number == number
    assert "/incidents/abc" in made.store.paths()


def test_a_round_without_news_renders_nothing(follower: Follower, made: Builder, pages: ImaginedPages) -> None:
    made.finish()
    pages.told.clear()
    assert follower.follow_once() == following.POLL_SECONDS
    assert pages.told == {}


def test_each_round_remembers_that_host_and_database_agree(
    follower: Follower, freshness: Freshness, clock: FrozenClock
) -> None:
    follower.follow_once()
    assert freshness.agreed_at == NOON
    later = clock.advance(minutes=3)
    follower.follow_once()
    assert freshness.agreed_at == later


def test_a_host_that_cannot_build_does_not_say_that_it_agrees(
    follower: Follower, made: Builder, freshness: Freshness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made, "follow", lambda seconds: False)
    follower.follow_once()
    assert freshness.agreed_at is None


def test_what_is_due_by_the_clock_is_carried_out_and_built_in_the_same_round(
    database: Database, made: Builder, freshness: Freshness, clock: FrozenClock
) -> None:
    due = Due(at=NOON.replace(hour=13))
    follower = Follower(database, made, freshness, clock, [Claim(due.is_due, due.carry_out)])
    follower.follow_once()
    assert due.done == 0
    clock.advance(hours=1)
    follower.follow_once()
    follower.follow_once()
    assert due.done == 1
    known = made.store.generation()
    assert known and known.number == 1


def test_losing_the_race_for_what_is_due_is_no_fault(
    database: Database, made: Builder, freshness: Freshness, clock: FrozenClock
) -> None:
    due = Due(at=NOON)
    due.fault = Conflict("Another follower was faster.")
    Follower(database, made, freshness, clock, [Claim(due.is_due, due.carry_out)]).follow_once()
    assert freshness.agreed_at == NOON


def test_a_wide_change_is_continued_without_waiting(
    follower: Follower, pages: ImaginedPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages.stories["abc"] = "Mail is slow"
    monkeypatch.setattr("statuspage.publish.background.BATCH_SECONDS", -1.0)
    assert follower.follow_once() == following.PAUSE_SECONDS


class Outage:
    """Takes `is_due` of a builder away until it is over; `felt` is set once three rounds have failed."""

    def __init__(self, fault: Exception) -> None:
        self.fault, self.rounds, self.felt = fault, 0, threading.Event()

    def is_due(self, number: int) -> bool:
        self.rounds += 1
        if self.rounds >= 3:
            self.felt.set()
        raise self.fault


@pytest.mark.parametrize("fault", [Unavailable(), ZeroDivisionError()], ids=["no database", "any other fault"])
def test_the_thread_survives_a_fault_and_says_so_once(running: Follower, made: Builder, fault: Exception) -> None:
    outage, recovered = Outage(fault), threading.Event()
    with capture_logs() as logged:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(made, "is_due", outage.is_due)
            until(outage.felt)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(made, "is_due", lambda number: recovered.set())
            until(recovered)
            running.stop()
    assert [line["log_level"] for line in logged] == ["error", "info"]
    assert logged[1]["event"] == "the database answers again"


def test_a_stopped_follower_has_no_thread(running: Follower) -> None:
    running.stop()
    assert "follower" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_follows_with_a_thread_of_its_own(
    follower: Follower, database: Database, made: Builder, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "POLL_SECONDS", 0.01)
    follower.start()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        alive = any(thread.name == "follower" for thread in threading.enumerate())
        os.write(write, b"follows" if alive else b"nobody")
        os._exit(0)
    os.waitpid(child, 0)
    follower.stop()
    assert os.read(read, 20) == b"follows"
    os.close(read)
    os.close(write)
