"""The months as programs read them: keys, order and marks are those of the widely used document."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.incidents.actions import Resolution, post_update, resolve_incident, retract_update
from statuspage.domain.maintenance.actions import advance_due
from tests.kit.cast import Cast, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.publish.rendered import document

pytestmark = pytest.mark.soak_on("postgresql")

PATH = "/history.json"


def test_it_has_the_keys_that_clients_know(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    found = document(session, PATH, clock.now())
    assert set(found) == {"page_status", "components", "months", "component_filter", "start_time", "end_time"}
    assert found["page_status"]["page"] == document(session, "/api/v2/status.json", clock.now())["page"]
    assert found["components"] == document(session, "/api/v2/components.json", clock.now())["components"]
    (month,) = found["months"]
    assert {key: month[key] for key in ("name", "year", "starts_on", "days")} == {
        "name": "November",
        "year": 2026,
        "starts_on": 0,  # a Sunday
        "days": 30,
    }
    assert month["incidents"] == [
        {
            "code": incident.code,
            "name": "Checkout fails",
            "message": "<p>Payments are declined. We are looking into it.</p>",
            "impact": incident.impact,
            "timestamp": "Nov <var data-var='date'>18</var>, <var data-var='time'>13:00</var> CET",
        }
    ]
    assert (found["start_time"], found["end_time"]) == ("2026-10-31T23:00:00.000Z", "2026-11-30T23:00:00.000Z")


def test_it_tells_three_months_newest_first_and_mixes_maintenance_in(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    old = declare(session, cast.ben, clock.now() - timedelta(days=100))
    plan(session, cast.ben, clock.now() - timedelta(days=25))
    declare(session, cast.ben, clock.now() - timedelta(days=20), public_title="Later")
    advance_due(session, clock.now() - timedelta(days=24) + timedelta(minutes=1))
    advance_due(session, clock.now())
    session.expire_all()
    months = document(session, PATH, clock.now())["months"]
    assert [month["name"] for month in months] == ["November", "October", "September"]
    assert [one["name"] for one in months[1]["incidents"]] == ["Later", "New mail servers"]
    assert months[1]["incidents"][1]["impact"] == "maintenance"
    assert old.code not in str(months)


def test_the_time_of_the_end_has_a_date_only_when_that_differs(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    resolve_incident(session, incident, Resolution(body="Over."), by=cast.ben, now=clock.advance(minutes=30))
    night = declare(session, cast.ben, clock.now())
    resolve_incident(session, night, Resolution(body="Over."), by=cast.ben, now=clock.advance(hours=11))
    session.expire_all()
    stamps = [one["timestamp"] for one in document(session, PATH, clock.now())["months"][0]["incidents"]]
    time, date = "<var data-var='time'>{}</var>", "Nov <var data-var='date'>{}</var>, "
    assert stamps == [
        f"{date.format(18)}{time.format('13:30')} - {date.format(19)}{time.format('00:30')} CET",
        f"{date.format(18)}{time.format('13:00')} - {time.format('13:30')} CET",
    ]


def test_a_withdrawn_word_is_not_the_last_one(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    wrong = post_update(session, incident, says("Wrong."), by=cast.ben, now=clock.advance(minutes=1))
    retract_update(session, wrong, "A mistake", by=cast.ben, now=clock.advance(minutes=1))
    session.expire_all()
    (told,) = document(session, PATH, clock.now())["months"][0]["incidents"]
    assert "Payments are declined" in told["message"]
    assert "Wrong" not in told["message"]
