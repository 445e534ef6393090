"""Maintenance: planning in the page's zone, beginning, saying, ending, cancelling."""

from collections.abc import Callable

import pytest

from statuspage.outbox.enums import EventKind
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]
ANNOUNCE = "Announce to page and 1 subscriber"
PUBLISH = "Publish to page and 1 subscriber"
FINE = {"title": "New mail servers", "starts_at": "2026-11-20T02:00", "ends_at": "2026-11-20T03:30"}


def _plan(browser: StrictBrowser, **typed: str | list[str] | bool) -> Answer:
    page = browser.get("/admin/maintenance/new")
    return browser.submit(page, ANNOUNCE, **{**FINE, "component": ["mail"], **typed})


def test_work_is_announced_in_the_pages_zone(ben: StrictBrowser, client: StrictBrowser, behind: Behind) -> None:
    page = _plan(ben)
    assert "MNT-2026-0001 is announced." in page.text
    assert "20 Nov, 02:00 (01:00 UTC)" in page.text
    assert "New mail servers" in client.get("/").text
    assert behind.events(EventKind.MAINTENANCE_ANNOUNCED) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"starts_at": ""}, "starts_at"),
        ({"ends_at": "2026-11-20T01:00"}, "ends_at"),
        ({"ends_at": "never"}, "ends_at"),
        ({"starts_at": "2026-10-01T00:00", "ends_at": "2026-10-01T01:00"}, "ends_at"),
        ({"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}, "starts_at"),
        ({"component": []}, "components"),
        ({"body": ""}, "body"),
        ({"body": "b" * 20_001}, "body"),
    ],
)
def test_bad_input_names_its_field_and_keeps_what_was_typed(
    typed: dict[str, str | list[str]], field: str, ben: StrictBrowser
) -> None:
    page = _plan(ben, **typed)
    assert page.status == 422
    assert page.root.xpath(f"//*[@role='alert']//a[@href='#f-{field}']")
    kept = {**FINE, **typed}
    assert page.root.xpath("//input[@name='starts_at']/@value") == [kept["starts_at"]]
    assert page.root.xpath("//input[@name='ends_at']/@value") == [kept["ends_at"]]


def test_an_unknown_component_is_named(ben: StrictBrowser) -> None:
    page = ben.get("/admin/maintenance/new")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    answer = ben.post(page.path, {**FINE, "csrf_token": token, "component": "gone", "body": "b"})
    assert answer.status == 422
    assert "There is no component gone" in answer.text


def test_the_work_begins_goes_on_and_ends(ben: StrictBrowser, client: StrictBrowser, clock: FrozenClock) -> None:
    page = _plan(ben)
    page = ben.submit(page, PUBLISH, status="in_progress")
    assert "The maintenance has begun." in page.text
    assert "Under maintenance" in client.get("/").text
    page = ben.submit(page, PUBLISH, status="in_progress", body="Half of it is done.")
    assert "Half of it is done." in client.get("/").text
    page = ben.submit(page, PUBLISH, status="completed", body="All done.")
    assert "All systems operational" in client.get("/").text
    assert PUBLISH not in page.texts("//button")


def test_planned_work_is_cancelled_with_a_word(ben: StrictBrowser, client: StrictBrowser, behind: Behind) -> None:
    page = ben.submit(_plan(ben), PUBLISH, status="cancelled")
    assert "This maintenance will not take place." in page.text
    assert behind.events(EventKind.MAINTENANCE_CANCELLED) == 1


def test_running_work_can_be_extended_and_not_moved(ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.submit(_plan(ben), PUBLISH, status="in_progress")
    form = ben.click(page, "Extend")
    assert form.root.xpath("//input[@name='starts_at']/@readonly")
    page = ben.submit(form, "Save", ends_at="2026-11-20T05:00")
    assert "20 Nov, 05:00" in page.text


def test_stale_edits_show_what_stands_now(ben: StrictBrowser, staff: Staff) -> None:
    page, ada = _plan(ben), staff(ADA)
    ours = ben.click(page, "Change")
    ada.submit(ada.get(ours.path), "Save", title="Ada's title")
    clash = ben.submit(ours, "Save", title="Ben's title")
    assert clash.status == 409
    assert "Ada's title" in clash.text
    assert clash.root.xpath("//input[@name='title']/@value") == ["Ben's title"]


def test_two_words_at_once_show_both(ben: StrictBrowser, staff: Staff) -> None:
    page, ada = _plan(ben), staff(ADA)
    ada.submit(ada.get(page.path), PUBLISH, body="Ada was faster.")
    clash = ben.submit(page, PUBLISH, body="Ben was slower.")
    assert clash.status == 409
    assert "Ada was faster." in clash.text
    assert clash.texts("//textarea[@name='body']") == ["Ben was slower."]


def test_an_overrun_is_told(ben: StrictBrowser, clock: FrozenClock) -> None:
    page = _plan(ben, auto_end=False)
    ben.submit(page, PUBLISH, status="in_progress")
    clock.advance(days=2)
    assert "over its end" in ben.submit(ben.get("/signin"), "Sign in", email="ben@example.com", password=_PASSWORD).text


_PASSWORD = "violet anchors drift slowly"


def test_reminders_are_typed_as_hours_and_listed(ben: StrictBrowser) -> None:
    page = _plan(ben, reminder_hours="24 1")
    assert page.root.xpath("//dt[text()='Reminders']/following-sibling::dd//time/text()") == [
        "19 Nov, 02:00",
        "20 Nov, 01:00",
    ]
    again = _plan(ben, reminder_hours="soon")
    assert again.status == 422
    assert again.root.xpath("//input[@id='f-reminder_hours' and @aria-invalid='true']")


def test_work_repeats_and_is_stopped(ben: StrictBrowser) -> None:
    page = _plan(ben, repeat="weekly", times="12")
    assert "Repeats; the next window to be made begins" in page.text
    assert ben.get("/admin/maintenance").text.count("New mail servers") >= 5
    page = ben.submit(page, "Make no further windows")
    assert "No further windows are made." in page.text
    assert "Repeats;" not in page.text


def test_a_series_says_how_long_it_is(ben: StrictBrowser) -> None:
    page = _plan(ben, repeat="weekly", times="")
    assert page.status == 422
    assert page.root.xpath("//input[@id='f-times' and @aria-invalid='true']")
