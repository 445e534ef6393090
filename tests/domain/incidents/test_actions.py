"""Declaring, resolving, closing and reopening."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.errors import Conflict, Invalid, NotFound
from statuspage.domain.accounts.enums import Role
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.components.queries import current_statuses
from statuspage.domain.incidents.actions import (
    ComponentImpact,
    IncidentChange,
    IncidentDraft,
    Resolution,
    UpdateDraft,
    acknowledge,
    change_incident,
    close_incident,
    declare_incident,
    reopen_incident,
    resolve_incident,
)
from statuspage.domain.incidents.enums import Impact, IncidentKind, IncidentState, MilestoneKind, PublicStatus, Severity
from statuspage.domain.incidents.queries import (
    EVERYTHING,
    IncidentFilter,
    Reader,
    current_milestones,
    incident_by_ref,
    incidents_page,
    open_public_incidents,
)
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from statuspage.outbox.publications import newest_number
from tests.domain import stage
from tests.kit import cast
from tests.kit.clock import FrozenClock

PEOPLE = ((cast.BEN, Role.MANAGER), (cast.CLEO, Role.VIEWER))


def test_declaring_and_publishing_leaves_every_row_of_the_promise(session: Session, clock: FrozenClock) -> None:
    api = stage.components(session, clock.now())["api"]
    before = newest_number(session)
    due = clock.now() + timedelta(minutes=30)
    incident = stage.outage(session, clock.now(), next_update_at=due)
    assert (incident.ref, incident.public_status, incident.impact) == ("INC-2026-0001", "investigating", Impact.MAJOR)
    assert incident.updates[0].promise is not None
    assert incident.updates[0].promise.due_at == due
    assert current_statuses(session) == {api.id: ComponentStatus.PARTIAL_OUTAGE}
    assert [event.kind for event in session.scalars(select(Event))] == [EventKind.INCIDENT_OPENED]
    assert newest_number(session) == before + 1
    actions = {line.action for line in lines_about(session, "incident", incident.id)}
    assert actions == {"incident.declared", "incident.update_posted"}
    assert set(current_milestones(session, incident.id)) == {"detected", "declared", "first_public_update"}


def test_an_internal_incident_shows_and_sends_nothing(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    before = newest_number(session)
    incident = stage.outage(session, clock.now(), public=False)
    assert (incident.public, incident.public_status, incident.public_title) == (False, None, None)
    assert current_statuses(session) == {}
    assert list(current_statuses(session, public_only=False).values()) == [ComponentStatus.PARTIAL_OUTAGE]
    assert session.scalars(select(Event)).all() == []
    assert newest_number(session) == before
    assert open_public_incidents(session) == []


def test_impact_begins_when_customers_felt_it_not_at_the_click(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    felt = clock.now() - timedelta(minutes=12)
    hit = (ComponentImpact("api", ComponentStatus.MAJOR_OUTAGE),)
    draft = IncidentDraft("Down", Severity.SEV1, components=hit, update=UpdateDraft("We look."), impact_started_at=felt)
    incident = declare_incident(session, draft, by=stage.BEN, now=clock.now())
    assert session.scalars(select(ImpactInterval.started_at)).all() == [felt]
    assert incident.public_started_at == felt


def test_refs_are_counted_per_year(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    refs = [stage.outage(session, clock.now()).ref for _ in range(2)]
    refs.append(stage.outage(session, clock.now() + timedelta(days=60)).ref)
    assert refs == ["INC-2026-0001", "INC-2026-0002", "INC-2027-0001"]


def test_a_drill_never_becomes_public(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    draft = IncidentDraft("Drill", Severity.SEV1, update=UpdateDraft("Practice."), kind=IncidentKind.DRILL)
    with pytest.raises(Conflict):
        declare_incident(session, draft, by=stage.BEN, now=clock.now())


def test_a_drill_leaves_no_interval(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    hit = (ComponentImpact("api", ComponentStatus.MAJOR_OUTAGE),)
    draft = IncidentDraft("Drill", Severity.SEV1, components=hit, kind=IncidentKind.DRILL)
    declare_incident(session, draft, by=stage.BEN, now=clock.now())
    assert session.scalars(select(ImpactInterval)).all() == []


def test_an_unknown_component_is_refused_by_name(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    hit = (ComponentImpact("nope", ComponentStatus.MAJOR_OUTAGE),)
    with pytest.raises(Invalid) as refusal:
        declare_incident(session, IncidentDraft("X", Severity.SEV1, components=hit), by=stage.BEN, now=clock.now())
    assert "nope" in refusal.value.fields["components"]


@pytest.mark.parametrize("hours", [1, 24])
def test_a_start_in_the_future_is_refused(session: Session, clock: FrozenClock, hours: int) -> None:
    stage.components(session, clock.now())
    draft = IncidentDraft("X", Severity.SEV1, impact_started_at=clock.now() + timedelta(hours=hours))
    with pytest.raises(Invalid) as refusal:
        declare_incident(session, draft, by=stage.BEN, now=clock.now())
    assert "milestones" in refusal.value.fields


def test_resolving_with_words_tells_customers_and_frees_components(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    ended = clock.advance(minutes=40)
    resolve_incident(session, incident, Resolution(body="All is well."), by=stage.BEN, now=ended)
    assert (incident.state, incident.public_status) == (IncidentState.RESOLVED, PublicStatus.RESOLVED)
    assert current_statuses(session) == {}
    assert session.scalars(select(ImpactInterval.ended_at)).all() == [ended]
    assert incident.impact is Impact.MAJOR, "impact is the worst reached"
    assert current_milestones(session, incident.id)[MilestoneKind.RESOLVED] == ended


def test_resolving_inside_leaves_customers_what_they_see(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    before = newest_number(session)
    resolve_incident(session, incident, Resolution(), by=stage.BEN, now=clock.advance(minutes=5))
    assert (incident.state, incident.public_status) == (IncidentState.RESOLVED, PublicStatus.INVESTIGATING)
    assert newest_number(session) == before
    with pytest.raises(Conflict):
        close_incident(session, incident, by=stage.BEN, now=clock.now())


def test_closing_and_reopening_within_a_week(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    resolve_incident(session, incident, Resolution(body="Done."), by=stage.BEN, now=clock.advance(minutes=5))
    close_incident(session, incident, by=stage.BEN, now=clock.advance(days=1))
    reopen_incident(session, incident, "It came back", "It is back.", by=stage.BEN, now=clock.advance(days=1))
    assert (incident.state, incident.public_status) == (IncidentState.INVESTIGATING, PublicStatus.INVESTIGATING)
    assert incident.public_resolved_at is None


def test_after_a_week_a_new_incident_is_needed(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    resolve_incident(session, incident, Resolution(body="Done."), by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        reopen_incident(session, incident, "It came back", by=stage.BEN, now=clock.advance(days=8))


def test_only_the_first_acknowledgement_counts(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    first = clock.advance(minutes=3)
    acknowledge(session, incident, None, by=stage.BEN, now=first)
    acknowledge(session, incident, None, by=stage.BEN, now=clock.advance(minutes=3))
    assert current_milestones(session, incident.id)[MilestoneKind.ACKNOWLEDGED] == first


def test_a_corrected_milestone_keeps_the_old_row(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    earlier = clock.now() - timedelta(minutes=9)
    change = IncidentChange(milestones=((MilestoneKind.DETECTED, earlier),))
    change_incident(session, incident, change, by=stage.BEN, now=clock.now())
    assert current_milestones(session, incident.id)[MilestoneKind.DETECTED] == earlier
    session.refresh(incident, ["milestones"])
    assert [m.kind for m in incident.milestones].count(MilestoneKind.DETECTED) == 2


def test_the_peak_severity_is_kept(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    for severity in (Severity.SEV1, Severity.SEV3):
        change_incident(session, incident, IncidentChange(severity=severity), by=stage.BEN, now=clock.now())
    found = (incident.severity_initial, incident.severity_peak, incident.severity)
    assert found == (Severity.SEV2, Severity.SEV1, Severity.SEV3)


def test_a_change_made_on_an_old_view_is_refused(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    seen = incident.version
    change_incident(session, incident, IncidentChange(title="A", seen_version=seen), by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict):
        change_incident(session, incident, IncidentChange(title="B", seen_version=seen), by=stage.BEN, now=clock.now())


def test_restricted_incidents_are_found_by_the_named_and_by_administrators(
    session: Session, clock: FrozenClock
) -> None:
    ben, cleo = (cast.add_user(session, who, role, clock.now()) for who, role in PEOPLE)
    draft = IncidentDraft("Secret", Severity.SEV2, restricted=True)
    incident = declare_incident(session, draft, by=ben, now=clock.now())
    for reader in (EVERYTHING, Reader(ben.id)):
        assert [i.ref for i in incidents_page(session, reader, IncidentFilter())] == [incident.ref]
    for reader in (Reader(cleo.id), Reader()):
        assert incidents_page(session, reader, IncidentFilter()) == []
        with pytest.raises(NotFound):
            incident_by_ref(session, incident.ref, reader)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (IncidentFilter(), 2),
        (IncidentFilter(component="api"), 1),
        (IncidentFilter(severity=Severity.SEV4), 1),
        (IncidentFilter(state=IncidentState.CLOSED), 0),
        (IncidentFilter(public_status=PublicStatus.INVESTIGATING), 2),
        (IncidentFilter(open_only=True), 2),
    ],
)
def test_lists_are_narrowed(session: Session, clock: FrozenClock, wanted: IncidentFilter, found: int) -> None:
    stage.components(session, clock.now())
    stage.outage(session, clock.now())
    stage.outage(session, clock.now(), slug="mail", severity=Severity.SEV4)
    assert len(incidents_page(session, EVERYTHING, wanted)) == found
