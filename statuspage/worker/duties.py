"""What comes round by the clock. APScheduler ticks in memory; a duty is "do all that is due", never "do this at ten".

Duties that only one worker needs to carry out take their turn by a conditional write, so it does not matter how many
workers run or when they were started.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.orm import Session

from statuspage.core.clock import Clock
from statuspage.core.db import Database, commit
from statuspage.core.log import get_logger
from statuspage.domain.accounts.access import forget_answers, forget_idle_buckets
from statuspage.domain.editorial.actions import forget_drafts, publish_due
from statuspage.domain.editorial.queries import anything_to_publish
from statuspage.domain.feedback.actions import anything_to_ask_or_forget, ask_back, forget_reports
from statuspage.domain.incidents.actions import close_due
from statuspage.domain.maintenance.actions import advance_due, extend_series, remind_due
from statuspage.domain.subscribers.actions import expire_unconfirmed
from statuspage.outbox.actions import forget_addresses
from statuspage.outbox.claims import release, renew
from statuspage.outbox.duties import beat, take_turn
from statuspage.worker.bell import Bell
from statuspage.worker.loop import attempt
from statuspage.worker.presence import Presence

ADDRESSES_KEPT = timedelta(days=90)
ASKED_EVERY = timedelta(seconds=15)

_log = get_logger("worker")


@dataclass(frozen=True)
class Post:
    """The worker that has the duties."""

    worker_id: uuid.UUID
    database: Database
    clock: Clock
    presence: Presence
    bell: Bell

    def step(self, work: Callable[[Session, datetime], object]) -> bool:
        """Carry out `work` in one transaction."""
        with self.database.session() as session:
            work(session, self.clock.now())
            commit(session)
        return True


def start_duties(post: Post) -> BackgroundScheduler:
    """Carry out every duty once and start the ticker; `shutdown()` it when the worker ends."""
    ticker = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for name, seconds, work in _DUTIES:
        ticker.add_job(_tick, "interval", (name, work, post), seconds=seconds, id=name)
        _tick(name, work, post)
    ticker.start()
    return ticker


def _tick(name: str, work: Callable[[Post], bool], post: Post) -> None:
    attempt(name, partial(work, post), repr)


def sign_of_life(post: Post) -> bool:
    """Say that this worker is alive and lengthen its leases."""

    def work(session: Session, now: datetime) -> None:
        beat(session, post.worker_id, now)
        renew(session, post.worker_id, now)

    return post.step(work)


def free_lost_claims(post: Post) -> bool:
    """Put back what dead workers and expired leases held."""
    dead = post.presence.dead()
    with post.database.session() as session:
        freed = release(session, post.clock.now(), dead_workers=dead)
        commit(session)
    for worker_id in dead:
        post.presence.forget(worker_id)
    if freed:
        _log.warning("claims_freed", deliveries=freed, dead_workers=len(dead))
        post.bell.ring()
    return bool(freed)


def publish_what_waits(post: Post) -> bool:
    """Publish drafts whose time has come. Looks first, so that an idle worker does not ask for SQLite's one writer."""
    with post.database.session(readonly=True) as session:
        if not anything_to_publish(session, post.clock.now()):
            return False
    post.step(publish_due)
    post.bell.ring()
    return True


def move_maintenance(post: Post) -> bool:
    """Begin and end maintenance that is due."""
    if post.step(advance_due):
        post.bell.ring()
    return True


def close_incidents_due(post: Post) -> bool:
    """Close incidents that were resolved long enough ago."""
    return post.step(close_due)


def remind_of_maintenance(post: Post) -> bool:
    """Make what repeats some weeks ahead, and remind subscribers of maintenance that is about to begin."""
    post.step(extend_series)
    if post.step(remind_due):
        post.bell.ring()
    return True


def ask_reporters_back(post: Post) -> bool:
    """Ask those who reported a problem and left an address, once it should be over. Looks first, as above."""
    with post.database.session(readonly=True) as session:
        if not anything_to_ask_or_forget(session):
            return False

    def work(session: Session, now: datetime) -> None:
        if take_turn(session, "reporters", ASKED_EVERY, now):
            ask_back(session, now)

    post.step(work)
    post.bell.ring()
    return True


def forget_the_old(post: Post) -> bool:
    """Forget what is kept for a limited time only: unconfirmed addresses, idle buckets, answers to keyed requests,
    addresses of old messages, drafts, what readers reported."""

    def work(session: Session, now: datetime) -> None:
        if take_turn(session, "retention", timedelta(minutes=10), now):
            expire_unconfirmed(session, now)
            forget_idle_buckets(session, now)
            forget_answers(session, now)
            forget_addresses(session, now - ADDRESSES_KEPT)
            forget_drafts(session, now)
            forget_reports(session, now)

    return post.step(work)


_DUTIES: tuple[tuple[str, float, Callable[[Post], bool]], ...] = (
    ("sign_of_life", 10, sign_of_life),
    ("lost_claims", 3, free_lost_claims),
    ("drafts", 1, publish_what_waits),
    ("maintenance", 5, move_maintenance),
    ("closing", 60, close_incidents_due),
    ("reminders", 30, remind_of_maintenance),
    ("reporters", 15, ask_reporters_back),
    ("retention", 60, forget_the_old),
)
