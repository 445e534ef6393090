"""The honesty check on the first page of the panel."""

from statuspage.audit.actor import SYSTEM
from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from tests.kit.browser import StrictBrowser
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind


def test_the_first_page_says_what_does_not_agree(ben: StrictBrowser, behind: Behind, clock: FrozenClock) -> None:
    assert "What does not agree" not in ben.get("/admin/").text
    with behind.writing() as session:
        set_manual_status(session, "web", ComponentStatus.MAJOR_OUTAGE, by=SYSTEM, now=clock.now())
    page = ben.get("/admin/")
    assert "Web shows a major outage, and no incident says why." in page.text
    link = page.root.xpath("//section[@aria-labelledby='honesty']//a/@href")[0]
    assert ben.get(link).status == 200
