"""Undo and drafts in a real browser: count down, take back, crash and find again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from statuspage.core.db import commit
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.rules import Publishing
from tests.kit.cast import ADA, PASSWORD, declare
from tests.kit.chromium import Watch
from tests.kit.live import LiveSite

pytestmark = pytest.mark.chromium
PUBLISH = "Publish to page and 1 subscriber"


def open_room(live_site: LiveSite, undo_seconds: int) -> str:
    """Open an incident for customers, set the time to undo, and return the address of the room."""
    with live_site.serving.builder._database.session() as session:
        now = live_site.serving.builder._clock.now()
        ref = declare(session, live_site.cast.ben, now).ref
        change_publishing(session, Publishing(undo_seconds), by=live_site.cast.ada, now=now)
        commit(session)
    return f"{live_site.url}/admin/incidents/{ref}"


def sign_in(page: Page, live_site: LiveSite) -> Page:
    page.goto(f"{live_site.url}/admin/")
    page.get_by_label("Mail address").fill(ADA)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    return page


def send(page: Page, words: str) -> None:
    page.get_by_label("What is happening").fill(words)
    page.get_by_role("button", name=PUBLISH).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_undo_brings_every_word_back(
    chromium_page: Page, live_site: LiveSite, no_axe_faults: Callable[..., None]
) -> None:
    room = open_room(live_site, 120)
    page = sign_in(chromium_page, live_site)
    page.goto(room)
    send(page, "It was route B.")
    no_axe_faults(page)
    expect(page.locator("[data-out]")).to_have_text(re.compile(r"in 1?\d?\d s"))
    expect(page.locator(".is-queued")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("What is happening")).to_have_value("It was route B.")
    assert "route B" not in page.request.get(live_site.url).text()


def test_the_page_follows_when_it_went_out(chromium_page: Page, live_site: LiveSite) -> None:
    room = open_room(live_site, 1)
    page = sign_in(chromium_page, live_site)
    page.goto(room)
    send(page, "It was route B.")
    expect(page.locator(".is-queued")).to_have_count(0)
    expect(page.locator(".line.outside").first).to_contain_text("It was route B.")
    assert "route B" in page.request.get(live_site.url).text()


def test_whoever_writes_on_meanwhile_is_not_disturbed(chromium_page: Page, live_site: LiveSite) -> None:
    room = open_room(live_site, 2)
    page = sign_in(chromium_page, live_site)
    page.goto(room)
    send(page, "The first word.")
    page.get_by_label("What is happening").press_sequentially("The next")
    expect(page.locator(".line.outside").first).to_contain_text("The first word.")
    expect(page.get_by_label("What is happening")).to_have_value("The next")
    expect(page.get_by_label("What is happening")).to_be_focused()
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    page.get_by_role("button", name=PUBLISH).click()
    expect(page.locator(".is-queued")).to_contain_text("The next")


def test_a_crashed_browser_loses_nothing(
    chromium: Browser, chromium_page: Page, live_site: LiveSite, browser_watch: Watch
) -> None:
    room = open_room(live_site, 10)
    page = sign_in(chromium_page, live_site)
    page.goto(room)
    page.get_by_role("radio", name="Identified").check()
    page.get_by_label("What is happening").fill("Half a sent")
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    page.close()
    with chromium.new_context() as context:
        other = sign_in(_watched(context, browser_watch), live_site)
        other.goto(room)
        expect(other.get_by_label("What is happening")).to_have_value("Half a sent")
        expect(other.get_by_role("radio", name="Identified")).to_be_checked()


def test_what_the_server_did_not_get_is_kept_on_the_device(
    chromium_page: Page, live_site: LiveSite, browser_watch: Watch
) -> None:
    room = open_room(live_site, 10)
    page = sign_in(chromium_page, live_site)
    page.goto(room)
    page.route("**/drafts", lambda route: route.abort())
    page.evaluate("navigator.sendBeacon = () => false")
    page.get_by_label("What is happening").fill("The server is away.")
    expect(page.get_by_text("Draft kept on this device.")).to_be_visible()
    page.goto(f"{live_site.url}/admin/")
    page.unroute("**/drafts")
    browser_watch.forgive("Failed to load resource")
    page.goto(room)
    expect(page.get_by_label("What is happening")).to_have_value("The server is away.")
    expect(page.get_by_text("Draft saved at")).to_be_visible()


def _watched(context: BrowserContext, watch: Watch) -> Page:
    context.set_default_timeout(15_000)
    watch.follow(context)
    return context.new_page()
