"""Templates and hints in a real browser: at once, in place, undone with one press; written with a sample beside."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.chromium
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
LIST, NEW = "settings/templates", "settings/templates/new"


def test_the_pages_about_templates_are_accessible_and_fit_a_phone(
    panel: Page, go: Open, no_axe_faults: Callable[..., None]
) -> None:
    for place in (LIST, f"{LIST}?language=de", NEW):
        panel.set_viewport_size(WIDE)
        go(place)
        panel.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        no_axe_faults(panel)
        panel.set_viewport_size(NARROW)
        assert panel.evaluate(NO_SIDEWAYS), f"/admin/{place} is wider than a phone"


def test_a_template_is_used_at_once_and_taken_back(panel: Page, go: Open, no_axe_faults: Callable[..., None]) -> None:
    go("incidents/INC")
    body = panel.get_by_label("What is happening")
    panel.get_by_role("radio", name="Identified", exact=True).check()
    expect(panel.get_by_label("Template").locator("option:checked")).to_have_text("Identified")
    panel.get_by_role("button", name="Use template").click()
    expect(body).to_have_value("We have found the cause of the trouble with Web and are working on it. "
                               "Until that is done, you may still notice it.")  # fmt: skip
    panel.get_by_label("Template").select_option(label="Identified, change")
    expect(body).to_have_value("We have found the cause: a change of ours. We are taking it back. "
                               "Until that is done, you may still notice trouble with Web.")  # fmt: skip
    no_axe_faults(panel)
    panel.get_by_role("button", name="Undo").click()
    expect(body).to_have_value("We have found the cause of the trouble with Web and are working on it. "
                               "Until that is done, you may still notice it.")  # fmt: skip
    expect(body).to_be_focused()


def test_words_of_ones_own_stand_until_one_asks_for_both(panel: Page, go: Open) -> None:
    go("incidents/INC")
    body = panel.get_by_label("What is happening")
    body.fill("Route B is slow.")
    panel.get_by_role("button", name="Use template").click()
    expect(panel.get_by_text("Your words stand.")).to_be_visible()
    expect(body).to_have_value("Route B is slow.")
    panel.get_by_label("Add below my words").check()
    panel.get_by_role("button", name="Use template").click()
    expect(panel.get_by_text("“Investigating” is in the text.")).to_be_visible()
    assert body.input_value().startswith("Route B is slow.\n\nSince ")


def test_hints_stand_below_the_text_while_one_writes(panel: Page, go: Open, no_axe_faults: Callable[..., None]) -> None:
    go("incidents/INC")
    body = panel.get_by_label("What is happening")
    body.fill("Cleo is on db-7. It will be fixed by 15:00.")
    hints = panel.get_by_role("status", name="Hints about the wording")
    expect(hints.get_by_role("listitem")).to_have_count(3)
    expect(hints).to_contain_text("Leave names of people out.")
    no_axe_faults(panel)
    body.fill("We are looking into it.")
    expect(hints.get_by_role("listitem")).to_have_count(0)


def test_planning_takes_the_length_of_the_work(panel: Page, go: Open) -> None:
    go("maintenance/new")
    panel.get_by_label("Start", exact=True).fill("2030-01-10T22:00")
    panel.get_by_label("End", exact=True).fill("2030-01-10T23:00")
    panel.get_by_label("Template").select_option(label="Planned: not available")
    expect(panel.get_by_label("End", exact=True)).to_have_value("2030-01-11T00:00")
    expect(panel.get_by_label("What customers will notice")).to_have_value(
        "While the work goes on, the parts named here are not available. Please finish what you are doing before "
        "10 January 2030, 22:00 CET; what you have saved is there again afterwards."
    )


def test_a_sample_follows_what_is_written(panel: Page, go: Open, no_axe_faults: Callable[..., None]) -> None:
    go(NEW)
    panel.get_by_label("Name", exact=True).fill("Route B")
    panel.get_by_label("Text", exact=True).fill("Affected: ")
    panel.get_by_role("button", name="{{ components }}").click()
    expect(panel.get_by_label("Text", exact=True)).to_have_value("Affected: {{ components }}")
    expect(panel.locator("#sample .prose")).to_have_text("Affected: Web and API")
    no_axe_faults(panel)
    panel.get_by_role("button", name="Add template").click()
    expect(panel.get_by_text("“Route B” is added.")).to_be_visible()
