"""Putting components and groups into order: dragged, by keyboard, and taken back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.kit.chromium import Watch

pytestmark = pytest.mark.chromium


def slugs(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all("li[data-item]", "rows => rows.map(row => row.dataset.item.slice(10))")
    return found


def drag(page: Page, handle: Locator, onto: Locator, *, part: float) -> None:
    """Drag `handle` onto another row, at a part of its height (0 top, 1 bottom)."""
    expect(handle).to_be_visible()
    start, end = handle.bounding_box(), onto.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] * part, steps=8)


def row(page: Page, slug: str) -> Locator:
    return page.locator(f"#component-{slug}")


def test_a_component_is_dragged_saved_at_once_and_taken_back(panel: Page, go: Open) -> None:
    go("components")
    said = panel.locator("[data-moved] [role=status]")
    drag(panel, row(panel, "api").locator("[data-handle]"), row(panel, "web"), part=0.2)
    panel.mouse.up()
    expect(said).to_have_text("API is number 1 of 2 in Platform.")
    panel.reload()
    assert slugs(panel) == ["api", "web", "mail"]
    drag(panel, row(panel, "web").locator("[data-handle]"), row(panel, "mail"), part=0.9)
    panel.mouse.up()
    expect(said).to_have_text("Web is number 2 of 2.")
    panel.get_by_role("button", name="Undo").click()
    expect(said).to_have_text("Web is number 2 of 2 in Platform.")
    expect(said).to_be_focused()
    panel.reload()
    assert slugs(panel) == ["api", "web", "mail"]


def test_escape_puts_back_what_was_lifted(panel: Page, go: Open) -> None:
    go("components")
    drag(panel, row(panel, "api").locator("[data-handle]"), row(panel, "web"), part=0.2)
    expect(row(panel, "api")).to_have_class("component lifted")
    assert slugs(panel) == ["api", "web", "mail"]
    panel.keyboard.press("Escape")
    panel.mouse.up()
    assert slugs(panel) == ["web", "api", "mail"]
    expect(panel.locator("[data-moved] [role=status]")).to_be_empty()


def test_arrow_keys_move_and_keep_the_focus(panel: Page, go: Open) -> None:
    go("components")
    panel.get_by_role("button", name="Move Web down").focus()
    panel.keyboard.press("ArrowDown")
    said = panel.locator("[data-moved] [role=status]")
    expect(said).to_have_text("Web is number 2 of 2 in Platform.")
    expect(panel.get_by_role("button", name="Move Web down")).to_be_focused()
    panel.keyboard.press("ArrowUp")
    expect(said).to_have_text("Web is number 1 of 2 in Platform.")
    expect(panel.get_by_role("button", name="Move Web down")).to_be_focused()


def test_groups_are_dragged_too(panel: Page, go: Open) -> None:
    go("components/groups/new")
    panel.get_by_label("Name").fill("Shop")
    panel.get_by_role("button", name="Add group").click()
    headings = panel.locator("section.shelf h2")
    expect(headings).to_have_text(["Platform", "Shop", "Without a group"])
    drag(panel, panel.locator("#group-shop [data-handle]"), panel.locator("#group-platform"), part=0.3)
    panel.mouse.up()
    expect(panel.locator("[data-moved] [role=status]")).to_have_text("Shop is number 1 of 2.")
    expect(headings).to_have_text(["Shop", "Platform", "Without a group"])


def test_a_component_goes_into_an_empty_group(panel: Page, go: Open) -> None:
    go("components/groups/new")
    panel.get_by_label("Name").fill("Shop")
    panel.get_by_role("button", name="Add group").click()
    drag(panel, row(panel, "mail").locator("[data-handle]"), panel.locator("#group-shop"), part=0.5)
    panel.mouse.up()
    expect(panel.locator("[data-moved] [role=status]")).to_have_text("Mail is number 1 of 1 in Shop.")


def test_a_move_that_came_too_late_is_told_and_put_back(panel: Page, go: Open, browser_watch: Watch) -> None:
    go("components")
    with panel.context.expect_page() as other:
        panel.evaluate("open(location.href)")
    elsewhere = other.value
    drag(elsewhere, row(elsewhere, "web").locator("[data-handle]"), row(elsewhere, "mail"), part=0.9)
    elsewhere.mouse.up()
    expect(elsewhere.locator("[data-moved] [role=status]")).to_have_text("Web is number 2 of 2.")
    drag(panel, row(panel, "api").locator("[data-handle]"), row(panel, "web"), part=0.2)
    panel.mouse.up()
    expect(panel.locator("[data-moved] [role=status]")).to_contain_text("Not moved.")
    assert slugs(panel) == ["web", "api", "mail"]
    browser_watch.forgive("422")
