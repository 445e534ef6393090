"""Removing words in the panel: look at what is left, then do it."""

from collections.abc import Callable

import pytest

from statuspage.core.db import Database, commit
from statuspage.domain.incidents.actions import UpdateDraft, post_update
from statuspage.domain.incidents.enums import UpdateVisibility
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import BEN, CLEO, Cast, declare, plan, says
from tests.kit.clock import FrozenClock

LOOK, REMOVE = "Show what is left", "Remove it for good"


@pytest.fixture
def ben(staff: Callable[[str], StrictBrowser]) -> StrictBrowser:
    return staff(BEN)


@pytest.fixture
def story(database: Database, settled: Cast, clock: FrozenClock) -> str:
    """A public incident of whose update a name is to go, which a note repeats."""
    with database.session() as session:
        first = says("Jane Doe of Acme told us. **We look.**", workaround="Ring Jane Doe.")
        incident = declare(session, settled.ben, clock.now(), update=first)
        note = UpdateDraft("Jane Doe is angry.", UpdateVisibility.INTERNAL_NOTE)
        post_update(session, incident, note, by=settled.ben, now=clock.advance(minutes=2))
        commit(session)
        return incident.ref


def opened(ben: StrictBrowser, ref: str) -> Answer:
    correction = ben.click(ben.get(f"/admin/incidents/{ref}"), "Correct or retract the update of 13:00")
    return ben.click(correction, "remove them for good")


def bodies(database: Database, ref: str) -> list[str]:
    with database.session(readonly=True) as session:
        return [update.current.body for update in incident_by_ref(session, ref, EVERYTHING).updates]


def test_what_is_left_is_shown_before_it_is_done(ben: StrictBrowser, story: str, database: Database) -> None:
    page = opened(ben, story)
    assert REMOVE not in page.text
    page = ben.submit(page, LOOK, passage="Jane\r\nDoe", reason="Names a customer")
    assert "[…] of Acme told us. We look." in page.text and "Ring […]." in page.text
    assert "It stands in 4 stored texts." in page.text
    assert "Internal, 2026-11-18 13:02, Ben" in page.text, "the note goes on saying it"
    assert bodies(database, story)[1].startswith("Jane Doe"), "looking changes nothing"
    room = ben.submit(page, REMOVE)
    assert "The passage is removed; readers see when." in room.text
    assert "Part of this text was removed" in room.text
    assert "removed words from an update: Names a customer" in room.text
    assert bodies(database, story) == ["Jane Doe is angry.", "[…] of Acme told us. **We look.**"]


def test_other_words_than_those_shown_are_shown_first(ben: StrictBrowser, story: str, database: Database) -> None:
    page = ben.submit(opened(ben, story), LOOK, passage="Jane Doe", reason="A name")
    page = ben.submit(page, REMOVE, passage="told us")
    assert page.status == 422 and "This is not what was shown" in page.text
    assert page.root.xpath("//textarea[@name='passage']")[0].text.strip() == "told us"
    assert "Jane Doe of Acme" in bodies(database, story)[1]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"passage": "John Doe", "reason": "A name"}, "letter by letter"),
        ({"passage": "", "reason": "A name"}, "Name a passage with a word in it."),
        ({"passage": "Jane", "reason": ""}, "This is needed."),
        ({"passage": "Jane", "reason": "Jane asked"}, "Say why without those words."),
    ],
)
def test_what_cannot_be_done_keeps_what_was_typed(
    ben: StrictBrowser, story: str, typed: dict[str, str], words: str
) -> None:
    page = ben.submit(opened(ben, story), LOOK, **typed)
    assert page.status == 422 and words in page.text
    assert (page.root.xpath("//textarea[@name='passage']")[0].text or "").strip() == typed["passage"]
    assert page.root.xpath("//input[@name='reason']/@value") == [typed["reason"]]


def test_all_of_the_text_goes(ben: StrictBrowser, story: str, database: Database) -> None:
    page = ben.submit(opened(ben, story), LOOK, whole=True, reason="All wrong")
    assert "The whole text is removed" in ben.submit(page, REMOVE).text
    assert bodies(database, story) == ["Jane Doe is angry.", ""]


def test_two_people_do_not_remove_past_each_other(
    ben: StrictBrowser, staff: Callable[[str], StrictBrowser], story: str
) -> None:
    page = ben.submit(opened(ben, story), LOOK, passage="told us", reason="Wrong")
    other = staff(BEN)
    correction = other.click(other.get(f"/admin/incidents/{story}"), "Correct or retract the update of 13:00")
    other.submit(correction, "Publish the correction", body="Jane Doe told us, we think.")
    clash = ben.submit(page, REMOVE)
    assert clash.status == 409 and "Somebody corrected this update meanwhile" in clash.text
    assert "Jane Doe told us, we think." in clash.text
    assert "told us" in clash.root.xpath("//textarea[@name='passage']")[0].text


def test_a_note_is_reached_from_the_timeline(ben: StrictBrowser, story: str, database: Database) -> None:
    page = ben.click(ben.get(f"/admin/incidents/{story}"), "Remove text of 13:02")
    page = ben.submit(page, LOOK, passage="Jane Doe", reason="A name")
    ben.submit(page, REMOVE)
    assert bodies(database, story) == ["[…] is angry.", "Jane Doe of Acme told us. **We look.**"]


def test_a_title_is_replaced(ben: StrictBrowser, story: str) -> None:
    page = ben.click(ben.get(f"/admin/incidents/{story}/facts"), "put another in its place everywhere")
    refused = ben.submit(page, "Replace it for good", public_title="x" * 10_000, reason="A name")
    assert refused.status == 422 and "Keep it to 200 characters; these are 10000." in refused.text
    assert refused.root.xpath("//input[@name='public_title']/@value") == ["x" * 10_000]
    room = ben.submit(refused, "Replace it for good", public_title="Payments fail")
    assert room.h1 == "Payments fail" and "removed the title" in room.text


def test_maintenance_is_redacted_too(ben: StrictBrowser, settled: Cast, database: Database, clock: FrozenClock) -> None:
    with database.session() as session:
        ref = plan(session, settled.ben, clock.now(), title="Doe's servers", body="Jane Doe works.").ref
        commit(session)
    page = ben.click(ben.get(f"/admin/maintenance/{ref}"), "Remove text of 13:00")
    page = ben.submit(page, LOOK, passage="Jane Doe", reason="A name")
    assert "[…] works." in page.text
    story = ben.submit(page, REMOVE)
    assert "Part of this text was removed" in story.text and "Jane" not in story.text
    page = ben.submit(
        ben.click(story, "replace it everywhere"), "Replace it for good", public_title=" ", reason="A name"
    )
    assert page.status == 422
    assert ben.submit(page, "Replace it for good", public_title="Servers").h1 == "Servers"


def test_only_publishers_remove(staff: Callable[[str], StrictBrowser], story: str) -> None:
    cleo = staff(CLEO)
    assert "Remove text" not in cleo.get(f"/admin/incidents/{story}").text
    assert cleo.get(f"/admin/incidents/{story}/title-redaction").status == 403
