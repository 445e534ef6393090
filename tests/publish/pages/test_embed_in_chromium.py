"""The frame on a page of another site, in a real browser."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from statuspage.core.db import Database
from tests.kit.cast import declare
from tests.kit.live import LiveSite
from tests.publish.pages.test_in_chromium import LONG, tell, wait_until_served

pytestmark = [pytest.mark.chromium, pytest.mark.usefixtures("built_pages")]
HOST = '<!doctype html><html lang="en"><title>Elsewhere</title><body><main><h1>Elsewhere</h1>{}</main></body></html>'


class Elsewhere(BaseHTTPRequestHandler):
    """A site of somebody else, all of whose addresses answer with its one page."""

    html = ""

    def do_GET(self) -> None:
        body = self.html.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    """The origin of the other site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def visit(host: str, page: Page, site: LiveSite, place: str = HOST) -> None:
    """Open a page of the other site that loads the script, as its owner would write it."""
    Elsewhere.html = place.format(f'<script src="{site.url}/embed.js" async></script>')
    page.goto(f"{host}/shop")


def test_it_stands_where_the_script_stands_and_is_as_high_as_its_words(
    live_site: LiveSite, database: Database, chromium_page: Page, host: str
) -> None:
    wait_until_served(live_site, "All systems operational", "/embed.html")
    visit(host, chromium_page, live_site)
    frame = chromium_page.frame_locator("main iframe[title='Service status']")
    expect(frame.get_by_role("heading", level=1)).to_have_text("All systems operational")
    expect(chromium_page.locator("iframe")).not_to_have_css("height", "76px")
    calm = chromium_page.locator("iframe").bounding_box()
    tell(live_site, database, declare, public_title=f"Checkout fails: {LONG}")
    wait_until_served(live_site, "Checkout fails", "/embed.html")
    chromium_page.reload()
    expect(frame.get_by_role("listitem")).to_contain_text("Checkout fails")
    chromium_page.wait_for_function("document.querySelector('iframe').offsetHeight > 120")
    busy = chromium_page.locator("iframe").bounding_box()
    assert calm and busy and calm["height"] < busy["height"] <= 480
    inside = chromium_page.frames[1]
    assert inside.evaluate("document.documentElement.scrollHeight <= innerHeight"), "nothing in it has to be scrolled"
    assert chromium_page.context.cookies() == []


def test_news_come_into_the_frame_by_themselves(
    live_site: LiveSite, database: Database, chromium_page: Page, host: str
) -> None:
    wait_until_served(live_site, "All systems operational", "/embed.html")
    chromium_page.clock.install()
    visit(host, chromium_page, live_site)
    heading = chromium_page.frame_locator("iframe").get_by_role("heading", level=1)
    expect(heading).to_have_text("All systems operational")
    tell(live_site, database, declare)
    wait_until_served(live_site, "Checkout fails", "/embed.html")
    chromium_page.clock.run_for(40_000)
    expect(heading).to_have_text("Web is down")


def test_a_script_in_the_head_puts_it_at_the_end(live_site: LiveSite, chromium_page: Page, host: str) -> None:
    wait_until_served(live_site, "All systems operational", "/embed.html")
    head = '<!doctype html><html lang="en"><title>Elsewhere</title>{}<body><h1>Elsewhere</h1></body></html>'
    visit(host, chromium_page, live_site, head)
    expect(chromium_page.locator("body > iframe:last-child")).to_have_count(1)


def test_it_is_accessible_and_fits_a_sidebar(
    live_site: LiveSite, database: Database, chromium_page: Page, no_axe_faults: Callable[[Page], None]
) -> None:
    tell(live_site, database, declare, public_title=f"Checkout fails: {LONG}")
    wait_until_served(live_site, "Checkout fails", "/embed.html")
    chromium_page.set_viewport_size({"width": 200, "height": 300})
    chromium_page.goto(f"{live_site.url}/embed.html")
    assert chromium_page.evaluate("document.documentElement.scrollWidth") <= 200
    no_axe_faults(chromium_page)
