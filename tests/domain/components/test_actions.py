"""Components and what holds them down."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.queries import lines_about
from statuspage.core.clock import rfc3339
from statuspage.core.db import new_id
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.components.actions import (
    ComponentDraft,
    archive_component,
    change_component,
    create_component,
    order_components,
    set_manual_status,
)
from statuspage.domain.components.enums import Cause, ComponentStatus, Visibility
from statuspage.domain.components.impact import set_impact
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.components.queries import CauseRef, component_by_slug, components, current_statuses
from statuspage.outbox.publications import newest_number, publications_since
from tests.domain import stage
from tests.kit.clock import FrozenClock

DOWN, SLOW, FINE = ComponentStatus.MAJOR_OUTAGE, ComponentStatus.DEGRADED_PERFORMANCE, ComponentStatus.OPERATIONAL


def test_a_component_is_created_with_audit_and_publication(session: Session, clock: FrozenClock) -> None:
    stage.profile(session, clock.now())
    component = create_component(session, ComponentDraft("Bezahlen & Kasse"), by=stage.BEN, now=clock.now())
    assert component.slug == "bezahlen-kasse"
    assert [line.action for line in lines_about(session, "component", component.id)] == ["component.created"]
    assert publications_since(session, 0)[-1].touches == ["component:bezahlen-kasse", "site"]


def test_a_second_component_of_the_same_name_gets_an_address_of_its_own(session: Session, clock: FrozenClock) -> None:
    first, second = (create_component(session, ComponentDraft("API"), by=stage.BEN, now=clock.now()) for _ in "ab")
    assert first.slug == "api"
    assert second.slug.startswith("api-")


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "\n"])
def test_a_name_that_is_missing_or_too_long_is_refused_by_field(
    session: Session, clock: FrozenClock, name: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        create_component(session, ComponentDraft(name), by=stage.BEN, now=clock.now())
    assert list(refusal.value.fields) == ["name"]


def test_control_characters_and_line_breaks_never_reach_a_name(session: Session, clock: FrozenClock) -> None:
    made = create_component(session, ComponentDraft("A\r\nBcc: x\x00\x1b[1m"), by=stage.BEN, now=clock.now())
    assert made.name == "A Bcc: x[1m"


def test_a_manual_status_opens_and_closes_an_interval(session: Session, clock: FrozenClock) -> None:
    api = stage.components(session, clock.now())["api"]
    begun = clock.now()
    set_manual_status(session, "api", DOWN, by=stage.BEN, now=begun)
    assert current_statuses(session) == {api.id: DOWN}
    ended = clock.advance(minutes=20)
    set_manual_status(session, "api", FINE, by=stage.BEN, now=ended)
    interval = session.scalars(select(ImpactInterval)).one()
    assert (interval.started_at, interval.ended_at, interval.public) == (begun, ended, True)
    assert current_statuses(session) == {}


def test_the_worst_cause_is_shown_and_the_rest_stays_when_it_ends(session: Session, clock: FrozenClock) -> None:
    api = stage.components(session, clock.now())["api"]
    incident = CauseRef(Cause.INCIDENT, api.id)
    set_manual_status(session, "api", SLOW, by=stage.BEN, now=clock.now())
    set_impact(session, api.id, DOWN, clock.now(), of=incident, public=True)
    assert current_statuses(session)[api.id] is DOWN
    set_impact(session, api.id, FINE, clock.advance(minutes=5), of=incident, public=True)
    assert current_statuses(session)[api.id] is SLOW


def test_an_internal_interval_shows_nothing_until_it_is_published(session: Session, clock: FrozenClock) -> None:
    api = stage.components(session, clock.now())["api"]
    incident = CauseRef(Cause.INCIDENT, api.id)
    begun = clock.now()
    set_impact(session, api.id, DOWN, begun, of=incident, public=False)
    assert current_statuses(session) == {}
    set_impact(session, api.id, DOWN, clock.advance(minutes=5), of=incident, public=True)
    assert current_statuses(session) == {api.id: DOWN}
    assert session.scalars(select(ImpactInterval.started_at)).all() == [begun]


def test_an_interval_without_length_leaves_no_trace(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    for status in (DOWN, SLOW, FINE):
        set_manual_status(session, "api", status, by=stage.BEN, now=clock.now())
    assert session.scalars(select(ImpactInterval)).all() == []


def test_a_stale_edit_is_refused_with_what_stands(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    seen = component_by_slug(session, "api").version
    change_component(session, "api", ComponentDraft("Public API"), version=seen, by=stage.BEN, now=clock.now())
    with pytest.raises(Conflict) as clash:
        change_component(session, "api", ComponentDraft("My API"), version=seen, by=stage.BEN, now=clock.now())
    assert (clash.value.theirs.name, clash.value.yours.name) == ("Public API", "My API")


def test_a_component_of_an_open_incident_cannot_be_archived(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    stage.outage(session, clock.now())
    with pytest.raises(Conflict):
        archive_component(session, "api", by=stage.BEN, now=clock.now())


def test_an_archived_component_leaves_the_list_and_keeps_its_address(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    archive_component(session, "mail", by=stage.BEN, now=clock.now())
    assert [c.slug for c in components(session)] == ["web", "api"]
    with pytest.raises(Invalid):
        create_component(session, ComponentDraft("Mail", slug="mail"), by=stage.BEN, now=clock.now())


def test_components_take_the_order_they_are_given(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    order_components(session, ["mail", "web"], by=stage.BEN, now=clock.now())
    assert [c.slug for c in components(session)] == ["mail", "web", "api"]


def test_internal_components_are_left_out_of_public_lists(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    hidden = ComponentDraft("Ledger", visibility=Visibility.INTERNAL)
    create_component(session, hidden, by=stage.BEN, now=clock.now())
    assert "ledger" not in [c.slug for c in components(session, public_only=True)]


def test_publication_numbers_have_no_gaps(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    for _ in range(3):
        set_manual_status(session, "api", DOWN, by=stage.BEN, now=clock.advance(minutes=1))
    newest = newest_number(session)
    assert [row.number for row in publications_since(session, 0)] == list(range(1, newest + 1))
    assert publications_since(session, newest) == []


def test_a_change_of_team_runbook_and_start_keeps_the_old_values(session: Session, clock: FrozenClock) -> None:
    api = stage.components(session, clock.now())["api"]
    born = api.started_at
    since = clock.now() - timedelta(days=400)
    draft = ComponentDraft("API", owner_team="Core", runbook_url="https://wiki.example.com/api", started_at=since)
    change_component(session, "api", draft, version=None, by=stage.BEN, now=clock.now())
    line = lines_about(session, "component", api.id)[0]
    assert (api.owner_team, api.runbook_url, api.started_at) == ("Core", "https://wiki.example.com/api", since)
    were = {"owner_team": "", "runbook_url": "", "started_at": rfc3339(born), "group": "shop"}
    assert line.details["were"] == were


@pytest.mark.parametrize("link", ["javascript:alert(1)", "wiki", "https://", "http://[", "mailto:a@example.com"])
def test_a_runbook_is_a_web_address(session: Session, clock: FrozenClock, link: str) -> None:
    with pytest.raises(Invalid) as refusal:
        create_component(session, ComponentDraft("Till", runbook_url=link), by=stage.BEN, now=clock.now())
    assert list(refusal.value.fields) == ["runbook_url"]


def test_a_component_cannot_begin_in_the_future(session: Session, clock: FrozenClock) -> None:
    draft = ComponentDraft("Till", started_at=clock.now() + timedelta(minutes=1))
    with pytest.raises(Invalid) as refusal:
        create_component(session, draft, by=stage.BEN, now=clock.now())
    assert list(refusal.value.fields) == ["started_at"]


def test_what_is_backdated_begins_where_the_interval_before_it_ended(session: Session, clock: FrozenClock) -> None:
    web = stage.components(session, clock.now())["web"]
    cause = CauseRef(Cause.INCIDENT, new_id())

    def hold(level: ComponentStatus, minutes: int) -> None:
        at = clock.now() + timedelta(minutes=minutes)
        set_impact(session, web.id, level, at, of=cause, public=True)

    hold(DOWN, 0)
    hold(FINE, 30)
    hold(SLOW, 15)
    intervals = session.scalars(select(ImpactInterval).order_by(ImpactInterval.started_at)).all()
    assert [(one.started_at, one.ended_at) for one in intervals] == [
        (clock.now(), clock.now() + timedelta(minutes=30)),
        (clock.now() + timedelta(minutes=30), None),
    ]
