"""A whole worker in this process: it sends what is published, and ends when it is told to."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from statuspage.audit.actor import SYSTEM
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.config import ConfigError, DatabaseSettings, MailSettings, Settings
from statuspage.core.db import Database, commit
from statuspage.core.errors import Unavailable
from statuspage.domain.subscribers.actions import Choices, add_subscriber
from statuspage.outbox.models import Worker
from statuspage.worker import crews
from statuspage.worker.run import run_worker
from tests.kit.cast import SAM, Cast, declare
from tests.kit.mail import SmtpSink


@contextmanager
def working(settings: Settings) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=run_worker, args=(settings, SYSTEM_CLOCK, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(60)
        assert not thread.is_alive()


@pytest.fixture
def relayed(settings: Settings, smtp_sink: SmtpSink) -> Settings:
    mail = MailSettings(transport="smtp", host=smtp_sink.host, port=smtp_sink.port, sender="status@example.com")
    return settings.model_copy(update={"mail": mail})


def test_a_published_update_reaches_a_subscriber(
    relayed: Settings, database: Database, settled: Cast, smtp_sink: SmtpSink
) -> None:
    with working(relayed):
        with database.session() as session:
            declare(session, settled.ben, SYSTEM_CLOCK.now())
            commit(session)
        (mail,) = smtp_sink.wait_for(1, seconds=60)
    assert (mail.recipient, mail.sender) == (SAM, "status@example.com")
    assert mail.message["Subject"] == "[Acme] Investigating: Checkout fails"
    assert "Payments are declined." in mail.text
    with database.session(readonly=True) as session:
        worker = session.scalars(select(Worker)).one()
    assert worker.stopped_at is not None


def test_mail_goes_into_files_by_default(settings: Settings, database: Database, settled: Cast) -> None:
    with database.session() as session:
        declare(session, settled.ben, SYSTEM_CLOCK.now())
        commit(session)
    outbox = settings.data.dir / "outbox"
    with working(settings):
        for _ in range(6000):
            if outbox.is_dir() and list(outbox.glob("*.eml")):
                break
            threading.Event().wait(0.01)
    (file,) = outbox.iterdir()
    assert b"X-Incident-Status: investigating\r\n" in file.read_bytes()


def test_without_a_secret_key_there_are_no_links_to_send(settings: Settings, database: Database) -> None:
    with pytest.raises(ConfigError, match="db upgrade"):
        run_worker(settings.model_copy(update={"secret_key": ""}), SYSTEM_CLOCK, threading.Event())


def test_a_database_that_is_not_there_yet_is_waited_for_until_the_worker_is_told_to_stop(
    settings: Settings, tmp_path: Path
) -> None:
    nowhere = settings.model_copy(update={"database": DatabaseSettings(url=f"sqlite:///{tmp_path}/no/such/place.db")})
    stop = threading.Event()
    found: list[Exception] = []

    def run() -> None:
        try:
            run_worker(nowhere, SYSTEM_CLOCK, stop)
        except Unavailable as fault:
            found.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(0.2)
    assert thread.is_alive()
    stop.set()
    thread.join(60)
    assert len(found) == 1


class _SlowSink(SmtpSink):
    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  # the name is aiosmtpd's
        await asyncio.sleep(0.05)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.soak_on("postgresql")
def test_a_slow_relay_is_spoken_to_over_several_connections(
    settings: Settings, database: Database, settled: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "PATIENCE_SECONDS", 1.0)
    sink = _SlowSink()
    sink.start()
    mail = MailSettings(transport="smtp", host=sink.host, port=sink.port, sender="status@example.com", connections=3)
    with database.session() as session:
        now = SYSTEM_CLOCK.now()
        for number in range(150):
            add_subscriber(session, f"r{number}@example.net", Choices(), confirmed=True, by=SYSTEM, now=now)
        declare(session, settled.ben, SYSTEM_CLOCK.now())
        commit(session)
    with working(settings.model_copy(update={"mail": mail})):
        sink.wait_for(151, seconds=120)
    sink.stop()
    assert 2 <= sink.connections <= 3
    assert len(set(sink.recipients())) == len(sink.mails) == 151
