"""Templates filled from incidents and planned work; which words count as an unedited first notice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.core.languages import Language
from statuspage.domain.components.actions import ComponentDraft, create_component
from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.incidents.actions import IncidentDraft, UpdateDraft, post_update
from statuspage.domain.incidents.enums import Impact, PublicStatus, Severity
from statuspage.domain.wording.actions import TemplateDraft, create_template, switch_template
from statuspage.domain.wording.enums import Purpose
from statuspage.domain.wording.filling import (
    Filled,
    draft_story,
    filled,
    incident_story,
    is_unedited_first_notice,
    maintenance_story,
)
from statuspage.domain.wording.queries import usable_template
from statuspage.domain.wording.shipping import seed_templates
from tests.kit.cast import Cast, affects, declare, plan, says
from tests.kit.clock import FrozenClock

DOWN = ComponentStatus.MAJOR_OUTAGE
FIRST = TemplateDraft(
    name="Notice",
    purpose=Purpose.FIRST,
    language=Language.EN,
    title="Trouble with {{ component }}",
    body="{{ components }} since {{ started }}; next by {{ next_update }}.",
    workaround="Follow {{ page }}.",
)


def test_an_incident_fills_a_template_with_what_customers_may_know(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    now = clock.now()
    hidden = ComponentDraft("Secret backend", visibility=Visibility.INTERNAL)
    create_component(session, hidden, by=cast.ben, now=now)
    hit = {"api": ComponentStatus.PARTIAL_OUTAGE, "web": DOWN, "secret-backend": DOWN}
    incident = declare(
        session, cast.ben, now, title="db-7 down", public_title="Checkout fails", components=affects(**hit),
        update=None, impact_started_at=now - timedelta(minutes=5),
    )  # fmt: skip
    template = create_template(session, FIRST, by=cast.ben, now=now)
    story = incident_story(session, incident)
    assert story.title == "Checkout fails"
    assert filled(session, template, story, now) == Filled(
        title="Trouble with Web",
        body="Web and API since 12:55 CET; next by {{ next_update }}.",
        workaround="Follow Acme.",
    )
    promised = incident_story(session, incident, next_update_at=now + timedelta(minutes=30))
    assert filled(session, template, promised, now).body.endswith("next by 13:30 CET.")


def test_an_internal_title_is_never_a_value(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now(), title="db-7 down", update=None)
    assert incident_story(session, incident).title is None


def test_a_resolved_incident_lasted_until_it_was_resolved(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now(), impact_started_at=clock.now() - timedelta(minutes=20))
    assert incident_story(session, incident).ended_at is None
    post_update(session, incident, says("Over.", PublicStatus.RESOLVED), by=cast.ben, now=clock.advance(minutes=10))
    story = incident_story(session, incident)
    assert story.ended_at == clock.now()
    assert story.started_at == clock.now() - timedelta(minutes=30)


def test_a_draft_fills_before_anything_is_declared(session: Session, cast: Cast, clock: FrozenClock) -> None:
    now = clock.now()
    due = now + timedelta(hours=1)
    draft = IncidentDraft(
        title="Checkout fails",
        severity=Severity.SEV3,
        components=affects(web=ComponentStatus.PARTIAL_OUTAGE),
        update=UpdateDraft("x", next_update_at=due),
    )
    story = draft_story(session, draft, now)
    assert (story.title, story.impact, story.started_at) == ("Checkout fails", Impact.MAJOR, now)
    assert story.components == (("Web", ComponentStatus.PARTIAL_OUTAGE),)
    assert story.next_update_at == due


def test_planned_work_knows_its_window(session: Session, cast: Cast, clock: FrozenClock) -> None:
    work = plan(session, cast.ben, clock.now())
    story = maintenance_story(work)
    assert (story.starts_at, story.ends_at) == (work.starts_at, work.ends_at)
    assert [name for name, _ in story.components] == ["Mail"]


@pytest.mark.parametrize(
    ("severity", "published", "edit", "expected"),
    [
        (Severity.SEV1, False, "", True),
        (Severity.SEV1, False, "  \n", True),
        (Severity.SEV1, False, " And more.", False),
        (Severity.SEV2, False, "", False),
        (Severity.SEV1, True, "", False),
    ],
)
def test_only_the_words_of_a_first_notice_are_unedited(
    severity: Severity, published: bool, edit: str, expected: bool, *, session: Session, cast: Cast, clock: FrozenClock
) -> None:
    seed_templates(session, now=clock.now())
    body = usable_template(session, "First notice: most customers").body
    more = {} if published else {"update": None}
    incident = declare(session, cast.ben, clock.now(), severity=severity, **more)
    assert is_unedited_first_notice(session, incident, says(body + edit)) is expected


def test_an_unedited_notice_is_compared_with_its_values(session: Session, cast: Cast, clock: FrozenClock) -> None:
    now = clock.now()
    row = create_template(session, replace(FIRST, title="", workaround=""), by=cast.ben, now=now)
    incident = declare(session, cast.ben, now, update=None)
    due = now + timedelta(minutes=30)
    said = says("Web since 13:00 CET; next by 13:30 CET.", next_update_at=due)
    assert is_unedited_first_notice(session, incident, said)
    assert not is_unedited_first_notice(session, incident, replace(said, next_update_at=None))
    assert not is_unedited_first_notice(session, incident, replace(said, body=""))
    switch_template(session, row.id, active=False, by=cast.ben, now=now)
    assert not is_unedited_first_notice(session, incident, said)


@pytest.mark.parametrize(
    ("advice", "expected"),
    [(None, True), ("", True), ("Follow  Acme.", True), ("Send us your card number.", False)],
)
def test_what_customers_can_do_is_part_of_the_notice(
    advice: str | None, expected: bool, session: Session, cast: Cast, clock: FrozenClock
) -> None:
    create_template(session, replace(FIRST, title="", body="We look into it."), by=cast.ben, now=clock.now())
    incident = declare(session, cast.ben, clock.now(), update=None)
    said = says("We look into it.", workaround=advice)
    assert is_unedited_first_notice(session, incident, said) is expected
