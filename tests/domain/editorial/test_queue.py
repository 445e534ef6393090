"""Undo, delay, and what happens when the world changed meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.editorial.actions import (
    Sending,
    declare_and_send,
    publish_draft,
    publish_due,
    save_draft,
    send_draft,
    withdraw_draft,
)
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.queries import anything_to_publish, draft_by_id, drafts_about
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, Reader, incident_by_ref, open_promises
from statuspage.domain.incidents.rules import Publishing
from statuspage.outbox.enums import EventKind
from statuspage.outbox.publications import newest_number
from tests.domain.editorial.desk import REF, bodies, events, opened, send, typed, word
from tests.kit.cast import CHECKOUT, Cast, declare, says
from tests.kit.clock import FrozenClock

FIRST = "Payments are declined. We are looking into it."


@pytest.fixture
def incident(session: Session, cast: Cast, clock: FrozenClock) -> Incident:
    return opened(session, cast, clock.now())


def fresh(session: Session) -> Incident:
    return incident_by_ref(session, REF, EVERYTHING)


def test_nothing_happens_before_the_time_to_undo_is_over(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    before = newest_number(session)
    draft = send(session, cast.ben, clock.now())
    assert (draft.state, draft.due_at) == (DraftState.QUEUED, clock.now() + timedelta(seconds=10))
    assert not anything_to_publish(session, clock.advance(seconds=9))
    assert publish_due(session, clock.now()) == 0
    assert bodies(session) == [FIRST]
    assert newest_number(session) == before
    assert events(session, EventKind.INCIDENT_UPDATED) == []


def test_then_it_goes_out_once_as_its_author_wrote_it(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    draft = send(session, cast.ben, clock.now())
    at = clock.advance(seconds=10)
    assert anything_to_publish(session, at)
    assert [publish_due(session, at) for _ in "ab"] == [1, 0]
    said = fresh(session).updates[0]
    assert (said.current.body, said.author_name, said.author_id) == ("It was route B.", "Ben", cast.ben.user_id)
    assert (said.published_at, said.display_at, said.status) == (at, at, "identified")
    assert (draft.state, draft.update_id) == (DraftState.PUBLISHED, said.id)
    assert [event.created_at for event in events(session, EventKind.INCIDENT_UPDATED)] == [at]


def test_an_undone_update_is_a_draft_again_with_every_field(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    draft = withdraw_draft(session, send(session, cast.ben, clock.now()), by=cast.ben, now=clock.advance(seconds=5))
    assert draft.state is DraftState.WRITING
    assert draft.fields == {**typed().fields, "seen_version": [str(fresh(session).version)]}
    assert publish_due(session, clock.advance(minutes=5)) == 0
    assert bodies(session) == [FIRST]
    with pytest.raises(Conflict):
        withdraw_draft(session, draft, by=cast.ben, now=clock.now())


def test_undo_after_the_next_one_was_begun_keeps_both(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    draft = send(session, cast.ben, clock.now())
    save_draft(session, fresh(session), typed("The next one."), by=cast.ben, now=clock.now())
    withdraw_draft(session, draft, by=cast.ben, now=clock.now())
    assert {(one.body, one.state) for one in drafts_about(session, incident.id)} == {
        ("It was route B.", DraftState.RETURNED),
        ("The next one.", DraftState.WRITING),
    }


def test_what_is_sent_from_a_second_window_leaves_the_first_alone(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    save_draft(session, incident, typed("At the desk."), by=cast.ben, now=clock.now())
    send(session, cast.ben, clock.now(), "On the phone.")
    assert {(one.body, one.state) for one in drafts_about(session, incident.id)} == {
        ("On the phone.", DraftState.QUEUED),
        ("At the desk.", DraftState.WRITING),
    }


def test_a_colleague_may_take_it_back_and_the_author_reads_who(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    draft = withdraw_draft(session, send(session, cast.ben, clock.now()), by=cast.ada, now=clock.now())
    assert draft.state is DraftState.RETURNED
    assert draft.returned_reason == "Ada took this back before it went out."


def test_publish_now_does_not_wait_and_keeps_the_author(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    draft = send(session, cast.ben, clock.now())
    publish_draft(session, draft, by=cast.ada, now=clock.advance(seconds=1))
    assert fresh(session).updates[0].author_name == "Ben"
    assert "draft.hastened" in [line.action for line in lines_about(session, "incident", incident.id)]
    for late in (publish_draft, withdraw_draft):
        with pytest.raises(Conflict):
            late(session, draft, by=cast.ben, now=clock.now())
    assert publish_due(session, clock.advance(minutes=1)) == 0


def test_without_time_to_undo_it_is_public_at_once(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    change_publishing(session, Publishing(0), by=cast.ada, now=clock.now())
    assert send(session, cast.ben, clock.now()).state is DraftState.PUBLISHED
    assert bodies(session) == [FIRST, "It was route B."]


def test_a_promise_that_falls_due_meanwhile_is_kept(session: Session, cast: Cast, clock: FrozenClock) -> None:
    due = clock.now() + timedelta(minutes=30)
    opened(session, cast, clock.now(), update=says(FIRST, next_update_at=due))
    draft = send(session, cast.ben, clock.set(due - timedelta(seconds=6)))
    assert draft.due_at and draft.due_at < due
    assert publish_due(session, draft.due_at) == 1
    assert open_promises(session, [fresh(session).id]) == {}, "the update kept it"


def test_a_chosen_time_is_kept(session: Session, cast: Cast, incident: Incident, clock: FrozenClock) -> None:
    at = clock.now() + timedelta(days=2)
    send(session, cast.ben, clock.now(), publish_at=at)
    assert publish_due(session, at - timedelta(seconds=1)) == 0
    assert publish_due(session, at) == 1
    assert fresh(session).updates[0].published_at == at


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"publish_at": timedelta(minutes=-1)}, "publish_at"),
        ({"publish_at": timedelta(days=31)}, "publish_at"),
        ({"word": word(body="")}, "body"),
        ({"word": word(body="x" * 20_001)}, "body"),
        ({"word": word(workaround="y" * 1001)}, "workaround"),
    ],
)
def test_faults_are_told_when_it_is_sent_off(
    more: dict[str, object], field: str, session: Session, cast: Cast, clock: FrozenClock
) -> None:
    opened(session, cast, clock.now())
    given = {name: clock.now() + value if isinstance(value, timedelta) else value for name, value in more.items()}
    with pytest.raises(Invalid) as fault:
        send(session, cast.ben, clock.now(), **given)
    assert list(fault.value.fields) == [field]
    assert bodies(session) == [FIRST]


def test_a_promise_before_the_chosen_time_is_no_promise(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    soon = word(next_update_at=clock.now() + timedelta(minutes=30))
    with pytest.raises(Invalid) as fault:
        send(session, cast.ben, clock.now(), word=soon, publish_at=clock.now() + timedelta(hours=1))
    assert list(fault.value.fields) == ["next_update_at"]


def test_trying_it_out_leaves_no_trace(session: Session, cast: Cast, incident: Incident, clock: FrozenClock) -> None:
    before = (incident.state, incident.public_status, [row.status for row in incident.components])
    version = incident.version
    send(session, cast.ben, clock.now())
    after = fresh(session)
    assert (after.state, after.public_status, [row.status for row in after.components]) == before
    assert after.version == version + 1, "queueing alone marks it changed"


def test_a_second_editor_is_shown_what_waits(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    seen = incident.version
    send(session, cast.ben, clock.now(), "Ben was first.")
    with pytest.raises(Conflict) as clash:
        send(session, cast.ada, clock.now(), word=word("Ada was second.", seen_version=seen))
    assert (clash.value.theirs, clash.value.yours) == ("Ben was first.", "Ada was second.")


def test_declaring_is_internal_at_once_and_public_after_the_time_to_undo(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    change_publishing(session, Publishing(10), by=cast.ada, now=clock.now())
    before, sending = newest_number(session), Sending(word("We know."), typed("We know."))
    incident, draft = declare_and_send(session, CHECKOUT, sending, by=cast.ben, now=clock.now())
    assert not incident.public
    assert newest_number(session) == before
    assert publish_due(session, clock.advance(seconds=10)) == 1
    assert fresh(session).public
    assert [event.subject_id for event in events(session, EventKind.INCIDENT_OPENED)] == [draft.update_id]


def test_a_declaration_that_is_undone_stays_internal(session: Session, cast: Cast, clock: FrozenClock) -> None:
    change_publishing(session, Publishing(10), by=cast.ada, now=clock.now())
    sending = Sending(word("We know."), typed("We know."))
    incident, draft = declare_and_send(session, CHECKOUT, sending, by=cast.ben, now=clock.now())
    withdraw_draft(session, draft, by=cast.ben, now=clock.now())
    publish_due(session, clock.advance(minutes=1))
    assert not fresh(session).public
    assert [one.body for one in drafts_about(session, incident.id)] == ["We know."]


def test_what_is_sent_twice_goes_out_once(session: Session, cast: Cast, incident: Incident, clock: FrozenClock) -> None:
    kept = save_draft(session, incident, typed(), by=cast.ben, now=clock.now())
    again = typed(draft_id=kept.id, version=kept.version)
    send(session, cast.ben, clock.now(), typed=again)
    with pytest.raises(Conflict, match="sent off"):
        send_draft(session, fresh(session), Sending(word(), again), by=cast.ben, now=clock.now())


def test_drafts_of_restricted_incidents_are_hidden_like_them(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    inside = declare(session, cast.ben, clock.now(), title="Secret", update=None, restricted=True)
    draft = save_draft(session, inside, typed(), by=cast.ben, now=clock.now())
    assert draft_by_id(session, draft.id, Reader(cast.ben.user_id)) is draft
    with pytest.raises(Conflict, match="restricted"):
        send_draft(session, inside, Sending(word(), typed()), by=cast.ben, now=clock.now())
