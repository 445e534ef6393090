"""Drafts in the panel: kept while typing, found again, thrown away, seen by colleagues."""

import pytest
from sqlalchemy import select

from statuspage.domain.accounts.enums import Role
from statuspage.domain.editorial.actions import Sending, Typed, Word, save_draft, send_draft
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.rules import SAVING
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.domain.incidents.rules import Publishing
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, CLEO, Cast, add_user, declare, says
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements
from tests.web.admin.conftest import Behind
from tests.web.admin.drafting import PUBLISH, SAVE, Staff, due, the_text, typing


@pytest.fixture
def room(declared: Answer, ben: StrictBrowser, behind: Behind, settled: Cast, clock: FrozenClock) -> Answer:
    """The room of an incident that is public; from now on there are ten seconds to undo."""
    with behind.writing() as session:
        change_publishing(session, Publishing(10), by=settled.ada, now=clock.now())
    return ben.get(declared.path)


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


def test_first_page_and_room_cost_the_same_however_much_waits(
    room: Answer, ben: StrictBrowser, behind: Behind, settled: Cast, clock: FrozenClock
) -> None:
    def grow(number: int) -> None:
        with behind.writing() as session:
            people = [add_user(session, f"p{number}{one}@example.com", Role.PUBLISHER, clock.now()) for one in "ab"]
            incident = incident_by_ref(session, "INC-2026-0001", EVERYTHING)
            for by in people:
                save_draft(session, incident, Typed({"body": ["Half"]}), by=by, now=clock.now())
                send_draft(session, incident, Sending(Word(says("Whole.")), Typed({})), by=by, now=clock.now())

    for path in ("/admin/", room.path):
        grow(len(path))
        with statements() as few:
            ben.get(path)
        grow(len(path) + 100)
        with statements() as many:
            ben.get(path)
        assert len(many) == len(few), path
