from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy.orm import Session

from statuspage.core.db import Database, commit, new_id
from statuspage.outbox.actions import forget_addresses
from statuspage.outbox.duties import beat, enlist, last_seen, sign_off, take_turn, worker_is_alive
from statuspage.outbox.enums import DeliveryState
from statuspage.outbox.models import Worker
from tests.kit.clock import NOON
from tests.outbox.queue import add_delivery, again

MINUTE = timedelta(minutes=1)


def worker() -> Worker:
    return Worker(id=new_id(), host="here", version="1", started_at=NOON, seen_at=NOON)


def test_without_workers_nobody_is_alive(session: Session) -> None:
    assert last_seen(session) is None
    assert not worker_is_alive(session, NOON)


def test_a_worker_is_alive_while_it_is_heard_of(session: Session) -> None:
    one = worker()
    enlist(session, one)
    session.flush()
    assert worker_is_alive(session, NOON + MINUTE - timedelta(seconds=1))
    assert not worker_is_alive(session, NOON + MINUTE)
    beat(session, one.id, NOON + MINUTE)
    assert worker_is_alive(session, NOON + MINUTE)
    assert last_seen(session) == NOON + MINUTE


def test_one_that_signed_off_is_not_waited_for(session: Session) -> None:
    one = worker()
    enlist(session, one)
    session.flush()
    sign_off(session, one.id, NOON)
    assert not worker_is_alive(session, NOON)


def test_workers_of_last_week_are_forgotten(session: Session) -> None:
    old = worker()
    old.seen_at = NOON - timedelta(days=8)
    session.add(old)
    session.flush()
    enlist(session, worker())
    session.flush()
    assert session.query(Worker).count() == 1


def test_a_duty_is_taken_once_a_turn(session: Session) -> None:
    assert take_turn(session, "dusting", MINUTE, NOON)
    assert not take_turn(session, "dusting", MINUTE, NOON)
    assert take_turn(session, "polishing", MINUTE, NOON)
    assert not take_turn(session, "dusting", MINUTE, NOON + MINUTE - timedelta(seconds=1))
    assert take_turn(session, "dusting", MINUTE, NOON + MINUTE)
    assert not take_turn(session, "dusting", MINUTE, NOON + MINUTE)


def test_the_first_turn_of_all_is_taken_once_however_many_begin_at_once(database: Database) -> None:
    beginning = Barrier(4)

    def begin(name: str) -> bool:
        beginning.wait(60)
        with database.session() as session:
            taken = take_turn(session, name, MINUTE, NOON)
            commit(session)
        return taken

    with ThreadPoolExecutor(4) as workers:
        for number in range(5):
            assert sum(workers.map(begin, [f"dusting {number}"] * 4)) == 1


def test_old_addresses_are_emptied_and_counted_rows_stay(session: Session) -> None:
    done = {"state": DeliveryState.GONE, "last_error": "550 sam@example.net unknown"}
    old = add_delivery(session, NOON, finished_at=NOON, **done)
    young = add_delivery(session, NOON, finished_at=NOON + MINUTE, **done)
    waiting = add_delivery(session, NOON)
    forget_addresses(session, NOON + MINUTE)
    assert [again(session, row).address for row in (old, young, waiting)] == ["", "sam@example.net", "sam@example.net"]
    assert again(session, old).last_error == ""
