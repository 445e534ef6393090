"""The read API, held against the shapes that published clients expect."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from statuspage.core.clock import parse_instant
from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import post_update, retract_update
from statuspage.domain.incidents.enums import PublicStatus, Severity
from statuspage.domain.maintenance.actions import cancel_maintenance, complete_maintenance, start_maintenance
from statuspage.publish.api_v2.documents import DOCUMENTS
from tests.kit.cast import Cast, affects, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.publish.rendered import document, page

pytestmark = pytest.mark.soak_on("postgresql")

OK, WORK, SLOW, PART, DOWN = ComponentStatus
PAGE = {"id", "name", "url", "time_zone", "updated_at"}
COMPONENT = {
    *("id", "name", "status", "created_at", "updated_at", "position", "description", "showcase", "start_date"),
    *("group_id", "page_id", "group", "only_show_if_degraded"),
}
INCIDENT = {
    *("id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact", "shortlink"),
    *("started_at", "page_id", "incident_updates", "components"),
}
UPDATE = {
    *("id", "status", "body", "incident_id", "created_at", "updated_at", "display_at", "affected_components"),
    *("deliver_notifications", "custom_tweet", "tweet_id"),
}
TIMES = re.compile(r".*(_at|_for|_until)$")


def asked(session: Session, name: str, clock: FrozenClock) -> Any:
    session.expire_all()
    return document(session, f"/api/v2/{name}", clock.now())


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key)
    else:
        yield key, value


@pytest.fixture
def busy(session: Session, cast: Cast, clock: FrozenClock) -> Cast:
    """One resolved and one open incident, one maintenance running, one coming, one over, one called off."""
    first = declare(session, cast.ben, clock.now())
    post_update(session, first, says("Better.", PublicStatus.MONITORING), by=cast.ben, now=clock.advance(minutes=5))
    post_update(session, first, says("Over.", PublicStatus.RESOLVED), by=cast.ben, now=clock.advance(minutes=5))
    declare(session, cast.ben, clock.advance(minutes=5), title="Again")
    works = [plan(session, cast.ben, clock.now(), title=title) for title in ("Over", "Now", "Then", "Never")]
    start_maintenance(session, works[0], by=cast.ben, now=clock.now())
    complete_maintenance(session, works[0], by=cast.ben, now=clock.advance(minutes=5))
    start_maintenance(session, works[1], by=cast.ben, now=clock.now())
    cancel_maintenance(session, works[3], "Not needed.", by=cast.ben, now=clock.now())
    return cast


def test_every_object_has_every_key(session: Session, busy: Cast, clock: FrozenClock) -> None:
    summary = asked(session, "summary.json", clock)
    assert set(summary) == {"page", "components", "incidents", "scheduled_maintenances", "status"}
    assert set(summary["page"]) == PAGE
    for component in summary["components"]:
        assert set(component) == (COMPONENT | {"components"} if component["group"] else COMPONENT)
    incidents = asked(session, "incidents.json", clock)["incidents"]
    works = asked(session, "scheduled-maintenances.json", clock)["scheduled_maintenances"]
    for story in (*incidents, *works):
        assert set(story) == (INCIDENT if story in incidents else INCIDENT | {"scheduled_for", "scheduled_until"})
        assert all(set(update) == UPDATE for update in story["incident_updates"])
        assert all(set(component) == COMPONENT for component in story["components"])
        assert story["impact"] in {"none", "minor", "major", "critical", "maintenance"}
    assert {work["status"] for work in works} == {"scheduled", "in_progress", "completed"}


@pytest.mark.parametrize("name", [*DOCUMENTS])
def test_ids_times_and_keys_hold_in_every_document(session: Session, busy: Cast, clock: FrozenClock, name: str) -> None:
    found = asked(session, name, clock)
    ids = []
    for key, value in leaves(found):
        if key in ("id", "group_id", "page_id", "incident_id", "code") and value is not None:
            assert re.fullmatch(r"[a-z0-9]{12}", value), (key, value)
        if TIMES.match(key) and value is not None:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value), (key, value)
            parse_instant(value)
    for stories in (found.get("incidents", []), found.get("scheduled_maintenances", []), found.get("components", [])):
        ids = [story["id"] for story in stories]
        assert len(set(ids)) == len(ids)


def test_incidents_and_maintenance_stand_in_their_own_lists(session: Session, busy: Cast, clock: FrozenClock) -> None:
    def titles(name: str, key: str) -> list[str]:
        return [story["name"] for story in asked(session, name, clock)[key]]

    works = "scheduled_maintenances"
    assert titles("incidents.json", "incidents") == ["Again", "Checkout fails"]
    assert titles("incidents/unresolved.json", "incidents") == ["Again"]
    assert titles("scheduled-maintenances/upcoming.json", works) == ["Then"]
    assert titles("scheduled-maintenances/active.json", works) == ["Now"]
    assert sorted(titles("scheduled-maintenances.json", works)) == ["Never", "Now", "Over", "Then"]
    assert titles("summary.json", "incidents") == ["Again"]
    assert titles("summary.json", works) == ["Then", "Now"]


def test_groups_are_rows_with_children_and_the_worst_childs_status(
    session: Session, busy: Cast, clock: FrozenClock
) -> None:
    rows = {row["name"]: row for row in asked(session, "components.json", clock)["components"]}
    group = rows["Platform"]
    assert (group["group"], group["status"]) == (True, "major_outage")
    assert group["components"] == [rows["Web"]["id"], rows["API"]["id"]]
    assert rows["Web"]["group_id"] == group["id"]
    assert (rows["Mail"]["group_id"], rows["Mail"]["status"]) == (None, "under_maintenance")
    assert rows["API"]["start_date"] == "2026-08-20"


def test_changes_of_components_chain_through_the_updates(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    for status, level in ((PublicStatus.IDENTIFIED, PART), (PublicStatus.MONITORING, SLOW)):
        draft = says("News.", status, components=affects(web=level))
        post_update(session, incident, draft, by=cast.ben, now=clock.advance(minutes=5))
    post_update(session, incident, says("Over.", PublicStatus.RESOLVED), by=cast.ben, now=clock.advance(minutes=5))
    updates = asked(session, f"incidents/{incident.code}.json", clock)["incident"]["incident_updates"]
    assert [update["status"] for update in updates] == ["resolved", "monitoring", "identified", "investigating"]
    changes = [update["affected_components"][0] for update in reversed(updates)]
    assert changes[0]["name"] == "Platform - Web"
    assert changes[0]["old_status"] == "operational"
    assert [change["new_status"] for change in changes] == [DOWN, PART, SLOW, OK]
    assert [change["old_status"] for change in changes[1:]] == [change["new_status"] for change in changes[:-1]]


def test_a_single_incident_moves_with_itself_alone(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    path = f"/api/v2/incidents/{incident.code}.json"
    before = page(session, path, clock.now()).body
    set_manual_status(session, "web", SLOW, by=cast.ben, now=clock.advance(minutes=5))
    declare(session, cast.ben, clock.now(), title="Another")
    session.expire_all()
    assert page(session, path, clock.now()).body == before
    moved = asked(session, "status.json", clock)["page"]["updated_at"]
    assert moved == "2026-11-18T12:05:00.000Z"


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((OK, OK, OK), ("none", "All Systems Operational")),
        ((WORK, OK, OK), ("maintenance", "Service Under Maintenance")),
        ((SLOW, OK, OK), ("minor", "Partially Degraded Service")),
        ((SLOW, WORK, OK), ("minor", "Partially Degraded Service")),
        ((SLOW, SLOW, SLOW), ("minor", "Degraded System Service")),
        ((PART, OK, OK), ("minor", "Minor Service Outage")),
        ((PART, PART, PART), ("major", "Partial System Outage")),
        ((DOWN, OK, OK), ("major", "Partial System Outage")),
        ((DOWN, DOWN, DOWN), ("critical", "Major System Outage")),
    ],
)
def test_the_status_follows_the_components(
    session: Session,
    cast: Cast,
    clock: FrozenClock,
    statuses: tuple[ComponentStatus, ...],
    expected: tuple[str, str],
) -> None:
    for slug, status in zip(("web", "api", "mail"), statuses, strict=True):
        set_manual_status(session, slug, status, by=cast.ben, now=clock.now())
    shown = asked(session, "status.json", clock)["status"]
    assert (shown["indicator"], shown["description"]) == expected


def test_an_incident_without_components_leaves_the_status_alone(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    declare(session, cast.ben, clock.now(), components=(), update=says("Odd."), severity=Severity.SEV1)
    assert asked(session, "status.json", clock)["status"]["indicator"] == "none"
    assert asked(session, "incidents/unresolved.json", clock)["incidents"][0]["impact"] == "critical"


def test_a_withdrawn_update_gives_no_words(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    second = post_update(session, incident, says("The moon fell."), by=cast.ben, now=clock.advance(minutes=1))
    retract_update(session, second, "No moon", by=cast.ben, now=clock.advance(minutes=1))
    newest = asked(session, "incidents.json", clock)["incidents"][0]["incident_updates"][0]
    assert newest["body"] == "This update was withdrawn: No moon"
