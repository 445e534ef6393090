"""Impact intervals through the API."""

from statuspage.audit.actor import SYSTEM
from statuspage.core.db import Database, commit
from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program, faults_in


def outage(database: Database, clock: FrozenClock) -> None:
    """Web was down for two hours."""
    for status in (ComponentStatus.MAJOR_OUTAGE, ComponentStatus.OPERATIONAL):
        with database.session() as session:
            set_manual_status(session, "web", status, by=SYSTEM, now=clock.now())
            commit(session)
        clock.advance(hours=2)


def test_a_correction_changes_what_customers_read(api: Program, database: Database, clock: FrozenClock) -> None:
    outage(database, clock)
    (down,) = api.get("/components/web/intervals").json["items"]
    assert (down["level"], down["cause"], down["public"], down["voided_at"]) == ("major_outage", "manual", True, None)
    before = api.browser.get("/components/web").text
    place = f"/components/web/intervals/{down['id']}"
    answer = api.patch(
        place, {"level": "degraded_performance", "reason": "It was slow, not down", "version": down["version"]}
    )
    assert (answer.status, answer.json["level"], answer.json["version"]) == (
        200,
        "degraded_performance",
        down["version"] + 1,
    )
    assert api.get(place).json == answer.json
    after = api.browser.get("/components/web").text
    assert "Major outage" in before
    assert "Major outage" not in after
    assert "100\u00a0% uptime" in after.replace("100 %", "100\u00a0%")


def test_an_interval_is_voided_with_a_reason(api: Program, database: Database, clock: FrozenClock) -> None:
    outage(database, clock)
    place = f"/components/web/intervals/{api.get('/components/web/intervals').json['items'][0]['id']}"
    assert "reason" in faults_in(api.delete(place, {}))
    assert api.delete(place, {"reason": "A false alarm"}).status == 204
    assert api.get(place).json["voided_at"]
    assert api.delete(place, {"reason": "Again"}).status == 409
    assert "No trouble in the last 90 days." in api.browser.get("/components/web").text


def test_bad_corrections_name_their_field(api: Program, database: Database, clock: FrozenClock) -> None:
    outage(database, clock)
    down = api.get("/components/web/intervals").json["items"][0]
    place = f"/components/web/intervals/{down['id']}"
    assert "ended_at" in faults_in(api.patch(place, {"ended_at": down["started_at"], "reason": "Typing"}))
    assert "reason" in faults_in(api.patch(place, {"level": "partial_outage"}))
    assert api.patch(place, {"level": "partial_outage", "reason": "Late", "version": 9}).status == 409
    assert api.get("/components/mail/intervals/nonsense").status == 404
    assert api.get(f"/components/mail/intervals/{down['id']}").status == 404
