"""Real worker processes over a test's database, to be killed."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.config import DatabaseSettings, DataSettings, MailSettings, Settings, SiteSettings
from statuspage.core.db import Database, commit, new_id
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.enums import Channel
from statuspage.outbox.models import Delivery, Event
from statuspage.worker.run import run_worker, stop_when_told
from tests.kit.cast import declare, settle
from tests.kit.commands import Running
from tests.kit.mail import SmtpSink
from tests.kit.schema import load_models

LIMIT_SECONDS = 180  # how long a test waits before it fails; no test takes that long


def settings_for(url: str, data_dir: Path, port: int) -> Settings:
    """One connection, so that a kill may repeat one message however slow the machine of the tests is: a worker that
    would need more than half a minute opens several, and a kill may repeat one for each of them."""
    relay = {"transport": "smtp", "host": "127.0.0.1", "port": port, "connections": 1}
    return Settings(
        site=SiteSettings(base_url="https://status.example.com", name="Acme", timezone="Europe/Berlin"),
        database=DatabaseSettings(url=url),
        data=DataSettings(dir=data_dir),
        secret_key="a secret for tests alone, long enough to be taken",
        mail=MailSettings(**relay, sender="status@example.com"),
    )


class Workers:
    """Starts, kills and at the end stops worker processes of one installation."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self._settings = settings
        self._log = log
        self.running: list[Running] = []

    def start(self) -> Running:
        process = Running(partial(work, self._settings), os.environ, self._log)
        self.running.append(process)
        return process

    def kill(self, process: Running) -> None:
        process.kill()
        process.wait(LIMIT_SECONDS)
        self.running.remove(process)

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            assert process.wait(LIMIT_SECONDS) == 0, "a worker ends by itself when asked to"
        self.running.clear()

    def end(self) -> None:
        for process in self.running:
            process.kill()
            process.wait(LIMIT_SECONDS)


@contextmanager
def installation(database: Database, data_dir: Path, sink: SmtpSink) -> Iterator[Workers]:
    """The cast and its subscribers over `database`, mail to `sink`, no worker yet."""
    settings = settings_for(database.engine.url.render_as_string(hide_password=False), data_dir, sink.port)
    workers = Workers(settings, data_dir / "log")
    try:
        yield workers
    finally:
        workers.end()


def publish_to(database: Database, count: int) -> set[str]:
    """Let `count` people subscribe, publish an incident and return everybody who is to hear of it."""
    now = SYSTEM_CLOCK.now()
    addresses = [f"reader{number}@example.net" for number in range(count)]
    with database.session() as session:
        cast = settle(session, now)
        session.execute(
            sa.insert(Subscriber),
            [
                {
                    "id": new_id(),
                    "channel": Channel.EMAIL,
                    "endpoint": address,
                    "endpoint_key": address,
                    "state": SubscriberState.CONFIRMED,
                    "all_components": True,
                    "minimum_impact": Impact.NONE,
                    "maintenance": True,
                    "locale": "en",
                    "created_at": now,
                    "confirmed_at": now,
                    "updated_at": now,
                }
                for address in addresses
            ],
        )
        declare(session, cast.ben, SYSTEM_CLOCK.now())
        commit(session)
    return {*addresses, "sam@example.net"}


def states(database: Database) -> dict[str, int]:
    """Return how many deliveries are in each state."""
    with database.session(readonly=True) as session:
        counted = sa.select(Delivery.state, sa.func.count()).group_by(Delivery.state)
        return {str(state): count for state, count in session.execute(counted)}


def wait_until(what: str, reached: Callable[[], bool]) -> None:
    """Wait until `reached`; fail when it takes beyond all reason."""
    until = time.monotonic() + LIMIT_SECONDS
    while not reached():
        assert time.monotonic() < until, f"{what} was not reached"
        time.sleep(0.02)


def wait_until_sent(database: Database) -> None:
    """Wait until every event is expanded and every delivery finished."""

    def done() -> bool:
        with database.session(readonly=True) as session:
            waiting = sa.select(Event.id).where(Event.expanded_at.is_(None)).limit(1)
            if session.scalar(waiting) is not None:
                return False
        return not {"queued", "claimed"} & set(states(database))

    wait_until("the end of the fan-out", done)


def work(settings: Settings) -> None:
    """What a worker process does until it is told to stop."""
    load_models()
    run_worker(settings, SYSTEM_CLOCK, stop_when_told())
