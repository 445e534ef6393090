"""What the tests of drafts do in a room: send off, type, let a follower look."""

from collections.abc import Callable

from statuspage.domain.editorial.actions import publish_due
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]
PUBLISH = "Publish to page and 1 subscriber"
DECLARE = "Declare and publish to page and 1 subscriber"
SAVE = "/admin/incidents/INC-2026-0001/drafts"


def due(behind: Behind, clock: FrozenClock, seconds: float = 10) -> int:
    """Let a follower look, `seconds` later."""
    with behind.writing() as session:
        return publish_due(session, clock.advance(seconds=seconds))


def send(browser: StrictBrowser, page: Answer, body: str = "It was route B.", **fields: str | bool) -> Answer:
    return browser.submit(page, PUBLISH, body=body, status="identified", **fields)


def typing(page: Answer, **fields: str) -> dict[str, str]:
    """Return what the composer's script sends while somebody types."""
    hidden = page.root.xpath(
        "//form[@id='composer']//input[@type='hidden'] | //form[@data-save]//input[@type='hidden']"
    )
    return {**{one.get("name"): one.get("value") or "" for one in hidden}, **fields}


def the_text(page: Answer) -> str:
    return page.texts("//textarea[@name='body']")[0]
