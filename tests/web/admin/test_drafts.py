"""Drafts in the panel: kept while typing, undone, delayed, found again, thrown away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.db import commit
from statuspage.domain.accounts.enums import Role
from statuspage.domain.editorial.actions import publish_due
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.rules import SAVING
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.rules import Publishing
from statuspage.outbox.enums import EventKind
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, CLEO, Cast, add_user, declare
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]
PUBLISH = "Publish to page and 1 subscriber"
DECLARE = "Declare and publish to page and 1 subscriber"
SAVE = "/admin/incidents/INC-2026-0001/drafts"


@pytest.fixture
def room(declared: Answer, ben: StrictBrowser, behind: Behind, settled: Cast, clock: FrozenClock) -> Answer:
    """The room of an incident that is public; from now on there are ten seconds to undo."""
    with behind.writing() as session:
        change_publishing(session, Publishing(10), by=settled.ada, now=clock.now())
    return ben.get(declared.path)


@contextmanager
def follower(behind: Behind) -> Iterator[Session]:
    with behind.database.session() as session:
        yield session
        commit(session)


def due(behind: Behind, clock: FrozenClock, seconds: float = 10) -> int:
    """Let a follower look, `seconds` later."""
    with follower(behind) as session:
        return publish_due(session, clock.advance(seconds=seconds))


def send(browser: StrictBrowser, page: Answer, body: str = "It was route B.", **fields: str | bool) -> Answer:
    return browser.submit(page, PUBLISH, body=body, status="identified", **fields)


def typing(page: Answer, **fields: str) -> dict[str, str]:
    """Return what the composer's script sends while somebody types."""
    hidden = page.root.xpath(
        "//form[@id='composer']//input[@type='hidden'] | //form[@data-save]//input[@type='hidden']"
    )
    return {**{one.get("name"): one.get("value") or "" for one in hidden}, **fields}


def the_text(page: Answer) -> str:
    return page.texts("//textarea[@name='body']")[0]


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


def test_typing_is_saved_and_found_again_on_another_device(room: Answer, ben: StrictBrowser, staff: Staff) -> None:
    saved = ben.post(SAVE, typing(room, body="It was r", status="monitoring", next_update_at="soon"))
    assert (saved.status, saved.json["words"]) == (200, "Draft saved at 13:00.")
    again = {"draft": saved.json["draft"], "draft_version": str(saved.json["version"]), "body": "It was route"}
    assert ben.post(SAVE, typing(room, next_update_at="soon", **again)).json["draft"] == saved.json["draft"]
    elsewhere = staff("ben@example.com").get(room.path)
    assert the_text(elsewhere) == "It was route"
    assert elsewhere.root.xpath("//input[@name='next_update_at']/@value") == ["soon"], "faulty fields, too"
    assert "Your draft is back." in elsewhere.text


def test_a_draft_found_again_keeps_its_levels_until_the_incident_moves_on(
    room: Answer, ben: StrictBrowser, staff: Staff, behind: Behind, clock: FrozenClock
) -> None:
    kept = ben.submit(room, "Save draft", {"level.web": "degraded_performance"}, body="Getting better.")
    level = "//select[@name='level.web']/option[@selected]/@value"
    assert kept.root.xpath(level) == ["degraded_performance"]
    assert "moved on" not in kept.text
    ada = staff(ADA)
    ada.submit(ada.get(room.path), PUBLISH, {"level.web": "partial_outage"}, body="Half of it works.")
    due(behind, clock)
    later = ben.get(room.path)
    assert "The incident moved on since you wrote this." in later.text
    assert the_text(later) == "Getting better."
    assert later.root.xpath(level) == ["partial_outage"], "nobody publishes yesterday's levels by accident"


def test_an_undone_update_keeps_its_levels(room: Answer, ben: StrictBrowser) -> None:
    sent = ben.submit(room, PUBLISH, {"level.web": "degraded_performance"}, body="Getting better.")
    undone = ben.submit(sent, "Undo and go on writing")
    chosen = undone.root.xpath("//select[@name='level.web']/option[@selected]/@value")
    assert chosen == ["degraded_performance"]
    assert "moved on" not in undone.text


def test_colleagues_see_that_somebody_writes_but_not_in_their_composer(
    room: Answer, ben: StrictBrowser, staff: Staff
) -> None:
    ben.post(SAVE, typing(room, body="It was r"))
    for email in (ADA, CLEO):
        page = staff(email).get(room.path)
        assert "Ben is writing an update since 13:00" in page.text
        assert "It was r" not in " ".join(page.texts("//textarea"))


def test_a_second_window_is_told_and_overwrites_nothing(room: Answer, ben: StrictBrowser, behind: Behind) -> None:
    ben.post(SAVE, typing(room, body="At the desk."))
    second = ben.post(SAVE, typing(room, body="On the phone."))
    assert second.status == 409
    assert "another window" in second.json["words"]
    clash = ben.submit(room, "Save draft", body="On the phone.")
    assert clash.status == 409
    assert "At the desk." in clash.texts("//*[@class='clash']")[0]
    assert the_text(clash) == "On the phone."
    kept = ben.submit(clash, "Save draft")
    assert the_text(kept) == "On the phone.", "having read both"
    with behind.reading() as session:
        written = session.scalars(select(Draft).where(Draft.state == DraftState.WRITING)).all()
        assert [draft.body for draft in written] == ["On the phone."]


def test_saving_works_by_hand_and_the_draft_can_be_thrown_away(room: Answer, ben: StrictBrowser) -> None:
    kept = ben.submit(room, "Save draft", body="For later.", status="monitoring")
    assert "Your draft is kept." in kept.text
    assert the_text(kept) == "For later."
    gone = ben.submit(kept, "Throw draft away")
    assert "thrown away" in gone.text
    assert gone.path == room.path
    assert the_text(gone) == ""


def test_a_declaration_is_kept_until_it_is_made(ben: StrictBrowser, behind: Behind) -> None:
    page = ben.get("/admin/incidents/new")
    kept = ben.submit(page, "Save draft", {"level.mail": "major_outage"}, public_title="Mail f", severity="sev1")
    assert kept.root.xpath("//input[@name='public_title']/@value") == ["Mail f"]
    assert kept.root.xpath("//select[@name='level.mail']/option[@selected]/@value") == ["major_outage"]
    assert ben.submit(kept, "Declare internally").status == 200
    fresh = ben.get("/admin/incidents/new")
    assert fresh.root.xpath("//input[@name='public_title']/@value") == [""]
    with behind.reading() as session:
        assert [draft.state for draft in session.scalars(select(Draft))] == [DraftState.DISCARDED]


def test_a_note_takes_its_draft_along(room: Answer, ben: StrictBrowser) -> None:
    kept = ben.submit(room, "Save draft", body="Vendor ticket 88121.", status="note")
    noted = ben.submit(kept, "Save note")
    assert "Noted for the team." in noted.text
    assert the_text(noted) == ""


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


def test_saving_all_the_time_is_slowed_down(room: Answer, ben: StrictBrowser) -> None:
    draft = {"draft": "", "draft_version": ""}
    for _ in range(SAVING.capacity):
        saved = ben.post(SAVE, typing(room, body="x", **draft))
        draft = {"draft": saved.json["draft"], "draft_version": str(saved.json["version"])}
    assert ben.post(SAVE, typing(room, body="x", **draft)).status == 429


def test_a_restricted_incident_hides_its_drafts(
    ben: StrictBrowser, staff: Staff, behind: Behind, settled: Cast, clock: FrozenClock
) -> None:

    with behind.writing() as session:
        add_user(session, "pia@example.com", Role.PUBLISHER, clock.now())
        declare(session, settled.ben, clock.now(), title="Secret", update=None, restricted=True)
    page = ben.get("/admin/incidents/INC-2026-0001")
    kept = ben.submit(page, "Save draft", body="Between us.", status="note")
    with behind.reading() as session:
        draft_id = session.scalars(select(Draft.id)).one()
    pia = staff("pia@example.com")
    assert pia.get(kept.path).status == 404
    assert pia.get(f"/admin/incidents/drafts/{draft_id}").status == 404
