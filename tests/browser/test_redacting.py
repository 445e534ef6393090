"""Removing words and entering past incidents in a real browser: by selecting, accessible, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.chromium
NARROW = {"width": 360, "height": 800}
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_what_is_selected_is_removed(panel: Page, go: Open, no_axe_faults: Callable[..., None]) -> None:
    go("incidents/INC")
    panel.get_by_role("link", name="Correct or retract").click()
    panel.get_by_role("link", name="remove them for good").click()
    panel.locator("[data-passages]").first.select_text()
    panel.locator("[data-passages]").first.dispatch_event("pointerup")
    field = panel.get_by_label("The passage to remove")
    expect(field).to_have_value("Payments are declined. We are looking into it.")
    field.fill("Payments are")
    panel.get_by_label("Why").fill("Too much said")
    no_axe_faults(panel)
    panel.get_by_role("button", name="Show what is left").click()
    expect(panel.locator("#what-is-left")).to_be_focused()
    expect(panel.locator("#what-is-left")).to_contain_text("[…] declined. We are looking into it.")
    no_axe_faults(panel)
    panel.set_viewport_size(NARROW)
    assert panel.evaluate(NO_SIDEWAYS)
    panel.get_by_role("button", name="Remove it for good").click()
    expect(panel.get_by_text("Part of this text was removed")).to_be_visible()


def test_a_past_incident_takes_line_after_line(panel: Page, go: Open, no_axe_faults: Callable[..., None]) -> None:
    go("incidents/past")
    panel.get_by_label("Title on the page").fill("Mail was late")
    panel.get_by_role("button", name="Add an earlier update").click()
    panel.get_by_role("button", name="Add another earlier update").click()
    expect(panel.locator("[name='said.1.at']")).to_be_focused()
    expect(panel.get_by_label("Title on the page")).to_have_value("Mail was late")
    no_axe_faults(panel)
    panel.set_viewport_size(NARROW)
    assert panel.evaluate(NO_SIDEWAYS)
