"""Keeping what is typed: whatever it is, once per person and incident, until it is forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.errors import Conflict, Invalid, NotFound
from statuspage.domain.editorial.actions import Typed, discard_draft, forget_drafts, save_draft, withdraw_draft
from statuspage.domain.editorial.actions.saving import FIELDS_LIMIT
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.queries import drafts_about, written_declaration
from statuspage.domain.incidents.actions import Ending, cancel_incident
from statuspage.domain.incidents.models import Incident
from tests.domain.editorial.desk import opened, send, typed
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock


@pytest.fixture
def incident(session: Session, cast: Cast, clock: FrozenClock) -> Incident:
    return opened(session, cast, clock.now())


def test_what_is_typed_is_kept_faults_and_all(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    faulty = {"body": ["x" * 20_001], "next_update_at": ["soon"], "level.gone": ["on_fire"], "notify": ["yes", "no"]}
    draft = save_draft(session, incident, Typed(faulty), by=cast.ben, now=clock.now())
    session.expire(draft)
    assert draft.fields == faulty
    assert (draft.state, draft.author_name) == (DraftState.WRITING, "Ben")


def test_saving_again_goes_on_with_the_same_draft(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    first = save_draft(session, incident, typed("It"), by=cast.ben, now=clock.now())
    again = typed("It was", draft_id=first.id, version=first.version)
    second = save_draft(session, incident, again, by=cast.ben, now=clock.advance(seconds=3))
    assert second.id == first.id
    assert second.begun_at < second.saved_at
    assert [draft.body for draft in drafts_about(session, incident.id)] == ["It was"]


def test_one_person_in_two_windows_loses_neither_text(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    first = save_draft(session, incident, typed("At the desk."), by=cast.ben, now=clock.now())
    with pytest.raises(Conflict) as clash:
        save_draft(session, incident, typed("On the phone."), by=cast.ben, now=clock.now())
    assert (clash.value.theirs, clash.value.yours) == ("At the desk.", "On the phone.")
    seen = first.version
    save_draft(session, incident, typed("At the desk!", draft_id=first.id, version=seen), by=cast.ben, now=clock.now())
    stale = typed("On the phone.", draft_id=first.id, version=seen)
    with pytest.raises(Conflict, match="another window"):
        save_draft(session, incident, stale, by=cast.ben, now=clock.now())


def test_two_people_write_side_by_side(session: Session, cast: Cast, incident: Incident, clock: FrozenClock) -> None:
    for by in (cast.ada, cast.ben):
        save_draft(session, incident, typed(f"{by.name} writes."), by=by, now=clock.now())
    assert [draft.author_name for draft in drafts_about(session, incident.id)] == ["Ada", "Ben"]


def test_nobody_saves_into_the_draft_of_another(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    ours = save_draft(session, incident, typed(), by=cast.ben, now=clock.now())
    with pytest.raises(NotFound):
        save_draft(session, incident, typed("Mine now.", draft_id=ours.id), by=cast.ada, now=clock.now())
    with pytest.raises(NotFound):
        discard_draft(session, ours.id, by=cast.ada, now=clock.now())


def test_the_echo_of_what_was_just_sent_is_no_new_draft(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    send(session, cast.ben, clock.now())
    with pytest.raises(Conflict, match="sent off"):
        save_draft(session, incident, typed(), by=cast.ben, now=clock.now())
    assert save_draft(session, incident, typed("The next one."), by=cast.ben, now=clock.now()).body == "The next one."


def test_a_declaration_that_was_begun_is_found_again(session: Session, cast: Cast, clock: FrozenClock) -> None:
    begun = save_draft(session, None, Typed({"public_title": ["Checkout f"]}), by=cast.ben, now=clock.now())
    assert cast.ben.user_id and cast.ada.user_id
    assert written_declaration(session, cast.ben.user_id) is begun
    assert written_declaration(session, cast.ada.user_id) is None
    discard_draft(session, begun.id, by=cast.ben, now=clock.now())
    assert written_declaration(session, cast.ben.user_id) is None
    assert begun.fields == {}, "nothing of it is left"


def test_what_was_sent_off_is_not_thrown_away(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    draft = send(session, cast.ben, clock.now())
    with pytest.raises(Conflict):
        discard_draft(session, draft.id, by=cast.ben, now=clock.now())


def test_far_too_much_text_is_refused(session: Session, cast: Cast, incident: Incident, clock: FrozenClock) -> None:
    with pytest.raises(Invalid):
        save_draft(session, incident, typed("x" * FIELDS_LIMIT), by=cast.ben, now=clock.now())


def test_editing_voids_what_was_agreed(session: Session, cast: Cast, incident: Incident, clock: FrozenClock) -> None:
    draft = withdraw_draft(session, send(session, cast.ben, clock.now()), by=cast.ben, now=clock.now())
    save_draft(session, incident, typed("Other.", draft_id=draft.id), by=cast.ben, now=clock.now())
    assert (draft.word, draft.due_at, draft.approval) == (None, None, "not_needed")


def _left(session: Session) -> set[str]:
    return {draft.body for draft in session.scalars(select(Draft))}


def test_drafts_are_forgotten_after_thirty_days_but_never_while_they_wait(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    save_draft(session, incident, typed("Old."), by=cast.ada, now=clock.now())
    send(session, cast.ben, clock.now(), "Waits.", publish_at=clock.now() + timedelta(days=30))
    assert forget_drafts(session, clock.advance(days=29)) == 0
    assert forget_drafts(session, clock.advance(days=2)) == 1
    assert _left(session) == {"Waits."}


def test_a_draft_outlives_its_incident_by_a_day_for_its_author_to_read_why(
    session: Session, cast: Cast, incident: Incident, clock: FrozenClock
) -> None:
    save_draft(session, incident, typed("Unsaid."), by=cast.ben, now=clock.now())
    cancel_incident(session, incident, Ending("Nothing.", "It was nothing."), by=cast.ben, now=clock.now())
    assert forget_drafts(session, clock.advance(hours=23)) == 0
    assert forget_drafts(session, clock.advance(hours=2)) == 1
