"""The panel in a real browser, with Ada signed in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from statuspage.core.clock import SYSTEM_CLOCK
from statuspage.core.db import commit
from tests.kit.cast import ADA, declare, plan
from tests.kit.live import LiveSite

Open = Callable[[str], None]


@pytest.fixture
def panel(live_site: LiveSite, chromium_page: Page, signed_in_at: Callable[[BrowserContext, str], None]) -> Page:
    """A tab with Ada signed in, one open incident and one planned maintenance; no page of the panel is open yet."""
    with live_site.serving.builder._database.session() as session:
        now = live_site.serving.builder._clock.now()
        declare(session, live_site.cast.ben, now)
        plan(session, live_site.cast.ben, now)
        commit(session)
    signed_in_at(chromium_page.context, ADA)
    return chromium_page


@pytest.fixture
def go(panel: Page, live_site: LiveSite) -> Open:
    """Open a place of the panel; `INC` and `MNT` stand for the first incident and the first maintenance, `LONG` for the
    second incident."""

    def open_place(place: str) -> None:
        year = SYSTEM_CLOCK.now().year
        path = place.replace("INC", f"INC-{year}-0001").replace("MNT", f"MNT-{year}-0001")
        path = path.replace("LONG", f"INC-{year}-0002")
        answer = panel.goto(f"{live_site.url}/admin/{path}")
        assert answer is not None
        assert answer.status == 200, path

    return open_place
