"""Cancelling an incident, and letting it continue in another one."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.components.queries import current_statuses
from statuspage.domain.incidents.actions import (
    Ending,
    IncidentDraft,
    Resolution,
    UpdateDraft,
    cancel_incident,
    declare_incident,
    merge_incident,
    post_update,
    reopen_incident,
    resolve_incident,
)
from statuspage.domain.incidents.enums import IncidentKind, IncidentState, PublicStatus, Severity
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref, open_public_incidents
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from statuspage.outbox.publications import newest_number
from tests.domain import stage
from tests.kit.clock import FrozenClock

LINK = "https://status.example.com/incidents/abc"
MAJOR, PARTIAL = ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PARTIAL_OUTAGE


def events(session: Session) -> list[EventKind]:
    return list(session.scalars(select(Event.kind).order_by(Event.id)))


def words_of(session: Session, incident: Incident) -> str:
    return incident_by_ref(session, incident.ref, EVERYTHING).updates[0].current.body


def test_cancelling_an_internal_incident_tells_nobody_and_frees_components(
    session: Session, clock: FrozenClock
) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now(), public=False)
    before = newest_number(session)
    ended = clock.advance(minutes=5)
    cancel_incident(session, incident, Ending("Declared by mistake"), by=stage.BEN, now=ended)
    assert incident.state is IncidentState.CANCELLED
    assert session.scalars(select(ImpactInterval.ended_at)).all() == [ended]
    assert (events(session), newest_number(session)) == ([], before)
    assert lines_about(session, "incident", incident.id)[0].action == "incident.cancelled"


def test_cancelling_what_customers_read_needs_a_closing_notice(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    with pytest.raises(Invalid) as refusal:
        cancel_incident(session, incident, Ending("Called off"), by=stage.BEN, now=clock.now())
    assert "body" in refusal.value.fields
    notice = Ending("Called off", "This is not going on any more.")
    cancel_incident(session, incident, notice, by=stage.BEN, now=clock.advance(minutes=5))
    assert (incident.state, incident.public_status) == (IncidentState.CANCELLED, PublicStatus.RESOLVED)
    assert words_of(session, incident) == "This is not going on any more."
    assert events(session) == [EventKind.INCIDENT_OPENED, EventKind.INCIDENT_RESOLVED]
    assert current_statuses(session) == {}


def test_an_internal_incident_is_cancelled_without_a_notice(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now(), public=False)
    with pytest.raises(Invalid):
        cancel_incident(session, incident, Ending("Why", "Words for nobody"), by=stage.BEN, now=clock.now())


@pytest.mark.parametrize("public", [True, False])
def test_what_was_cancelled_stays_so(session: Session, clock: FrozenClock, public: bool) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now(), public=public)
    ending = Ending("Why", "It is over." if public else "")
    cancel_incident(session, incident, ending, by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        cancel_incident(session, incident, ending, by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        reopen_incident(session, incident, "Again", by=stage.BEN, now=clock.now())
    with pytest.raises((Conflict, Invalid)):
        post_update(session, incident, UpdateDraft("News."), by=stage.BEN, now=clock.now())


def test_a_merged_incident_leads_customers_on_and_tells_them_once(session: Session, clock: FrozenClock) -> None:
    parts = stage.components(session, clock.now())
    child = stage.outage(session, clock.now(), slug="api")
    parent = stage.outage(session, clock.now(), slug="mail")
    parent.public_title = "Card [payments] fail"
    at = clock.advance(minutes=5)
    merge_incident(session, child, parent, LINK, by=stage.BEN, now=at)
    assert (child.state, child.public_status) == (IncidentState.MERGED, PublicStatus.RESOLVED)
    assert child.merged_into_id == parent.id
    assert words_of(session, child) == f"Continues in [Card \\[payments\\] fail]({LINK})."
    opened = [EventKind.INCIDENT_OPENED] * 2
    assert events(session) == [*opened, EventKind.INCIDENT_RESOLVED], "one message, about the child alone"
    assert current_statuses(session) == {parts["api"].id: PARTIAL, parts["mail"].id: PARTIAL}
    api = session.scalars(select(ImpactInterval).where(ImpactInterval.component_id == parts["api"].id)).all()
    spans = sorted((row.started_at, row.ended_at) for row in api if row.ended_at)
    assert spans == [(child.created_at, at)]
    assert [(row.started_at, row.cause_id) for row in api if not row.ended_at] == [(at, parent.id)]
    assert [row.ref for row in open_public_incidents(session)] == [parent.ref]
    actions = [lines_about(session, "incident", one.id)[0].action for one in (child, parent)]
    assert actions == ["incident.merged", "incident.merged_in"]


def test_what_the_other_holds_already_is_not_moved_twice(session: Session, clock: FrozenClock) -> None:
    parts = stage.components(session, clock.now())
    child = stage.outage(session, clock.now())
    parent = stage.outage(session, clock.now())
    begun = clock.now()
    merge_incident(session, child, parent, LINK, by=stage.BEN, now=clock.advance(minutes=5))
    still = select(ImpactInterval).where(ImpactInterval.ended_at.is_(None))
    found = [(row.component_id, row.started_at) for row in session.scalars(still)]
    assert found == [(parts["api"].id, begun)]
    assert len(parent.components) == 1


def test_merging_quietly_sends_nothing(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    child, parent = stage.outage(session, clock.now()), stage.outage(session, clock.now())
    merge_incident(session, child, parent, LINK, notify=False, by=stage.BEN, now=clock.now())
    assert events(session) == [EventKind.INCIDENT_OPENED] * 2


def test_an_internal_incident_merges_without_changing_what_customers_see(session: Session, clock: FrozenClock) -> None:
    parts = stage.components(session, clock.now())
    child = stage.outage(session, clock.now(), slug="api", public=False)
    parent = stage.outage(session, clock.now(), slug="mail")
    before = newest_number(session)
    merge_incident(session, child, parent, LINK, by=stage.BEN, now=clock.now())
    assert child.state is IncidentState.MERGED
    assert newest_number(session) == before
    assert current_statuses(session, public_only=False) == {parts["mail"].id: PARTIAL}
    assert [row.component.slug for row in parent.components] == ["mail"]


def _drill(session: Session, clock: FrozenClock) -> Incident:
    draft = IncidentDraft("Drill", Severity.SEV2, kind=IncidentKind.DRILL)
    return declare_incident(session, draft, by=stage.BEN, now=clock.now())


def _resolved(session: Session, clock: FrozenClock) -> Incident:
    incident = stage.outage(session, clock.now())
    resolve_incident(session, incident, Resolution(body="Over."), by=stage.BEN, now=clock.now())
    return incident


def _merged(session: Session, clock: FrozenClock) -> Incident:
    child, parent = stage.outage(session, clock.now()), stage.outage(session, clock.now())
    merge_incident(session, child, parent, LINK, by=stage.BEN, now=clock.now())
    return child


Made = Callable[[Session, FrozenClock], Incident]


@pytest.mark.parametrize("made", [_resolved, _merged])
@pytest.mark.parametrize("backwards", [True, False])
def test_what_is_over_is_neither_merged_nor_merged_into(
    session: Session, clock: FrozenClock, made: Made, backwards: bool
) -> None:
    stage.components(session, clock.now())
    over, incident = made(session, clock), stage.outage(session, clock.now())
    child, parent = (over, incident) if backwards else (incident, over)
    with pytest.raises(Conflict) as refusal:
        merge_incident(session, child, parent, LINK, by=stage.BEN, now=clock.now())
    assert over.ref in refusal.value.message


def test_customers_are_not_led_to_what_they_cannot_see(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    child, parent = stage.outage(session, clock.now()), stage.outage(session, clock.now(), public=False)
    with pytest.raises(Conflict):
        merge_incident(session, child, parent, LINK, by=stage.BEN, now=clock.now())


def test_a_drill_and_an_incident_stay_apart(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    with pytest.raises(Conflict):
        merge_incident(
            session, _drill(session, clock), stage.outage(session, clock.now()), LINK, by=stage.BEN, now=clock.now()
        )


def test_an_incident_does_not_continue_in_itself(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    with pytest.raises(Invalid) as refusal:
        merge_incident(session, incident, incident, LINK, by=stage.BEN, now=clock.now())
    assert "into" in refusal.value.fields
