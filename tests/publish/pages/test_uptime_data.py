"""The days behind the bars as files: whoever counts anew comes to the same numbers."""

import csv
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM
from statuspage.domain.components.actions import ComponentDraft, change_component, set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from statuspage.publish.pages import all_paths, render, timed_paths
from tests.kit.cast import Cast, settle
from tests.kit.clock import FrozenClock
from tests.publish.rendered import SITE, document, page, root

pytestmark = pytest.mark.soak_on("postgresql")

JSON, CSV = "/components/web/uptime.json", "/components/web/uptime.csv"


def set_status(session: Session, clock: FrozenClock, status: ComponentStatus) -> None:
    set_manual_status(session, "web", status, by=SYSTEM, now=clock.now())
    session.expire_all()


def test_a_row_says_what_a_day_was_like(session: Session, cast: Cast, clock: FrozenClock) -> None:
    clock.advance(days=-1)
    set_status(session, clock, ComponentStatus.PARTIAL_OUTAGE)
    clock.advance(seconds=1000)
    set_status(session, clock, ComponentStatus.MAJOR_OUTAGE)
    clock.advance(seconds=100)
    set_status(session, clock, ComponentStatus.OPERATIONAL)
    clock.advance(days=1)
    found = document(session, JSON, clock.now())
    assert found["component"]["slug"] == "web"
    assert found["weights"]["partial_outage"] == 30
    days = {day["date"]: day for day in found["days"]}
    assert (len(days), max(days)) == (90, "2026-11-18")
    seconds = {"major_outage": 100, "partial_outage": 1000, "degraded_performance": 0, "under_maintenance": 0}
    assert days["2026-11-17"] == {
        "date": "2026-11-17",
        "uptime": 99.53,  # (86,400 - 400) / 86,400, cut
        "counted_seconds": 400,
        "seconds": seconds,
    }
    assert days["2026-11-16"]["uptime"] == 100
    lines = {line["date"]: line for line in csv.DictReader(page(session, CSV, clock.now()).body.decode().splitlines())}
    assert set(lines) == set(days)
    assert lines["2026-11-17"] == {
        "date": "2026-11-17",
        "uptime_percent": "99.53",
        "counted_seconds": "400",
        **{f"{level}_seconds": str(lasted) for level, lasted in seconds.items()},
    }


def test_days_before_a_component_existed_have_no_number(session: Session, cast: Cast, clock: FrozenClock) -> None:
    assert document(session, JSON, clock.now())["days"][0]["uptime"] is not None
    young = ComponentDraft("Web", started_at=clock.now() - timedelta(days=2))
    change_component(session, "web", young, version=None, by=cast.ada, now=clock.now())
    session.expire_all()
    assert document(session, JSON, clock.now())["days"][0]["uptime"] is None
    assert page(session, CSV, clock.now()).body.decode().splitlines()[1] == "2026-08-21,,0,0,0,0,0"


def test_they_are_linked_where_the_numbers_are_explained(session: Session, cast: Cast, clock: FrozenClock) -> None:
    tree = root(session, "/uptime", clock.now())
    assert {JSON, CSV} <= set(tree.xpath("//td/a/@href"))


def test_a_component_that_hides_its_uptime_has_none(session: Session, cast: Cast, clock: FrozenClock) -> None:
    hidden = ComponentDraft("Web", showcase_uptime=False)
    change_component(session, "web", hidden, version=None, by=cast.ada, now=clock.now())
    session.expire_all()
    assert [render(session, path, SITE, clock.now()) for path in (JSON, CSV)] == [None, None]
    assert not {JSON, CSV} & set(all_paths(session, clock.now()))


@pytest.mark.parametrize("path", [JSON, CSV])
def test_the_clock_moves_them_only_where_something_goes_on(session: Session, clock: FrozenClock, path: str) -> None:
    settle(session, clock.now())
    session.flush()
    begun = clock.now()
    assert path not in timed_paths(session, begun + timedelta(minutes=5), begun)
    assert path in timed_paths(session, begun + timedelta(days=1), begun)
    clock.advance(minutes=2)
    set_status(session, clock, ComponentStatus.MAJOR_OUTAGE)
    since, as_of = begun + timedelta(minutes=5), begun + timedelta(minutes=10)
    timed = timed_paths(session, as_of, since)
    assert path in timed
    assert path.replace("web", "mail") not in timed
    assert page(session, path, as_of).body != page(session, path, since).body
