"""Answering what the page of an incident asks, in place; and the pages that ask are accessible after the end, too."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from statuspage.core.db import Database, commit
from statuspage.domain.feedback.models import ProblemReport, UpdateVotes
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus
from tests.kit.cast import declare, says
from tests.kit.chromium import Watch
from tests.kit.live import LiveSite

pytestmark = pytest.mark.chromium
THANKS = "Thank you. The team sees how many said so."


@pytest.fixture
def address(live_site: LiveSite, database: Database) -> str:
    """The page of an incident that was resolved an hour ago."""
    with database.session() as session:
        begun, ben = datetime.now(UTC) - timedelta(hours=1), live_site.cast.ben
        incident = declare(session, ben, begun)
        session.refresh(incident, ["updates"])
        post_update(session, incident, says("Over.", PublicStatus.RESOLVED), by=ben, now=begun + timedelta(minutes=9))
        commit(session)
    return f"{live_site.url}/incidents/{incident.code}"


def test_an_answer_is_thanked_for_in_its_place(
    address: str, database: Database, chromium_page: Page, no_axe_faults: Callable[[Page], None]
) -> None:
    page = chromium_page
    page.goto(address)
    no_axe_faults(page)
    height = page.evaluate("document.body.offsetHeight")
    page.get_by_label("What you see, if you like").fill("Still red")
    page.get_by_role("button", name="Yes, I still see it").press("Enter")
    expect(page.locator("#still [data-thanks]")).to_have_text(THANKS)
    expect(page.locator("#still [data-thanks]")).to_be_focused()
    page.locator("#story").get_by_role("button", name="No").first.click()
    expect(page.locator("#story [data-thanks]").first).to_have_text(THANKS)
    assert (page.url, page.evaluate("document.body.offsetHeight")) == (address, height)
    no_axe_faults(page)
    with database.session(readonly=True) as session:
        assert [row.words for row in session.scalars(select(ProblemReport))] == ["Still red"]
        assert [(row.yes, row.no) for row in session.scalars(select(UpdateVotes))] == [(0, 1)]


def test_what_could_not_be_counted_is_said_and_asked_again(
    address: str, chromium_page: Page, browser_watch: Watch
) -> None:
    page = chromium_page
    page.goto(address)
    page.route("**/feedback/**", lambda route: route.fulfill(status=429))
    page.get_by_role("button", name="Yes, I still see it").click()
    expect(page.locator("#still [data-thanks]")).to_have_text("This could not be counted. Try again later.")
    expect(page.get_by_role("button", name="Yes, I still see it")).to_be_visible()
    browser_watch.forgive("429")
