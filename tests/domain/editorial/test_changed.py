"""What waits while the world changes: it comes back with a word, and holds up nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.accounts.actions import disable_user
from statuspage.domain.editorial.actions import (
    publish_due,
    set_aside_waiting,
)
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.queries import anything_to_publish
from statuspage.domain.incidents.actions import Ending, cancel_incident, merge_incident, post_update
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import PublicStatus, Severity
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.domain.incidents.rules import Publishing
from tests.domain.editorial.desk import REF, bodies, opened, send, typed
from tests.kit.cast import Cast, declare, says
from tests.kit.clock import FrozenClock

FIRST = "Payments are declined. We are looking into it."


@pytest.fixture
def incident(session: Session, cast: Cast, clock: FrozenClock) -> Incident:
    return opened(session, cast, clock.now())


def fresh(session: Session) -> Incident:
    return incident_by_ref(session, REF, EVERYTHING)


def _called_off(session: Session, cast: Cast, clock: FrozenClock) -> None:
    cancel_incident(session, fresh(session), Ending("Nothing.", "It was nothing."), by=cast.ada, now=clock.now())


def _merged(session: Session, cast: Cast, clock: FrozenClock) -> None:
    other = declare(session, cast.ada, clock.now(), title="Payments fail")
    merge_incident(session, fresh(session), other, "https://s.example.com/x", by=cast.ada, now=clock.now())


def _resolved(session: Session, cast: Cast, clock: FrozenClock) -> None:
    post_update(session, fresh(session), says("Over.", PublicStatus.RESOLVED), by=cast.ada, now=clock.now())


@pytest.mark.parametrize("ended", [_called_off, _merged, _resolved])
def test_when_the_world_changed_it_comes_back_with_a_word(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock, ended: object
) -> None:
    draft = send(session, cast.ben, clock.now())
    ended(session, cast, clock)
    said = bodies(session)
    assert publish_due(session, clock.advance(seconds=10)) == 1
    assert draft.state is DraftState.RETURNED
    assert REF in draft.returned_reason
    assert draft.fields.items() >= typed().fields.items()
    assert bodies(session) == said


def test_what_waits_for_tomorrow_comes_back_as_soon_as_its_incident_ends(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    draft = send(session, cast.ben, clock.now(), publish_at=clock.now() + timedelta(days=1))
    assert publish_due(session, clock.advance(seconds=1)) == 0
    _called_off(session, cast, clock)
    assert anything_to_publish(session, clock.now())
    assert publish_due(session, clock.now()) == 1
    assert draft.state is DraftState.RETURNED


def test_the_words_of_somebody_who_was_shut_out_do_not_go_out(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    draft = send(session, cast.ben, clock.now())
    assert cast.ben.user_id
    disable_user(session, cast.ben.user_id, by=cast.ada, now=clock.now())
    publish_due(session, clock.advance(seconds=10))
    assert draft.state is DraftState.RETURNED
    assert "Ben may not publish any more" in draft.returned_reason


def test_a_row_that_cannot_be_read_blocks_no_other(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    broken = send(session, cast.ben, clock.now(), "Broken.")
    broken.word = {"body": "Broken.", "status": "on fire"}
    session.flush()
    send(session, cast.ada, clock.now(), "Whole.")
    assert publish_due(session, clock.advance(seconds=10)) == 2
    assert bodies(session) == [FIRST, "Whole."]
    assert broken.state is DraftState.RETURNED
    assert "cannot be read" in broken.returned_reason


def test_after_a_restore_nothing_goes_out_by_itself(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    queued = send(session, cast.ben, clock.now())
    change_publishing(session, Publishing(10, frozenset(Severity)), by=cast.ada, now=clock.now())
    asked = send(session, cast.ben, clock.now(), "Asked.")
    assert set_aside_waiting(session) == 2
    assert {queued.state, asked.state} == {DraftState.RETURNED}
    assert "Restored from a backup" in queued.returned_reason
    assert publish_due(session, clock.advance(days=1)) == 0
