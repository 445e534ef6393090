"""The room: publishing, noting, correcting, retracting, resolving; two people at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from statuspage.outbox.enums import DeliveryState, EventKind
from statuspage.outbox.models import Event
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, CLEO, SAM
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements
from tests.web.admin.conftest import Behind, delivery

Staff = Callable[[str], StrictBrowser]
PUBLISH = "Publish to page and 1 subscriber"


def _say(browser: StrictBrowser, room: Answer, body: str, **fields: str | bool) -> Answer:
    return browser.submit(room, PUBLISH, body=body, **fields)


def test_an_update_is_published_with_status_components_and_promise(
    declared: Answer, ben: StrictBrowser, client: StrictBrowser, clock: FrozenClock
) -> None:
    clock.advance(minutes=10)
    room = ben.submit(
        ben.get(declared.path), PUBLISH, {"level.web": "degraded_performance"}, body="It was **route B**.",
        status="identified", next_update_at="2026-11-18T13:45", workaround="Pay by transfer.",
    )  # fmt: skip
    assert "Published as identified." in room.text
    assert "Web: major outage → degraded performance" in room.text
    assert "35 min left" in room.text
    public = client.get("/")
    assert "Pay by transfer." in public.text
    assert "Next update by" in public.text


def test_a_note_stays_inside(declared: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind) -> None:
    room = ben.submit(declared, "Save note", body="Vendor ticket 88121.", status="note")
    assert "Vendor ticket 88121." in room.text
    assert "88121" not in client.get("/").text
    assert behind.events(EventKind.INCIDENT_UPDATED) == 0


def test_the_note_button_never_publishes(declared: Answer, ben: StrictBrowser, client: StrictBrowser) -> None:
    ben.submit(declared, "Save note", body="Only for us.", status="identified")
    assert "Only for us." not in client.get("/").text


def test_a_note_may_move_the_work_on_inside(declared: Answer, ben: StrictBrowser, client: StrictBrowser) -> None:
    room = ben.submit(declared, "Save note", body="Cause found.", status="note", state="identified")
    assert "Inside: identified" in room.text
    assert "Identified" not in client.get("/").text


def test_the_button_counts_who_is_told_and_the_tick_decides(
    declared: Answer, ben: StrictBrowser, behind: Behind
) -> None:
    _say(ben, declared, "Quietly.", notify=False)
    assert behind.events(EventKind.INCIDENT_UPDATED) == 0


def test_a_correction_shows_its_history(declared: Answer, ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.get(declared.root.xpath("//a[contains(., 'Correct or retract')]/@href")[0])
    room = ben.submit(page, "Publish the correction", body="Some payments are declined.", reason="Too wide")
    assert "Edited: 2 versions" in room.text
    assert "Payments are declined. We are looking into it." in room.text
    assert "Why it was corrected: Too wide" in room.text
    public = client.get("/").text
    assert "Some payments are declined." in public
    assert "Edited" in public


def test_two_corrections_at_once_show_both_texts(declared: Answer, ben: StrictBrowser, staff: Staff) -> None:
    path = declared.root.xpath("//a[contains(., 'Correct or retract')]/@href")[0]
    ours, theirs = ben.get(path), staff(ADA)
    theirs.submit(theirs.get(path), "Publish the correction", body="Ada was faster.")
    clash = ben.submit(ours, "Publish the correction", body="Ben was slower.")
    assert clash.status == 409
    assert "Ada was faster." in clash.text
    assert clash.texts("//textarea[@name='body']") == ["Ben was slower."]
    assert "Edited: 3 versions" in ben.submit(clash, "Publish the correction").text


def test_two_updates_at_once_show_both_texts(
    declared: Answer, ben: StrictBrowser, staff: Staff, client: StrictBrowser
) -> None:
    stale, ada = ben.get(declared.path), staff(ADA)
    _say(ada, ada.get(declared.path), "Ada was faster.", status="identified")
    clash = _say(ben, stale, "Ben was slower.", status="monitoring", workaround="Wait a little.")
    assert clash.status == 409
    assert "Ada was faster." in clash.texts("//*[@class='clash']")[0]
    assert "Ben was slower." in clash.texts("//*[@class='clash']")[0]
    assert clash.texts("//textarea[@name='body']") == ["Ben was slower."]
    assert clash.root.xpath("//input[@name='workaround']/@value") == ["Wait a little."]
    assert "Ben was slower." not in client.get("/").text
    assert _say(ben, clash, "Ben, having read.", status="monitoring").status == 200


def test_an_update_is_retracted_with_its_reason(declared: Answer, ben: StrictBrowser, client: StrictBrowser) -> None:
    room = _say(ben, declared, "The wrong word.", status="identified")
    page = ben.get(room.root.xpath("//a[contains(., 'Correct or retract')]/@href")[0])
    empty = ben.submit(page, "Retract", reason="")
    assert empty.status == 422
    assert "This is needed." in empty.text
    room = ben.submit(page, "Retract", reason="Meant for another incident")
    assert "Meant for another incident" in room.text
    assert "The wrong word." not in client.get("/").text


def test_resolving_ends_it_for_customers(
    declared: Answer, ben: StrictBrowser, client: StrictBrowser, clock: FrozenClock, behind: Behind
) -> None:
    clock.advance(minutes=30)
    room = _say(ben, ben.get(declared.path), "All is well again.", status="resolved")
    assert "Published as resolved." in room.text
    public = client.get("/")
    assert "All systems operational" in public.text
    assert behind.events(EventKind.INCIDENT_RESOLVED) == 1
    closed = ben.submit(room, "Close", code="config")
    assert "INC-2026-0001 is closed." in closed.text


def test_a_resolved_incident_is_reopened_with_a_reason(
    declared: Answer, ben: StrictBrowser, clock: FrozenClock, client: StrictBrowser
) -> None:
    clock.advance(minutes=30)
    room = _say(ben, ben.get(declared.path), "All is well again.", status="resolved")
    refused = ben.submit(room, "Reopen", reason="", reopening_body="It is back.")
    assert refused.status == 422
    assert refused.texts("//textarea[@name='reopening_body']") == ["It is back."]
    room = ben.submit(refused, "Reopen", reason="Customers report it again")
    assert "is open again" in room.text
    assert "It is back." in client.get("/").text


def test_an_internal_incident_is_published_later_under_a_title_of_its_own(
    ben: StrictBrowser, client: StrictBrowser
) -> None:
    page = ben.get("/admin/incidents/new")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token, "title": "Route B down", "severity": "sev2", "source": "staff", "send": "inside"}
    room = ben.post("/admin/incidents/new", sent)
    refused = _say(ben, room, "We know.", status="investigating")
    assert refused.status == 422
    assert refused.root.xpath("//input[@id='f-public_title' and @aria-invalid='true']")
    room = _say(ben, refused, "We know.", public_title="Payments fail")
    assert "Published as investigating." in room.text
    assert "Payments fail" in client.get("/").text
    assert "Route B" not in client.get("/").text


def test_bad_input_keeps_the_words(declared: Answer, ben: StrictBrowser) -> None:
    long = "b" * 20_001
    refused = _say(ben, declared, long, next_update_at="2026-11-18T13:30")
    assert refused.status == 422
    assert refused.texts("//textarea[@name='body']") == [long]
    assert refused.root.xpath("//input[@name='next_update_at']/@value") == ["2026-11-18T13:30"]
    at_limit = _say(ben, refused, "b" * 20_000)
    assert at_limit.status == 200


def test_acknowledging_is_one_button(declared: Answer, ben: StrictBrowser) -> None:
    room = ben.submit(declared, "Acknowledge")
    assert "Ben acknowledged it" in room.text
    assert "Acknowledge" not in room.texts("//button")


def test_facts_and_times_are_corrected_with_their_order_checked(declared: Answer, ben: StrictBrowser) -> None:
    page = ben.click(declared, "Change facts and times")
    wrong = ben.submit(page, "Save", {"at.identified": "2026-11-18T11:00"})
    assert wrong.status == 422
    assert "cannot lie after" in wrong.text
    room = ben.submit(page, "Save", {"at.impact_started": "2026-11-18T12:40"}, severity="sev1")
    assert "changed the severity from SEV2 to SEV1" in room.text
    assert "12:40" in room.text


def test_stale_facts_show_what_stands_now(declared: Answer, ben: StrictBrowser, staff: Staff) -> None:
    ours, ada = ben.click(declared, "Change facts and times"), staff(ADA)
    ada.submit(ada.get(ours.path), "Save", title="Ada's title")
    clash = ben.submit(ours, "Save", title="Ben's title")
    assert clash.status == 409
    assert clash.texts("//dl[@class='pairs']//dt") == ["Internal title now"]
    assert clash.texts("//dl[@class='pairs']//dd") == ["Ada's title"]
    assert clash.root.xpath("//input[@name='title']/@value") == ["Ben's title"]
    assert ben.submit(clash, "Save").h1 == "Ben's title"


def test_somebody_who_may_only_look_sees_no_form(declared: Answer, staff: Staff) -> None:
    page = staff(CLEO).get(declared.path)
    assert page.h1 == "Checkout fails"
    assert page.texts("//main//button[not(@type='button')]") == []


@pytest.mark.parametrize("path", ["/admin/incidents/INC-2026-9999", "/admin/incidents/INC-2026-9999/facts"])
def test_an_unknown_incident_is_told(path: str, ben: StrictBrowser) -> None:
    assert ben.get(path).status == 404


def test_the_page_costs_the_same_however_long_the_story(declared: Answer, ben: StrictBrowser) -> None:
    with statements() as few:
        room = ben.get(declared.path)
    for number in range(4):
        room = _say(ben, ben.get(declared.path), f"Word {number}.")
    with statements() as many:
        ben.get(room.path)
    assert len(many) <= len(few) + 1


def test_what_became_of_each_mail_is_told_by_address(declared: Answer, ben: StrictBrowser, behind: Behind) -> None:
    with behind.writing() as session:
        event = session.scalars(select(Event).where(Event.kind == EventKind.INCIDENT_OPENED)).one()
        event.expanded_at = event.created_at
        refused = delivery(event, "gone@example.net", state=DeliveryState.GONE, last_error="550 no such user")
        session.add_all([delivery(event, SAM, state=DeliveryState.DELIVERED), refused])
    room = ben.get(declared.path)
    page = ben.click(room, "1 of 2 mails sent, 1 failed")
    assert "550 no such user" in page.text
    assert SAM in page.text
    failed = ben.click(page, "Failed")
    assert SAM not in failed.text
    back = ben.submit(failed, "Send again to gone@example.net")
    assert "It is sent once more" in back.text
    assert back.path == failed.path
    assert "1 of 2 mails sent, 1 waiting" in back.text
