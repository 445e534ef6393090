"""Correcting impact in the panel."""

from statuspage.audit.actor import SYSTEM
from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from tests.kit.browser import StrictBrowser
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind


def outage(behind: Behind, clock: FrozenClock) -> None:
    """Web was down for half an hour."""
    for status in (ComponentStatus.MAJOR_OUTAGE, ComponentStatus.OPERATIONAL):
        with behind.writing() as session:
            set_manual_status(session, "web", status, by=SYSTEM, now=clock.now())
        clock.advance(minutes=30)


def test_impact_is_listed_corrected_and_voided(
    ben: StrictBrowser, client: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    outage(behind, clock)
    page = ben.get("/admin/components/web/intervals")
    form = ben.get(page.root.xpath("//a[contains(., 'Correct')]/@href")[0])
    assert form.root.xpath("//input[@name='started_at']/@value")
    typed = {"level": "partial_outage", "reason": "Half of it worked"}
    page = ben.submit(form, "Correct", **typed)
    assert "Corrected" in page.text
    assert "Partial outage" in page.text
    assert "Partial outage" in client.get("/components/web").text
    form = ben.get(page.root.xpath("//a[contains(., 'Correct')]/@href")[0])
    page = ben.submit(form, "Void it", why="It never happened")
    assert "voided" in page.text
    assert not page.root.xpath("//td/a[contains(., 'Correct')]")
    assert "No trouble in the last 90 days." in client.get("/components/web").text


def test_a_refused_correction_keeps_what_was_typed(ben: StrictBrowser, behind: Behind, clock: FrozenClock) -> None:
    outage(behind, clock)
    page = ben.get("/admin/components/web/intervals")
    form = ben.get(page.root.xpath("//a[contains(., 'Correct')]/@href")[0])
    begin = form.root.xpath("//input[@name='started_at']/@value")[0]
    page = ben.submit(form, "Correct", ended_at=begin, reason="Typing")
    assert page.status == 422
    assert page.root.xpath("//input[@id='f-ended_at' and @aria-invalid='true']")
    assert page.root.xpath("//input[@name='reason']/@value") == ["Typing"]


def test_two_people_correcting_at_once_are_told(ben: StrictBrowser, behind: Behind, clock: FrozenClock) -> None:
    outage(behind, clock)
    page = ben.get("/admin/components/web/intervals")
    form = ben.get(page.root.xpath("//a[contains(., 'Correct')]/@href")[0])
    ben.submit(form, "Correct", level="partial_outage", reason="Half of it worked")
    clash = ben.submit(form, "Correct", level="degraded_performance", reason="It was slow")
    assert clash.status == 409
    assert clash.texts("//dl[@class='pairs']//dd") == ["Partial outage"]
    assert "Corrected" in ben.submit(clash, "Correct").text


def test_voiding_what_somebody_corrected_meanwhile_shows_it_first(
    ben: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    outage(behind, clock)
    page = ben.get("/admin/components/web/intervals")
    form = ben.get(page.root.xpath("//a[contains(., 'Correct')]/@href")[0])
    ben.submit(form, "Correct", level="partial_outage", reason="Half of it worked")
    clash = ben.submit(form, "Void it", why="It never happened")
    assert clash.status == 409
    assert clash.root.xpath("//select[@name='level']/option[@selected]/@value") == ["partial_outage"]
    assert clash.root.xpath("//input[@name='why']/@value") == ["It never happened"]
    assert "voided" in ben.submit(clash, "Void it").text
