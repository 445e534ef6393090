"""Declaring: one screen, three questions, the first public notice, two buttons."""

from collections.abc import Callable

import pytest

from statuspage.domain.accounts.enums import Role
from statuspage.outbox.enums import EventKind
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import add_user
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]
PUBLISH = "Declare and publish to page and 1 subscriber"
INSIDE = "Declare internally"


@pytest.fixture
def declared(ben: StrictBrowser) -> Answer:
    """The room of what Ben declared and published with the form."""
    return ben.submit(
        ben.get("/admin/incidents/new"),
        PUBLISH,
        {"level.web": "major_outage"},
        public_title="Checkout fails",
        body="Payments are declined. We are looking into it.",
    )


def test_the_form_is_filled_as_far_as_can_be_guessed(ben: StrictBrowser, clock: FrozenClock) -> None:
    page = ben.get("/admin/incidents/new")
    assert page.root.xpath("//input[@name='severity'][@checked]/@value") == ["sev2"]
    assert page.root.xpath("//input[@name='next_update_at']/@value") == ["2026-11-18T14:00"]  # noon UTC is 13:00 here
    assert "Many customers are affected" in page.texts("//textarea[@name='body']")[0]
    assert "In Europe/Berlin" in page.text


def test_declaring_publishes_in_the_same_step(declared: Answer, client: StrictBrowser, behind: Behind) -> None:
    assert declared.h1 == "Checkout fails"
    assert "INC-2026-0001 is on the page." in declared.text
    public = client.get("/")
    assert "Payments are declined." in public.text
    assert "Major outage" in public.text
    assert behind.events(EventKind.INCIDENT_OPENED) == 1


def test_the_promise_made_is_the_promise_shown(declared: Answer) -> None:
    assert declared.texts("//*[@data-left]") == ["1 h left"]


def test_declaring_internally_shows_customers_nothing(
    ben: StrictBrowser, client: StrictBrowser, behind: Behind
) -> None:
    page = ben.submit(ben.get("/admin/incidents/new"), INSIDE, {"level.web": "major_outage"}, public_title="Quiet fire")
    assert "customers see nothing of it" in page.text
    assert "Quiet fire" not in client.get("/").text
    assert behind.events(EventKind.INCIDENT_OPENED) == 0


def test_the_internal_title_is_a_copy_unless_said_otherwise(ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.submit(
        ben.get("/admin/incidents/new"), PUBLISH, public_title="Checkout fails", title="Route B down", body="We know."
    )
    assert page.h1 == "Route B down"
    assert "Customers read: Checkout fails" in page.text
    assert "Route B" not in client.get("/").text


def test_a_responder_may_declare_but_not_publish(
    staff: Staff, behind: Behind, clock: FrozenClock, settled: object
) -> None:
    with behind.writing() as session:
        add_user(session, "rae@example.com", Role.RESPONDER, clock.now())
    browser = staff("rae@example.com")
    page = browser.get("/admin/incidents/new")
    assert PUBLISH not in page.texts("//button")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token, "public_title": "Mine", "severity": "sev2", "source": "staff", "body": "x"}
    assert browser.post("/admin/incidents/new", {**sent, "send": "page"}).status == 403
    assert behind.incidents() == 0
    assert browser.post("/admin/incidents/new", {**sent, "send": "inside"}).status == 200


LONG = "ä" * 20_001
BAD = [
    ({"public_title": ""}, "public_title", "This is needed."),
    ({"public_title": "x" * 201}, "public_title", "Keep it to 200 characters"),
    ({"public_title": " \x07\x1b \u202e"}, "public_title", "This is needed."),
    ({"body": ""}, "body", "Write a sentence."),
    ({"body": LONG}, "body", "Keep it to 20000 characters"),
    ({"next_update_at": "2026-11-18T12:59"}, "next_update_at", "must be due in the future"),
    ({"next_update_at": "soon"}, "next_update_at", "Write date and time as"),
    ({"next_update_at": "2027-11-18T12:59"}, "next_update_at", "within 30 days"),
    ({"impact_started_at": "2026-11-19T00:00"}, "impact_started_at", "lies in the future"),
    ({"workaround": "y" * 1001}, "workaround", "Keep it to 1000 characters"),
]


@pytest.mark.parametrize(("typed", "field", "sentence"), BAD)
def test_bad_input_names_its_field_and_keeps_what_was_typed(
    typed: dict[str, str], field: str, sentence: str, ben: StrictBrowser, behind: Behind
) -> None:
    fine = {"public_title": "Checkout fails", "body": "We know.", "workaround": "Pay by transfer."}
    page = ben.submit(ben.get("/admin/incidents/new"), PUBLISH, {"level.api": "partial_outage"}, **{**fine, **typed})
    assert page.status == 422
    assert sentence in page.texts("//*[@role='alert']")[0]
    assert page.root.xpath(f"//*[@id='f-{field}' and @aria-invalid='true']")
    kept = {**fine, **typed}
    assert page.texts("//textarea[@name='body']")[0] == kept["body"]
    assert page.root.xpath("//input[@name='workaround']/@value") == [kept["workaround"]]
    assert page.root.xpath("//select[@name='level.api']/option[@selected]/@value") == ["partial_outage"]
    assert behind.incidents() == 0


def test_an_unknown_component_is_named(ben: StrictBrowser, behind: Behind) -> None:
    page = ben.get("/admin/incidents/new")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token, "public_title": "A", "severity": "sev2", "source": "staff", "body": "b"}
    answer = ben.post("/admin/incidents/new", {**sent, "level.gone": "major_outage", "send": "page"})
    assert answer.status == 422
    assert "There is no component gone" in answer.text
    answer = ben.post("/admin/incidents/new", {**sent, "level.web": "on_fire", "send": "page"})
    assert "Choose how web is doing." in answer.text
    assert behind.incidents() == 0


def test_lines_in_a_title_become_one(ben: StrictBrowser) -> None:
    page = ben.get("/admin/incidents/new")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token, "public_title": "Checkout\r\nBcc: x@example.com", "severity": "sev2"}
    answer = ben.post("/admin/incidents/new", {**sent, "source": "staff", "body": "b", "send": "page"})
    assert answer.h1 == "Checkout Bcc: x@example.com"


def test_enter_in_a_line_sends_nothing(ben: StrictBrowser) -> None:
    first = ben.get("/admin/incidents/new").root.xpath("//div[@class='declaring']//button")[0]
    assert first.get("disabled") is not None


def test_a_component_in_trouble_is_carried_over(ben: StrictBrowser) -> None:
    page = ben.get("/admin/incidents/new?component=web&level=partial_outage")
    assert page.root.xpath("//select[@name='level.web']/option[@selected]/@value") == ["partial_outage"]
