"""What comes round by the clock, carried out by hand here: the ticker only calls these."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from statuspage.audit.actor import SYSTEM
from statuspage.core.db import Database, commit, new_id
from statuspage.domain.accounts.access import Answer, create_token, remember_answer
from statuspage.domain.accounts.enums import Scope
from statuspage.domain.accounts.models import RememberedAnswer
from statuspage.domain.editorial.actions import Sending, Typed, Word, save_draft, send_draft
from statuspage.domain.editorial.models import Draft
from statuspage.domain.feedback.actions import ReportDraft, report_problem
from statuspage.domain.feedback.models import ProblemReport
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.incidents.models import UpdateVersion
from statuspage.domain.incidents.rules import Publishing
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.subscribers.actions import Choices, request_subscription
from statuspage.domain.subscribers.models import Subscriber
from statuspage.outbox.claims import LEASE, claim
from statuspage.outbox.duties import enlist, last_seen
from statuspage.outbox.enums import DeliveryState, EventKind, Lane
from statuspage.outbox.models import Delivery, Event, Worker
from statuspage.worker.bell import Bell
from statuspage.worker.duties import (
    Post,
    ask_reporters_back,
    forget_the_old,
    free_lost_claims,
    move_maintenance,
    publish_what_waits,
    sign_of_life,
    start_duties,
)
from statuspage.worker.presence import Presence
from tests.kit.cast import Cast, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.outbox.queue import add_delivery


@pytest.fixture
def post(database: Database, settled: Cast, clock: FrozenClock, tmp_path: Path) -> Iterator[Post]:
    presence = Presence(tmp_path, new_id())
    with database.session() as session:
        now = clock.now()
        enlist(session, Worker(id=presence.worker_id, host="here", version="1", started_at=now, seen_at=now))
        commit(session)
    yield Post(presence.worker_id, database, clock, presence, Bell())
    presence.leave()


def claimed_row(post: Post, worker_id: object) -> Delivery:
    with post.database.session() as session:
        row = add_delivery(session, post.clock.now())
        claim(session, (Lane.LIVE,), worker_id, post.clock.now(), limit=9)
        commit(session)
    return row


def now_of(post: Post, row: Delivery) -> Delivery:
    with post.database.session(readonly=True) as session:
        return session.get_one(Delivery, row.id)


def test_a_sign_of_life_lengthens_this_workers_leases(post: Post, clock: FrozenClock) -> None:
    row = claimed_row(post, post.worker_id)
    clock.advance(minutes=2)
    sign_of_life(post)
    assert now_of(post, row).lease_until == clock.now() + LEASE
    with post.database.session(readonly=True) as session:
        assert last_seen(session) == clock.now()


def test_the_claims_of_a_dead_neighbour_are_freed_at_once(post: Post, tmp_path: Path) -> None:
    neighbour = Presence(tmp_path, new_id())
    row = claimed_row(post, neighbour.worker_id)
    assert not free_lost_claims(post)
    neighbour.leave()
    (tmp_path / "workers" / f"{neighbour.worker_id}.lock").touch()  # what a kill leaves behind
    assert free_lost_claims(post)
    assert now_of(post, row).state is DeliveryState.QUEUED
    assert post.bell.wait(0, rings_heard=0) == 1
    assert post.presence.dead() == []


def test_claims_of_another_host_are_freed_when_their_lease_ends(post: Post, clock: FrozenClock) -> None:
    row = claimed_row(post, new_id())
    clock.advance(minutes=3)
    assert not free_lost_claims(post)
    clock.advance(seconds=1)
    assert free_lost_claims(post)
    assert now_of(post, row).state is DeliveryState.QUEUED


def test_maintenance_begins_and_ends_by_itself(post: Post, settled: Cast, clock: FrozenClock) -> None:
    with post.database.session() as session:
        planned = plan(session, settled.ben, clock.now()).id
        commit(session)
    seen = []
    for hours in (0, 24, 1):
        clock.advance(hours=hours)
        move_maintenance(post)
        with post.database.session(readonly=True) as session:
            seen.append(str(session.get_one(Maintenance, planned).status))
    assert seen == ["scheduled", "in_progress", "completed"]


def test_who_never_confirmed_is_forgotten_once_a_turn(post: Post, clock: FrozenClock) -> None:
    with post.database.session() as session:
        request_subscription(session, "kim@example.net", Choices(), now=clock.now())
        commit(session)

    def known() -> set[str]:
        with post.database.session(readonly=True) as session:
            return set(session.scalars(select(Subscriber.endpoint)))

    forget_the_old(post)
    assert "kim@example.net" in known()
    clock.set(clock.now() + timedelta(hours=48, seconds=1))
    forget_the_old(post)
    assert known() == {"sam@example.net"}


def test_answers_to_keyed_requests_are_forgotten_after_a_day(post: Post, clock: FrozenClock) -> None:
    with post.database.session() as session:
        token, _ = create_token(session, "deploy", Scope.PUBLISH, None, by=SYSTEM, now=clock.now())
        remember_answer(session, token.id, "k", Answer("digest", 201, None, "{}"), now=clock.now())
        commit(session)

    def kept() -> int:
        with post.database.session(readonly=True) as session:
            return len(session.scalars(select(RememberedAnswer)).all())

    forget_the_old(post)
    assert kept() == 1
    clock.advance(hours=24, seconds=1)
    forget_the_old(post)
    assert kept() == 0


def test_the_ticker_calls_every_duty(post: Post) -> None:
    ticker = start_duties(post)
    names = {job.id for job in ticker.get_jobs()}
    ticker.shutdown()
    kept = {"sign_of_life", "lost_claims", "maintenance", "drafts", "reminders", "reporters", "closing", "retention"}
    assert names == kept


def test_a_draft_whose_time_has_come_is_published_and_mail_begins(
    post: Post, settled: Cast, clock: FrozenClock
) -> None:
    assert not publish_what_waits(post), "it looks first, and asks for no writer"
    with post.database.session() as session:
        incident = declare(session, settled.ben, clock.now())
        change_publishing(session, Publishing(10), by=settled.ada, now=clock.now())
        send_draft(session, incident, Sending(Word(says("Found it.")), Typed({})), by=settled.ben, now=clock.now())
        commit(session)
    assert not publish_what_waits(post)
    clock.advance(seconds=10)
    assert publish_what_waits(post)
    assert post.bell.wait(0, rings_heard=0) == 1
    assert not publish_what_waits(post)
    with post.database.session(readonly=True) as session:
        assert session.scalars(select(UpdateVersion.body).order_by(UpdateVersion.id)).all()[-1] == "Found it."


def test_old_drafts_are_forgotten(post: Post, settled: Cast, clock: FrozenClock) -> None:
    with post.database.session() as session:
        save_draft(session, None, Typed({"public_title": ["Half"]}), by=settled.ben, now=clock.now())
        commit(session)
    forget_the_old(post)
    clock.advance(days=31)
    forget_the_old(post)
    with post.database.session(readonly=True) as session:
        assert session.scalars(select(Draft)).all() == []


def test_who_reported_is_asked_once_it_is_over_and_the_report_forgotten(
    post: Post, settled: Cast, clock: FrozenClock
) -> None:
    assert not ask_reporters_back(post)
    with post.database.session() as session:
        report_problem(session, ReportDraft("It fails", "web", "lee@example.org"), now=clock.now())
        incident = declare(session, settled.ben, clock.advance(minutes=1))
        session.refresh(incident, ["updates"])
        over = says("Over.", PublicStatus.RESOLVED, notify=False)
        post_update(session, incident, over, by=settled.ben, now=clock.advance(minutes=1))
        commit(session)
    for _ in range(2):
        assert ask_reporters_back(post)
    with post.database.session(readonly=True) as session:
        assert len([one for one in session.scalars(select(Event)) if one.kind == EventKind.REPORT_FOLLOW_UP]) == 1
    clock.advance(days=31)
    forget_the_old(post)
    with post.database.session(readonly=True) as session:
        assert session.scalars(select(ProblemReport)).all() == []
