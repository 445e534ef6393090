"""The composer in a real browser: what will go out stands beside what one writes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.kit.chromium import Watch

pytestmark = pytest.mark.chromium
NARROW, WIDE, WIDEST = {"width": 360, "height": 800}, {"width": 1280, "height": 900}, {"width": 1800, "height": 1000}
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
BELOW = "document.querySelector('form:has([data-preview])').nextElementSibling.matches('[data-preview-pane]')"


def write(page: Page, words: str) -> None:
    page.get_by_label("What is happening").focus()
    page.keyboard.type(words)


def test_every_channel_shows_what_is_being_written(panel: Page, go: Open) -> None:
    go("incidents/INC")
    pane = panel.get_by_role("region", name="Preview")
    expect(pane).to_be_hidden()
    write(panel, "We **found** it.")
    expect(pane.locator(".on-page")).to_contain_text("We found it.")
    expect(panel.get_by_label("What is happening")).to_be_focused()
    for name, words in (
        ("Mail", "[Acme] Investigating: Checkout fails"),
        ("Chat", "Investigating: Checkout fails"),
        ("Feed", "Investigating: Checkout fails"),
        ("Page", "We found it."),
    ):
        pane.get_by_role("radio", name=name).check(force=True)
        expect(pane.locator(f".on-{name.lower()}")).to_contain_text(words)
        expect(pane.locator(".channel:visible")).to_have_count(1)
    panel.set_viewport_size(WIDEST)
    expect(pane.locator(".channel:visible")).to_have_count(4)
    assert pane.locator("a[href]").count() == 0, "a preview leads nowhere"


def test_text_that_cannot_go_out_says_so_until_it_can(panel: Page, go: Open) -> None:
    go("incidents/INC")
    write(panel, "x")
    panel.keyboard.press("Backspace")
    pane = panel.get_by_role("region", name="Preview")
    expect(pane.get_by_role("status")).to_have_text("Say what is happening first.")
    expect(pane.locator(".channel")).to_have_count(0)
    panel.keyboard.type("Words.")
    expect(pane.locator(".on-page")).to_contain_text("Words.")
    expect(pane.get_by_role("status")).to_have_text("")


def test_the_number_on_the_button_follows_the_form(panel: Page, go: Open) -> None:
    go("incidents/INC")
    panel.route("**/updates/preview", lambda route: _counted(route, "1,284 subscribers"))
    write(panel, "Mail is late, too.")
    expect(panel.get_by_role("button", name="Publish to page and 1,284 subscribers")).to_be_visible()
    expect(panel.locator("form [data-waits]")).to_have_text("1 mail will wait: no worker has run yet.")
    panel.get_by_label("Tell subscribers by mail").uncheck()
    expect(panel.get_by_role("button", name="Publish to page only")).to_be_visible()
    expect(panel.locator("form [data-waits]")).to_be_hidden()


def _counted(route: Route, words: str) -> None:
    """Let the server's own answer through with another number in it."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub('data-reach="[^"]*"', f'data-reach="{words}"', answer.text()))


def test_a_question_that_typing_overtook_is_called_off(panel: Page, go: Open) -> None:
    go("incidents/INC")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)  # and never answer it

    panel.route("**/updates/preview", hold, times=1)
    with panel.expect_event("requestfailed", lambda request: request.url.endswith("/preview")):
        with panel.expect_request("**/updates/preview"):
            write(panel, "First words.")
        panel.keyboard.type(" Second words.")
    pane = panel.get_by_role("region", name="Preview")
    expect(pane.locator(".on-page")).to_contain_text("First words. Second words.")
    expect(pane.get_by_role("status")).to_have_text("")
    assert len(held) == 1


def test_a_preview_that_fails_costs_no_words(panel: Page, go: Open, browser_watch: Watch) -> None:
    go("incidents/INC")
    panel.route("**/updates/preview", lambda route: route.abort())
    write(panel, "Words.")
    pane = panel.get_by_role("region", name="Preview")
    expect(pane.get_by_role("status")).to_have_text("The preview cannot be had just now. What you wrote stands.")
    expect(panel.get_by_label("What is happening")).to_have_value("Words.")
    browser_watch.forgive("ERR_FAILED")


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ("incidents/INC", "What is happening"),
        ("incidents/new", "Title on the page"),
        ("maintenance/MNT", "What customers read"),
    ],
)
def test_the_preview_is_accessible_and_fits_a_phone(
    place: str, field: str, panel: Page, go: Open, no_axe_faults: Callable[..., None]
) -> None:
    go(place)
    panel.get_by_label(field).focus()
    panel.keyboard.type("It will be quick.")
    pane = panel.get_by_role("region", name="Preview")
    for size in (WIDEST, WIDE, NARROW):
        panel.set_viewport_size(size)
        expect(pane.locator(".on-page")).to_contain_text("It will be quick.")
        assert panel.evaluate(NO_SIDEWAYS), f"{place} is wider than {size['width']} px"
    no_axe_faults(panel)
    assert panel.evaluate(BELOW), "on a phone it stands below the form"
