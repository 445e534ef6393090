"""The public page in a real browser: accessible, narrow, live, and right without any script."""

import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from statuspage.core.db import Database, commit
from statuspage.domain.components.actions import ComponentDraft, create_component
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.publish.pages import all_paths
from tests.kit.cast import declare, plan, says
from tests.kit.chromium import Watch
from tests.kit.live import LiveSite

pytestmark = [pytest.mark.chromium, pytest.mark.usefixtures("built_pages")]
LONG = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung"
GERMAN = ("/de/", "/de/uptime")  # the other twins differ from their pages in words alone
WIDTHS = (320, 768, 1280)
PATIENCE = 20.0


def tell(site: LiveSite, database: Database, act: Callable[..., object], **words: object) -> None:
    with database.session() as session:
        act(session, site.cast.ben, datetime.now(UTC), **words)
        commit(session)


def wait_until_served(site: LiveSite, words: str, path: str = "/") -> None:
    deadline = time.monotonic() + PATIENCE
    while words not in urllib.request.urlopen(site.url + path, timeout=5).read().decode():  # our own loopback address
        assert time.monotonic() < deadline, f"{words} was not served within {PATIENCE:.0f} s"
        time.sleep(0.05)


def busy(site: LiveSite, database: Database) -> None:
    with database.session() as session:
        now, ben = datetime.now(UTC), site.cast.ben
        create_component(session, ComponentDraft(LONG), by=ben, now=now - timedelta(hours=1))
        incident = declare(session, ben, now - timedelta(minutes=30), public_title=f"Checkout fails: {LONG}")
        draft = says(
            f"See https://example.com/{'a' * 90}\n\n- one\n- `two`", PublicStatus.IDENTIFIED,
            next_update_at=now + timedelta(minutes=20), workaround="Use the phone.",
        )  # fmt: skip
        post_update(session, incident, draft, by=ben, now=now - timedelta(minutes=5))
        plan(session, ben, now)
        commit(session)
    wait_until_served(site, "Use the phone.")


def paths(database: Database) -> list[str]:
    with database.session(readonly=True) as session:
        every = all_paths(session, datetime.now(UTC))
    return [path for path in every if "." not in path]


@pytest.fixture
def told(live_site: LiveSite, database: Database) -> LiveSite:
    """The site with an open incident under very long words, and coming maintenance."""
    busy(live_site, database)
    return live_site


def test_every_page_is_accessible_and_fits_every_width(
    told: LiveSite, database: Database, chromium_page: Page, no_axe_faults: Callable[[Page], None]
) -> None:
    for path in paths(database):
        chromium_page.goto(told.url + path)
        for width in WIDTHS:
            chromium_page.set_viewport_size({"width": width, "height": 800})
            wide = chromium_page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} px wide"
        if path in GERMAN or not path.startswith("/de/"):
            chromium_page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
            no_axe_faults(chromium_page)


def test_news_arrive_without_a_reload(live_site: LiveSite, database: Database, chromium_page: Page) -> None:
    page = chromium_page
    page.clock.install()
    page.goto(live_site.url)
    page.locator("#group-platform > summary").click()
    page.locator("#component-api a").focus()
    page.evaluate("scrollTo(0, 200)")
    top = page.locator("#component-api").bounding_box()
    tell(live_site, database, declare)
    wait_until_served(live_site, "Checkout fails")
    page.clock.run_for(40_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Web is down")
    expect(page.get_by_role("heading", name="Checkout fails")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Page updated: Web is down")
    expect(page.locator("#component-api a")).to_be_focused()
    expect(page).to_have_title("Web is down - Acme status")
    after = page.locator("#component-api").bounding_box()
    assert top and after and abs(top["y"] - after["y"]) < 2


def test_a_promise_counts_down_and_turns_when_it_passes(told: LiveSite, chromium_page: Page) -> None:
    page = chromium_page
    page.clock.install()
    page.goto(told.url)
    promise = page.locator("[data-promise]")
    expect(promise).to_contain_text("Next update by")
    expect(promise).to_contain_text("minutes")
    page.clock.fast_forward("30:00")
    expect(promise.get_by_text("Next update was due")).to_be_visible()
    expect(promise.get_by_text("Next update by")).to_be_hidden()


def test_times_are_the_readers_with_utc_beside(told: LiveSite, chromium: Browser) -> None:
    with chromium.new_context(timezone_id="Asia/Tokyo") as context:
        page = context.new_page()
        page.goto(told.url)
        expect(page.locator("[data-zone]")).to_have_text("Times in your zone, Asia/Tokyo")
        expect(page.locator("#banner [data-utc]")).to_be_visible()
        expect(page.locator(".entry [data-ago]").first).to_have_text(", 5\u00a0minutes\u00a0ago")
    with chromium.new_context(timezone_id="UTC") as context:
        page = context.new_page()
        page.goto(told.url)
        expect(page.locator("#banner [data-utc]")).to_be_hidden()


def test_a_cut_off_page_says_so_and_an_old_calm_one_does_not(live_site: LiveSite, chromium_page: Page) -> None:
    page = chromium_page
    page.clock.install()
    page.goto(live_site.url)
    warning = page.locator("[data-freshness]")
    page.clock.fast_forward("09:00")
    page.clock.run_for(61_000)
    expect(warning).to_be_hidden()
    late = '{"agreed_at": "2026-11-18T12:00:00Z", "age_seconds": 400}'
    page.route("**/freshness.json", lambda route: route.fulfill(body=late, content_type="application/json"))
    page.clock.run_for(61_000)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("may be out of date")


def test_the_page_is_whole_without_any_script(told: LiveSite, chromium: Browser, browser_watch: Watch) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        browser_watch.follow(context)
        page = context.new_page()
        page.goto(told.url)
        for words in ("Web is down", "Use the phone.", "Next update by", "Coming maintenance", "Past two weeks", "CET"):
            expect(page.get_by_text(words).first).to_be_visible()
        page.get_by_role("link", name="Get updates").click()
        expect(page.get_by_label("Your mail address")).to_be_visible()
    assert not browser_watch.faults
