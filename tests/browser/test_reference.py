"""The API's reference in a real browser: accessible, narrow, every operation opened."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.kit.live import LiveSite

pytestmark = pytest.mark.chromium


def test_the_reference_is_accessible_and_fits_a_phone(
    chromium_page: Page, live_site: LiveSite, no_axe_faults: Callable[..., None]
) -> None:
    chromium_page.set_viewport_size({"width": 320, "height": 800})
    chromium_page.goto(f"{live_site.url}/api/docs")
    expect(chromium_page.get_by_role("heading", level=1)).to_have_text("Management API")
    chromium_page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    no_axe_faults(chromium_page)
    wide = chromium_page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, "the reference is wider than a phone"
