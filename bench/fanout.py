"""Fan-out: how many mails a second one worker hands over, every result durable, beside a loop that does nothing else.

The worker is a process of its own, as in an installation, and so is the mail server. The loop sends the same bytes
with `smtplib` over one reused connection, without templates, queue or database: what the library and the sink can do
here and now. The ratio is what durability and one message per person cost.
"""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.installation import SECRET
from statuspage.audit.actor import SYSTEM
from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import Database, commit, new_id
from statuspage.core.schema import upgrade
from statuspage.domain.components.actions import ComponentDraft, create_component, seed_profile
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.models import SiteProfile
from statuspage.domain.incidents.actions import ComponentImpact, IncidentDraft, UpdateDraft, declare_incident
from statuspage.domain.incidents.enums import Impact, Severity
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.enums import Channel, DeliveryState
from statuspage.outbox.models import Delivery, Worker

_BODY = """Requests to the **API** fail for about one in five customers. We have found the cause: a full disk.

- Web and mobile app: slow, but usable
- Webhooks: delayed by up to ten minutes
"""


@dataclass(frozen=True)
class FanOut:
    """Messages per second of the worker and of the bare loop, and seconds from the commit to the first result."""

    messages: int
    worker: float
    bare: float
    first_seconds: float

    @property
    def ratio(self) -> float:
        """The worker's share of what the bare loop reaches."""
        return self.worker / self.bare


@contextmanager
def local_sink() -> Iterator[int]:
    """Run a mail sink in a process of its own; yields its port."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-m", "bench.sink"], **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.stdin.close()


def measure(messages: int = 10_000, url: str = "") -> FanOut:
    """Publish one update to `messages` subscribers and send it. SQLite in a temporary directory unless `url` is given,
    an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory() as directory, local_sink() as port:
        database = Database(url or f"sqlite:///{directory}/statuspage.db")
        upgrade(database)
        _settle(database, messages)
        with _worker(database, Path(directory), port):
            first, whole = _publish_and_wait(database, messages)
        bare = _bare_loop(port, min(messages, 5000))
        database.dispose()
    return FanOut(messages, worker=messages / whole, bare=bare, first_seconds=first)


@contextmanager
def _worker(database: Database, directory: Path, port: int) -> Iterator[None]:
    """Run one `statuspage worker`, started like any that an incident finds; what it logs stays in `directory`."""
    environ = os.environ | {
        "STATUSPAGE_DATABASE__URL": database.url,
        "STATUSPAGE_DATA__DIR": str(directory),
        "STATUSPAGE_SECRET_KEY": SECRET,
        "STATUSPAGE_SITE__BASE_URL": "https://status.example.com",
        "STATUSPAGE_MAIL__TRANSPORT": "smtp",
        "STATUSPAGE_MAIL__PORT": str(port),
        "STATUSPAGE_MAIL__FROM": "status@example.com",
    }
    with (directory / "worker.log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "statuspage", "worker"], env=environ, stderr=log)
        try:
            while not _signed_on(database):
                if process.poll() is not None:
                    raise RuntimeError(f"the worker did not start: {(directory / 'worker.log').read_text()}")
                time.sleep(0.1)
            time.sleep(1)
            yield
        finally:
            process.terminate()
            process.wait()


def _signed_on(database: Database) -> bool:
    with database.session(readonly=True) as session:
        return session.scalar(sa.select(Worker.id).limit(1)) is not None


def _settle(database: Database, subscribers: int) -> None:
    now = SYSTEM_CLOCK.now()
    with database.session() as session:
        if session.get(SiteProfile, 1) is None:
            seed_profile(session, "Acme", "Europe/Berlin", "en", now=now)
        create_component(session, ComponentDraft(name="API"), by=SYSTEM, now=now)
        add_subscribers(session, subscribers, now)
        commit(session)


def add_subscribers(session: Session, count: int, now: datetime) -> None:
    """Add so many confirmed subscribers who want everything, in one statement."""
    rows = [
        {
            "id": new_id(),
            "channel": Channel.EMAIL,
            "endpoint": f"reader{number}@example.net",
            "endpoint_key": f"reader{number}@example.net",
            "state": SubscriberState.CONFIRMED,
            "all_components": True,
            "minimum_impact": Impact.NONE,
            "maintenance": True,
            "locale": "en",
            "created_at": now,
            "confirmed_at": now,
            "updated_at": now,
        }
        for number in range(count)
    ]
    session.execute(sa.insert(Subscriber), rows)


def _publish_and_wait(database: Database, messages: int) -> tuple[float, float]:
    """Return the seconds from the commit of an update to the first and to the last durable result."""
    with database.session() as session:
        said = UpdateDraft(body=_BODY, components=(ComponentImpact("api", ComponentStatus.PARTIAL_OUTAGE),))
        draft = IncidentDraft(title="API errors for some requests", severity=Severity.SEV2, update=said)
        declare_incident(session, draft, by=SYSTEM, now=SYSTEM_CLOCK.now())
        commit(session)
    began, first = time.perf_counter(), 0.0
    while True:
        done = _delivered(database)
        elapsed = time.perf_counter() - began
        first = first or (elapsed if done else 0.0)
        if done >= messages:
            return first, elapsed
        time.sleep(0.02 if not done else 0.25)


def _delivered(database: Database) -> int:
    with database.session(readonly=True) as session:
        done = sa.select(sa.func.count()).select_from(Delivery).where(Delivery.state == DeliveryState.DELIVERED)
        return session.scalar(done) or 0


def _bare_loop(port: int, messages: int) -> float:
    """Return messages per second of `smtplib` alone with a message of the same size."""
    text = ("Subject: bench\r\n\r\n" + "x" * 76 + "\r\n" * 150).encode().ljust(10_000, b"x")
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as client:
        began = time.perf_counter()
        for number in range(messages):
            client.sendmail("status@example.com", [f"reader{number}@example.net"], text)
        return messages / (time.perf_counter() - began)


def report(found: FanOut) -> str:
    """Return the result as a table."""
    return (
        "fan-out                     recipients  durable mails/s  first after s  bare loop/s   ratio\n"
        f"  {'one worker':26}{found.messages:10,}{found.worker:17,.0f}{found.first_seconds:15.2f}"
        f"{found.bare:13,.0f}{found.ratio:8.2f}"
    )


if __name__ == "__main__":
    print(report(measure(*(int(argument) for argument in sys.argv[1:2]))))
