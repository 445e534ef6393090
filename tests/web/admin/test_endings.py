"""Incidents that end another way, that are like an earlier one, that were never declared."""

from statuspage.audit.actor import SYSTEM
from statuspage.outbox.enums import EventKind
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import declare
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind


def test_a_false_alarm_is_closed_with_a_word_to_customers(
    declared: Answer, ben: StrictBrowser, client: StrictBrowser
) -> None:
    page = ben.click(declared, "End it another way")
    refused = ben.submit(page, "Close as false alarm", reason="The probe was wrong", body="")
    assert refused.status == 422
    assert refused.texts("//textarea[@id='f-reason']") == ["The probe was wrong"]
    assert refused.root.xpath("//textarea[@id='f-body' and @aria-invalid='true']")
    room = ben.submit(refused, "Close as false alarm", body="All was well: our own check was wrong.")
    assert "is closed as a false alarm" in room.text
    assert "All systems operational" in client.get("/").text


def test_an_incident_is_called_off(declared: Answer, ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.get(f"{declared.path}/ending")
    room = ben.submit(page, "Call it off", reason="Planned work nobody announced", body="This was planned work.")
    assert "is called off" in room.text
    assert "This was planned work." in client.get("/history").text


def test_an_incident_continues_in_another(
    declared: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    with behind.writing() as session:
        other = declare(session, SYSTEM, clock.now(), title="Everything fails")
    page = ben.get(f"{declared.path}/ending")
    assert ben.submit(page, "Continue there", into="").status == 422
    room = ben.submit(page, "Continue there", into=other.ref)
    assert room.h1 == "Everything fails"
    assert f"continues in {other.ref}" in room.text
    assert "Continues in Everything fails" in client.get("/history").text


def test_a_way_that_does_not_exist_is_refused(declared: Answer, ben: StrictBrowser) -> None:
    token = declared.root.xpath("//input[@name='csrf_token']/@value")[0]
    assert ben.post(f"{declared.path}/ending", {"csrf_token": token, "way": "vanish"}).status == 422


def test_declaring_one_like_another_takes_over_its_facts(declared: Answer, ben: StrictBrowser) -> None:
    page = ben.click(declared, "Declare one like this")
    assert page.root.xpath("//input[@name='public_title']/@value") == ["Checkout fails"]
    assert page.root.xpath("//select[@name='level.web']/option[@selected]/@value") == ["major_outage"]
    assert "Payments are declined" not in page.texts("//textarea[@name='body']")[0]


def test_a_past_incident_is_entered_and_nobody_is_told(
    ben: StrictBrowser, client: StrictBrowser, behind: Behind
) -> None:
    page = ben.get("/admin/incidents/past")
    fine = {"public_title": "Mail was late", "started_at": "2026-11-17T08:00", "ended_at": "2026-11-17T09:30"}
    refused = ben.submit(page, "Enter it", {**fine, "ended_at": "2026-11-17T07:00"}, body="Mail waited.")
    assert refused.status == 422
    assert refused.root.xpath("//input[@name='started_at']/@value") == ["2026-11-17T08:00"]
    room = ben.submit(page, "Enter it", {**fine, "level.mail": "partial_outage"}, body="Mail waited.")
    assert "is entered" in room.text
    assert "Mail was late" in client.get("/history").text
    assert behind.events(EventKind.INCIDENT_OPENED) + behind.events(EventKind.INCIDENT_RESOLVED) == 0
