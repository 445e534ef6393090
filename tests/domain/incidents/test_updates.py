"""What is said: updates, corrections, retractions."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import current_statuses
from statuspage.domain.incidents.actions import (
    ComponentImpact,
    Correction,
    UpdateDraft,
    correct_update,
    post_update,
    retract_update,
)
from statuspage.domain.incidents.enums import IncidentState, PublicStatus, UpdateVisibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import open_promises
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from statuspage.outbox.publications import newest_number
from tests.domain import stage
from tests.kit.clock import FrozenClock

NOTE = UpdateVisibility.INTERNAL_NOTE


@pytest.fixture
def incident(session: Session, clock: FrozenClock) -> Incident:
    """A public incident on the API."""
    stage.components(session, clock.now())
    return stage.outage(session, clock.now(), next_update_at=clock.now() + timedelta(minutes=30))


def kinds(session: Session) -> list[EventKind]:
    return [event.kind for event in session.scalars(select(Event).order_by(Event.id))]


def test_three_updates_make_three_events_in_one_thread(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    for status in (PublicStatus.IDENTIFIED, PublicStatus.RESOLVED):
        draft = UpdateDraft("News.", status=status)
        post_update(session, incident, draft, by=stage.BEN, now=clock.advance(minutes=5))
    assert kinds(session) == ["incident.opened", "incident.updated", "incident.resolved"]
    assert {event.thread_id for event in session.scalars(select(Event))} == {incident.id}


def test_an_update_without_notice_is_published_and_sent_to_nobody(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    before = newest_number(session)
    post_update(session, incident, UpdateDraft("Quiet.", notify=False), by=stage.BEN, now=clock.advance(minutes=1))
    assert kinds(session) == ["incident.opened"]
    assert newest_number(session) == before + 1


def test_an_internal_note_publishes_and_moves_nothing(session: Session, clock: FrozenClock, incident: Incident) -> None:
    before = (newest_number(session), incident.state, incident.public_status)
    post_update(session, incident, UpdateDraft("Route B.", NOTE), by=stage.BEN, now=clock.advance(minutes=1))
    assert (newest_number(session), incident.state, incident.public_status) == before


def test_an_internal_status_moves_the_state_and_not_the_public_word(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    draft = UpdateDraft("Found.", UpdateVisibility.INTERNAL_STATUS, state=IncidentState.IDENTIFIED)
    post_update(session, incident, draft, by=stage.BEN, now=clock.advance(minutes=1))
    assert (incident.state, incident.public_status) == (IncidentState.IDENTIFIED, PublicStatus.INVESTIGATING)


def test_an_internal_status_does_not_close_what_customers_see_as_open(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    draft = UpdateDraft("Done.", UpdateVisibility.INTERNAL_STATUS, state=IncidentState.CLOSED)
    with pytest.raises(Invalid) as fault:
        post_update(session, incident, draft, by=stage.BEN, now=clock.advance(minutes=1))
    assert list(fault.value.fields) == ["state"]
    assert incident.state is IncidentState.INVESTIGATING


def test_component_changes_chain_through_the_updates(session: Session, clock: FrozenClock, incident: Incident) -> None:
    for status in (ComponentStatus.MAJOR_OUTAGE, ComponentStatus.DEGRADED_PERFORMANCE):
        draft = UpdateDraft("Changed.", components=(ComponentImpact("api", status),))
        post_update(session, incident, draft, by=stage.BEN, now=clock.advance(minutes=5))
    session.refresh(incident, ["updates"])
    chain = [(c.old_status, c.new_status) for update in reversed(incident.updates) for c in update.changes]
    assert chain == [
        ("operational", "partial_outage"),
        ("partial_outage", "major_outage"),
        ("major_outage", "degraded_performance"),
    ]
    assert list(current_statuses(session).values()) == [ComponentStatus.DEGRADED_PERFORMANCE]


def test_components_customers_see_are_not_changed_by_an_internal_note(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    draft = UpdateDraft("Hm.", NOTE, components=(ComponentImpact("mail", ComponentStatus.MAJOR_OUTAGE),))
    with pytest.raises(Invalid) as refusal:
        post_update(session, incident, draft, by=stage.BEN, now=clock.now())
    assert "components" in refusal.value.fields


def test_the_promise_that_stands_is_that_of_the_newest_public_update(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    assert list(open_promises(session, [incident.id])) == [incident.id]
    due = clock.now() + timedelta(hours=2)
    post_update(session, incident, UpdateDraft("More.", next_update_at=due), by=stage.BEN, now=clock.advance(minutes=5))
    assert open_promises(session, [incident.id])[incident.id].due_at == due
    draft = UpdateDraft("Done.", status=PublicStatus.RESOLVED, next_update_at=due)
    post_update(session, incident, draft, by=stage.BEN, now=clock.advance(minutes=5))
    assert open_promises(session, [incident.id]) == {}


@pytest.mark.parametrize("minutes", [0, -5, 60 * 24 * 31])
def test_an_impossible_promise_is_refused_by_field(
    session: Session, clock: FrozenClock, incident: Incident, minutes: int
) -> None:
    draft = UpdateDraft("More.", next_update_at=clock.now() + timedelta(minutes=minutes))
    with pytest.raises(Invalid) as refusal:
        post_update(session, incident, draft, by=stage.BEN, now=clock.now())
    assert list(refusal.value.fields) == ["next_update_at"]


@pytest.mark.parametrize(("body", "fine"), [("x" * 20_000, True), ("x" * 20_001, False), (" \n\t", False)])
def test_the_text_has_a_length(session: Session, clock: FrozenClock, incident: Incident, body: str, fine: bool) -> None:
    if fine:
        assert post_update(session, incident, UpdateDraft(body), by=stage.BEN, now=clock.now()).current.body == body
        return
    with pytest.raises(Invalid) as refusal:
        post_update(session, incident, UpdateDraft(body), by=stage.BEN, now=clock.now())
    assert list(refusal.value.fields) == ["body"]


def test_a_second_editor_is_shown_both_texts(session: Session, clock: FrozenClock, incident: Incident) -> None:
    seen = incident.version
    post_update(session, incident, UpdateDraft("Hers.", seen_version=seen), by=stage.BEN, now=clock.now())
    session.refresh(incident, ["updates"])
    with pytest.raises(Conflict) as clash:
        post_update(session, incident, UpdateDraft("His.", seen_version=seen), by=stage.BEN, now=clock.now())
    assert (clash.value.theirs, clash.value.yours) == ("Hers.", "His.")


def test_what_you_can_do_stays_until_it_is_changed(session: Session, clock: FrozenClock, incident: Incident) -> None:
    words = []
    for workaround in ("Pay by transfer.", None, ""):
        draft = UpdateDraft("News.", workaround=workaround)
        update = post_update(session, incident, draft, by=stage.BEN, now=clock.advance(minutes=1))
        words.append(update.current.workaround)
    assert words == ["Pay by transfer.", "Pay by transfer.", ""]


def test_a_backdated_update_shows_its_time_and_ends_impact_then(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    ended = clock.now() + timedelta(minutes=10)
    draft = UpdateDraft("It was over at ten past.", status=PublicStatus.RESOLVED, display_at=ended)
    update = post_update(session, incident, draft, by=stage.BEN, now=clock.advance(hours=1))
    assert (update.display_at, incident.public_resolved_at) == (ended, ended)


def test_an_update_cannot_show_a_time_to_come(session: Session, clock: FrozenClock, incident: Incident) -> None:
    draft = UpdateDraft("Soon.", display_at=clock.now() + timedelta(minutes=1))
    with pytest.raises(Invalid):
        post_update(session, incident, draft, by=stage.BEN, now=clock.now())


def test_a_correction_keeps_the_old_words_and_is_published(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    update, before = incident.updates[0], newest_number(session)
    correct_update(session, update, Correction("Better words."), by=stage.BEN, now=clock.advance(minutes=1))
    assert [v.body for v in update.versions] == ["We are looking into it.", "Better words."]
    assert update.edited
    assert newest_number(session) == before + 1
    assert kinds(session) == ["incident.opened"]


def test_a_correction_of_words_that_changed_meanwhile_is_refused_with_both(
    session: Session, clock: FrozenClock, incident: Incident
) -> None:
    update = incident.updates[0]
    correct_update(session, update, Correction("Hers.", seen_version=1), by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict) as clash:
        correct_update(session, update, Correction("His.", seen_version=1), by=stage.BEN, now=clock.now())
    assert (clash.value.theirs, clash.value.yours) == ("Hers.", "His.")


def test_a_retraction_tells_those_who_were_told(session: Session, clock: FrozenClock, incident: Incident) -> None:
    wrong = post_update(session, incident, UpdateDraft("Wrong page."), by=stage.BEN, now=clock.advance(minutes=1))
    session.refresh(incident, ["updates"])
    retract_update(session, wrong, "Meant for another incident", by=stage.BEN, now=clock.advance(minutes=1))
    assert wrong.retracted_at == clock.now()
    assert kinds(session)[-1] is EventKind.INCIDENT_RETRACTED


def test_the_only_public_update_cannot_be_retracted(session: Session, clock: FrozenClock, incident: Incident) -> None:
    with pytest.raises(Conflict):
        retract_update(session, incident.updates[0], "Oops", by=stage.BEN, now=clock.now())


def test_an_internal_incident_needs_a_public_title_before_it_is_published(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    hidden = stage.outage(session, clock.now(), public=False)
    with pytest.raises(Invalid) as refusal:
        post_update(session, hidden, UpdateDraft("Now public."), by=stage.BEN, now=clock.now())
    assert list(refusal.value.fields) == ["public_title"]
