"""Updates that wait, in the panel: undone, delayed, hurried, come back."""

import pytest
from sqlalchemy import select

from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.rules import Publishing
from statuspage.outbox.enums import EventKind
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, CLEO, Cast
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind
from tests.web.admin.drafting import DECLARE, PUBLISH, SAVE, Staff, due, send, the_text


@pytest.fixture
def room(declared: Answer, ben: StrictBrowser, behind: Behind, settled: Cast, clock: FrozenClock) -> Answer:
    """The room of an incident that is public; from now on there are ten seconds to undo."""
    with behind.writing() as session:
        change_publishing(session, Publishing(10), by=settled.ada, now=clock.now())
    return ben.get(declared.path)


def test_what_is_sent_off_can_be_undone_and_stands_in_the_composer_again(
    room: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    sent = send(ben, room, workaround="Pay by transfer.", notify=False)
    assert "Your update goes out in 10 s" in sent.texts("//h2")
    assert the_text(sent) == "", "the composer is free for the next word"
    assert "route B" not in client.get("/").text
    undone = ben.submit(sent, "Undo and go on writing")
    assert "Taken back; nothing went out." in undone.text
    assert the_text(undone) == "It was route B."
    assert undone.root.xpath("//input[@name='workaround']/@value") == ["Pay by transfer."]
    assert undone.root.xpath("//input[@name='status'][@checked]/@value") == ["identified"]
    assert undone.root.xpath("//input[@name='notify'][@checked]") == []
    assert due(behind, clock) == 0
    assert behind.events(EventKind.INCIDENT_UPDATED) == 0


def test_it_goes_out_by_itself(
    room: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    send(ben, room)
    assert due(behind, clock) == 1
    assert "It was route B." in client.get("/").text
    assert behind.events(EventKind.INCIDENT_UPDATED) == 1
    after = ben.get(room.path)
    assert after.texts("//*[@data-out]") == []
    assert "Public, identified" in after.text


def test_publish_now_does_not_wait(room: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind) -> None:
    published = ben.submit(send(ben, room), "Publish now without waiting")
    assert "Published as identified." in published.text
    assert "It was route B." in client.get("/").text
    assert behind.events(EventKind.INCIDENT_UPDATED) == 1


def test_a_late_undo_is_told_that_it_went_out(
    room: Answer, ben: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    sent = send(ben, room)
    due(behind, clock)
    late = ben.submit(sent, "Undo and go on writing")
    assert late.status == 409
    assert "This went out a moment ago" in late.text


def test_declaring_is_internal_until_the_time_to_undo_is_over(
    room: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    page = ben.submit(
        ben.get("/admin/incidents/new"), DECLARE, {"level.api": "partial_outage"}, public_title="Logins fail",
        body="We look into it.", title="IdP down",
    )  # fmt: skip
    assert "INC-2026-0002 is declared; its first notice is on its way" in page.text
    assert "Logins fail" not in client.get("/").text
    undone = ben.submit(page, "Undo and go on writing")
    assert the_text(undone) == "We look into it."
    assert undone.root.xpath("//select[@name='level.api']/option[@selected]/@value") == ["partial_outage"]
    again = send(ben, undone, "We look into it, really.")
    due(behind, clock)
    public = client.get("/").text
    assert "Logins fail" in public and "really" in public and "IdP" not in public
    assert "Public" in ben.get(again.path).text


def test_a_refused_declaration_declares_nothing(room: Answer, ben: StrictBrowser, behind: Behind) -> None:
    page = ben.submit(ben.get("/admin/incidents/new"), DECLARE, public_title="Logins fail", body="")
    assert page.status == 422
    assert behind.incidents() == 1


def test_a_chosen_time_is_shown_in_room_and_on_the_first_page(
    room: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    page = send(ben, room, publish_at="2026-11-18T18:30", next_update_at="2026-11-18T20:00")  # in Berlin
    assert "Your update goes out 18:30" in page.texts("//h2")
    assert "goes out 18:30" in ben.get("/admin/").text
    assert due(behind, clock, 5 * 3600) == 0
    assert due(behind, clock, 1800) == 1
    assert "It was route B." in client.get("/").text


@pytest.mark.parametrize(
    ("publish_at", "sentence"),
    [("2026-11-18T12:59", "lies in the past"), ("2026-12-31T12:00", "within 30 days"), ("soon", "Write date and time")],
)
def test_an_impossible_time_is_named_and_nothing_is_lost(
    publish_at: str, sentence: str, room: Answer, ben: StrictBrowser
) -> None:
    page = send(ben, room, publish_at=publish_at)
    assert page.status == 422
    assert sentence in page.texts("//*[@id='e-publish_at']")[0]
    assert the_text(page) == "It was route B."


def test_an_undone_update_keeps_its_levels(room: Answer, ben: StrictBrowser) -> None:
    sent = ben.submit(room, PUBLISH, {"level.web": "degraded_performance"}, body="Getting better.")
    undone = ben.submit(sent, "Undo and go on writing")
    chosen = undone.root.xpath("//select[@name='level.web']/option[@selected]/@value")
    assert chosen == ["degraded_performance"]
    assert "moved on" not in undone.text


def test_a_second_editor_is_shown_what_is_on_its_way(room: Answer, ben: StrictBrowser, staff: Staff) -> None:
    ada = staff(ADA)
    stale = ada.get(room.path)
    send(ben, room, "Ben was first.")
    for button in (PUBLISH, "Save note"):
        clash = ada.submit(stale, button, body="Ada was second.", status="monitoring")
        assert clash.status == 409
        assert "Ben was first." in clash.texts("//*[@class='clash']")[0]


def test_what_comes_back_says_why_to_its_author_in_room_and_on_the_first_page(
    room: Answer, ben: StrictBrowser, staff: Staff, behind: Behind, clock: FrozenClock
) -> None:
    send(ben, room)
    ada = staff(ADA)
    ada.submit(ada.get(room.path), "Resolve", text="All good.")
    ada.submit(ada.get(f"{room.path}/ending"), "Close as false alarm", reason="A test.", body="It was a test.")
    assert due(behind, clock) == 1
    page = ben.get(room.path).text
    assert "A draft of yours came back" in page and "is closed" in page and "It was route B." in page
    assert "came back" in ben.get("/admin/").text
    assert "A draft of Ben came back" in ada.get(room.path).text


def test_two_drafts_of_one_person_are_both_there(room: Answer, ben: StrictBrowser) -> None:
    sent = send(ben, room, "The first.")
    ben.submit(sent, "Save draft", body="The second.")
    undone = ben.submit(ben.get(room.path), "Undo and go on writing")
    assert the_text(undone) == "The second."
    swapped = ben.click(undone, "Go on with this one")
    assert the_text(swapped) == "The first."


def test_nobody_touches_what_they_may_not(room: Answer, ben: StrictBrowser, staff: Staff, behind: Behind) -> None:
    send(ben, room)
    cleo = staff(CLEO)
    page = cleo.get(room.path)
    assert "update goes out in 10 s" in page.text
    assert "Undo" not in page.texts("//button")
    with behind.reading() as session:
        draft_id = session.scalars(select(Draft.id).where(Draft.state == DraftState.QUEUED)).one()
    token = cleo.get("/admin/").root.xpath("//input[@name='csrf_token']/@value")[0]
    for deed in ("withdrawal", "publication", "discarding", "approval", "return"):
        assert cleo.post(f"/admin/incidents/drafts/{draft_id}/{deed}", {"csrf_token": token}).status == 403
    assert cleo.post(SAVE, {"csrf_token": token, "body": "x"}).status == 403
    assert ben.post(SAVE, {"body": "x"}).status == 400, "a form of another site"
