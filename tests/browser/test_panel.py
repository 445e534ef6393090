"""The panel in a real browser: accessible, narrow, by keyboard, with nothing lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.kit.chromium import Watch

pytestmark = pytest.mark.chromium
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
PLACES = [
    *("", "incidents", "incidents/new", "incidents/INC", "incidents/INC/facts", "maintenance", "maintenance/new"),
    *("maintenance/MNT", "maintenance/MNT/edit", "components", "components/new", "components/web/edit"),
    *(
        "components/groups/new",
        "subscribers",
        "subscribers/new",
        "settings",
        "settings/branding",
        "settings/people",
        "settings/tokens",
    ),
    *("settings/mail", "settings/audit", "settings/me"),
]


def test_every_page_is_accessible_and_fits_a_phone(panel: Page, go: Open, no_axe_faults: Callable[..., None]) -> None:
    for place in PLACES:
        panel.set_viewport_size(WIDE)
        go(place)
        panel.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        no_axe_faults(panel)
        panel.set_viewport_size(NARROW)
        assert panel.evaluate(NO_SIDEWAYS), f"/admin/{place} is wider than a phone"


def test_writing_is_kept_and_the_button_says_what_it_does(panel: Page, go: Open) -> None:
    go("incidents/INC")
    panel.keyboard.press("c")
    panel.keyboard.type("It was route B.")
    expect(panel.get_by_text("Draft saved")).to_be_visible()
    panel.reload()
    expect(panel.get_by_label("What is happening")).to_have_value("It was route B.")
    panel.get_by_label("Tell subscribers by mail").uncheck()
    panel.get_by_role("button", name="Publish to page only").click()
    expect(panel.get_by_role("status").filter(has_text="Published")).to_be_visible()
    expect(panel.get_by_label("What is happening")).to_have_value("")


def test_a_note_has_its_own_button(panel: Page, go: Open) -> None:
    go("incidents/INC")
    publish = panel.get_by_role("button", name="Publish to page and 1 subscriber")
    expect(publish).to_be_visible()
    panel.get_by_role("radio", name="Internal note").check()
    expect(publish).to_be_hidden()
    expect(panel.get_by_role("button", name="Save note")).to_be_visible()


def test_enter_in_a_line_declares_nothing(panel: Page, go: Open) -> None:
    go("incidents/new")
    title = panel.get_by_label("Title on the page")
    title.fill("Half a title")
    title.press("Enter")
    expect(panel).to_have_url(re.compile("/new$"))
    expect(title).to_have_value("Half a title")


def test_the_worst_component_proposes_the_severity_until_somebody_chooses(panel: Page, go: Open) -> None:
    go("incidents/new")
    panel.get_by_label("Web").select_option("major_outage")
    expect(panel.get_by_role("radio", name="SEV1")).to_be_checked()
    expect(panel.get_by_label("What is happening")).to_have_value(re.compile("Most customers"))
    panel.get_by_label("What is happening").fill("My own words.")
    panel.get_by_role("radio", name="SEV3").check()
    expect(panel.get_by_label("What is happening")).to_have_value("My own words.")
    panel.get_by_label("API").select_option("major_outage")
    expect(panel.get_by_role("radio", name="SEV3")).to_be_checked()


def test_a_refused_form_has_the_focus_on_what_is_wrong(panel: Page, go: Open, browser_watch: Watch) -> None:
    go("incidents/INC")
    panel.get_by_role("button", name="Publish to page and 1 subscriber").click()
    expect(panel.locator("#faults")).to_be_focused()
    panel.locator("#faults a").click()
    expect(panel.get_by_label("What is happening")).to_be_focused()
    browser_watch.forgive("422")


def test_keys_lead_everywhere(panel: Page, go: Open) -> None:
    go("")
    panel.keyboard.press("?")
    expect(panel.get_by_text("this list")).to_be_visible()
    panel.keyboard.press("/")
    expect(panel).to_have_url(re.compile("/admin/incidents$"))
    panel.wait_for_load_state()
    panel.keyboard.press("/")
    expect(panel.get_by_label("Search")).to_be_focused()
    panel.keyboard.press("Escape")
    panel.get_by_role("heading", level=1).click()
    panel.keyboard.press("d")
    expect(panel).to_have_url(re.compile("/admin/incidents/new$"))
    panel.wait_for_load_state()
