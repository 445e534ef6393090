"""The promise of the outbox, with real processes, a real mail server and real kills: everybody is told at least once,
and a kill costs at most one message a second time."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from statuspage.core.db import Database
from tests.faults.processes import installation, publish_to, states, wait_until, wait_until_sent
from tests.kit.mail import SmtpSink

RECIPIENTS = 500
FEW = 200


def check(sink: SmtpSink, everybody: set[str], *, most_duplicates: int) -> None:
    came = Counter(sink.recipients())
    assert set(came) == everybody, "nobody is left out and nobody else is told"
    assert sum(came.values()) - len(came) <= most_duplicates
    ids = {mail.recipient: {mail.message["Message-ID"]} for mail in sink.mails}
    for mail in sink.mails:
        ids[mail.recipient].add(mail.message["Message-ID"])
    assert all(len(found) == 1 for found in ids.values()), "a duplicate has the same Message-ID"


def kill_and_go_on(database: Database, data_dir: Path, sink: SmtpSink, after: list[int]) -> None:
    """Kill the worker each time the sink has taken so many messages; another one takes over."""
    everybody = publish_to(database, RECIPIENTS - 1)
    with installation(database, data_dir, sink) as workers:
        for count in after:
            worker = workers.start()
            wait_until(f"message {count}", lambda count=count: len(sink.mails) >= count)
            workers.kill(worker)
        workers.start()
        wait_until_sent(database)
        workers.stop()
    check(sink, everybody, most_duplicates=len(after))
    assert states(database) == {"delivered": RECIPIENTS}


@pytest.mark.soak_on("postgresql")
def test_a_killed_worker_loses_nobody_and_repeats_at_most_one(
    database: Database, tmp_path: Path, smtp_sink: SmtpSink
) -> None:
    kill_and_go_on(database, tmp_path, smtp_sink, after=[137])


@pytest.mark.soak_on("sqlite")
def test_two_workers_share_a_fan_out_without_a_duplicate(
    database: Database, tmp_path: Path, smtp_sink: SmtpSink
) -> None:
    with installation(database, tmp_path, smtp_sink) as workers:
        workers.start()
        workers.start()
        everybody = publish_to(database, FEW)
        wait_until_sent(database)
        workers.stop()
    check(smtp_sink, everybody, most_duplicates=0)


def test_a_worker_asked_to_stop_leaves_nothing_half_done(
    database: Database, tmp_path: Path, smtp_sink: SmtpSink
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("nothing here differs between the engines")
    everybody = publish_to(database, FEW)
    with installation(database, tmp_path, smtp_sink) as workers:
        workers.start()
        wait_until("some messages", lambda: len(smtp_sink.mails) >= 20)
        workers.stop()
        assert "claimed" not in states(database)
        workers.start()
        wait_until_sent(database)
        workers.stop()
    check(smtp_sink, everybody, most_duplicates=0)


def test_a_database_that_hangs_up_is_waited_for(database: Database, tmp_path: Path, smtp_sink: SmtpSink) -> None:
    if database.engine.dialect.name == "sqlite":
        pytest.skip("a file has no server that could hang up; see the soak run for a locked file")
    everybody = publish_to(database, FEW)
    hang_ups = 3
    with installation(database, tmp_path, smtp_sink) as workers:
        workers.start()
        for number in range(1, hang_ups + 1):
            wait_until("more messages", lambda number=number: len(smtp_sink.mails) >= 40 * number)
            with database.session() as session:
                others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                session.execute(text(f"SELECT pg_terminate_backend(pid) {others}"))
        wait_until_sent(database)
        workers.stop()
    check(smtp_sink, everybody, most_duplicates=0)


@pytest.mark.soak
@pytest.mark.parametrize("step", [1, 7, 23, 51, 90])
def test_many_kills_cost_at_most_one_message_each(
    database: Database, tmp_path: Path, smtp_sink: SmtpSink, step: int
) -> None:
    kill_and_go_on(database, tmp_path, smtp_sink, after=list(range(step, RECIPIENTS, max(step, 25)))[:20])


@pytest.mark.soak
def test_two_workers_survive_each_others_deaths(database: Database, tmp_path: Path, smtp_sink: SmtpSink) -> None:
    everybody = publish_to(database, RECIPIENTS - 1)
    kills = 8
    with installation(database, tmp_path, smtp_sink) as workers:
        workers.start()
        for number in range(1, kills + 1):
            victim = workers.running[0]
            workers.start()
            wait_until("more messages", lambda number=number: len(smtp_sink.mails) >= 50 * number)
            workers.kill(victim)
        wait_until_sent(database)
        workers.stop()
    check(smtp_sink, everybody, most_duplicates=kills)


@pytest.mark.soak
def test_a_locked_database_file_is_waited_for(database: Database, tmp_path: Path, smtp_sink: SmtpSink) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("only a file can be locked as a whole")
    everybody = publish_to(database, RECIPIENTS - 1)
    with installation(database, tmp_path, smtp_sink) as workers:
        workers.start()
        wait_until("a hundred messages", lambda: len(smtp_sink.mails) >= 100)
        with database.session() as session:  # longer than any busy time-out
            session.execute(text("UPDATE publication_counter SET number = number"))
            came = len(smtp_sink.mails)
            with pytest.raises(AssertionError):
                smtp_sink.wait_for(came + 100, seconds=12)
        wait_until_sent(database)
        workers.stop()
    check(smtp_sink, everybody, most_duplicates=0)
