"""Undo and drafts in a real browser: count down, take back, crash and find again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from statuspage.core.db import commit
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.rules import Publishing
from tests.kit.cast import ADA, declare
from tests.kit.chromium import Watch
from tests.kit.live import LiveSite

pytestmark = pytest.mark.chromium
SignIn = Callable[[BrowserContext, str], None]
PUBLISH = "Publish to page and 1 subscriber"


def open_room(live_site: LiveSite, undo_seconds: int) -> str:
    """Open an incident for customers, set the time to undo, and return the address of the room."""
    with live_site.serving.builder._database.session() as session:
        now = live_site.serving.builder._clock.now()
        ref = declare(session, live_site.cast.ben, now).ref
        change_publishing(session, Publishing(undo_seconds), by=live_site.cast.ada, now=now)
        commit(session)
    return f"{live_site.url}/admin/incidents/{ref}"


@pytest.fixture
def ada(chromium_page: Page, signed_in_at: SignIn) -> Page:
    """A tab with Ada signed in."""
    signed_in_at(chromium_page.context, ADA)
    return chromium_page


def send(page: Page, words: str) -> None:
    page.get_by_label("What is happening").fill(words)
    page.get_by_role("button", name=PUBLISH).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_undo_brings_every_word_back(ada: Page, live_site: LiveSite, no_axe_faults: Callable[..., None]) -> None:
    room = open_room(live_site, 120)
    ada.goto(room)
    send(ada, "It was route B.")
    no_axe_faults(ada)
    expect(ada.locator("[data-out]")).to_have_text(re.compile(r"in 1?\d?\d s"))
    expect(ada.locator(".is-queued")).to_be_focused()
    ada.get_by_role("button", name="Undo").click()
    expect(ada.get_by_label("What is happening")).to_have_value("It was route B.")
    assert "route B" not in ada.request.get(live_site.url).text()


def test_the_page_follows_when_it_went_out(ada: Page, live_site: LiveSite) -> None:
    room = open_room(live_site, 1)
    ada.goto(room)
    send(ada, "It was route B.")
    expect(ada.locator(".is-queued")).to_have_count(0)
    expect(ada.locator(".line.outside").first).to_contain_text("It was route B.")
    assert "route B" in ada.request.get(live_site.url).text()


def test_whoever_writes_on_meanwhile_is_not_disturbed(ada: Page, live_site: LiveSite) -> None:
    room = open_room(live_site, 2)
    ada.goto(room)
    send(ada, "The first word.")
    ada.get_by_label("What is happening").press_sequentially("The next")
    expect(ada.locator(".line.outside").first).to_contain_text("The first word.")
    expect(ada.get_by_label("What is happening")).to_have_value("The next")
    expect(ada.get_by_label("What is happening")).to_be_focused()
    expect(ada.get_by_text("Draft saved at")).to_be_visible()
    ada.get_by_role("button", name=PUBLISH).click()
    expect(ada.locator(".is-queued")).to_contain_text("The next")


def test_a_crashed_browser_loses_nothing(
    chromium: Browser, ada: Page, live_site: LiveSite, browser_watch: Watch, signed_in_at: SignIn
) -> None:
    room = open_room(live_site, 10)
    ada.goto(room)
    ada.get_by_role("radio", name="Identified").check()
    ada.get_by_label("What is happening").fill("Half a sent")
    expect(ada.get_by_text("Draft saved at")).to_be_visible()
    ada.close()
    with chromium.new_context() as context:
        other = _watched(context, browser_watch)
        signed_in_at(context, ADA)
        other.goto(room)
        expect(other.get_by_label("What is happening")).to_have_value("Half a sent")
        expect(other.get_by_role("radio", name="Identified")).to_be_checked()


def test_what_the_server_did_not_get_is_kept_on_the_device(
    ada: Page, live_site: LiveSite, browser_watch: Watch
) -> None:
    room = open_room(live_site, 10)
    ada.goto(room)
    ada.route("**/drafts", lambda route: route.abort())
    ada.evaluate("navigator.sendBeacon = () => false")
    ada.get_by_label("What is happening").fill("The server is away.")
    expect(ada.get_by_text("Draft kept on this device.")).to_be_visible()
    ada.goto(f"{live_site.url}/admin/")
    ada.unroute("**/drafts")
    browser_watch.forgive("Failed to load resource")
    ada.goto(room)
    expect(ada.get_by_label("What is happening")).to_have_value("The server is away.")
    expect(ada.get_by_text("Draft saved at")).to_be_visible()


def _watched(context: BrowserContext, watch: Watch) -> Page:
    context.set_default_timeout(15_000)
    watch.follow(context)
    return context.new_page()
