"""Pages of the panel when there is much to show: sixty components, eighty updates, very long words."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from statuspage.audit.actor import SYSTEM
from statuspage.core.db import commit
from statuspage.delivery.expander import Expander
from statuspage.domain.components.actions import ComponentDraft, create_component, create_group
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus
from tests.browser.conftest import Open
from tests.kit.cast import affects, declare, says
from tests.kit.live import LiveSite

pytestmark = pytest.mark.chromium
GROUP = "Zahlungsabwicklungsdienstleistungsgruppe"
COMPONENT = "Rechnungsstellungsschnittstellenüberwachung für Großkundenverträge"
TITLE = "Verbindungsaufbauverzögerungen in der Donaudampfschifffahrtsgesellschaftskapitänskajütenreservierung"
WIDTHS = (360, 768, 1280)
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
PLACES = [
    *("", "incidents", "incidents/new", "incidents/past", "incidents/LONG", "incidents/LONG/ending"),
    *("incidents/LONG/facts", "maintenance/new", "components", "components/web/intervals", "settings/uptime"),
]
JUDGED = ("", "incidents/LONG")  # other pages are judged with less on them, in test_panel
# Pages whose address only a link knows: where it stands, what it says.
BEHIND = [
    ("components/web/intervals", "^Correct"),
    ("incidents/LONG", "^Correct or retract"),
    ("incidents/LONG", "^0 of 1 mails sent, 1 waiting"),
]


@pytest.fixture
def crowded(live_site: LiveSite, panel: Page) -> Page:
    """The panel of a large installation with a long incident."""
    with live_site.serving.builder._database.session() as session:
        now = live_site.serving.builder._clock.now()
        then = now - timedelta(hours=9)
        groups = [create_group(session, f"{GROUP} {number}", by=SYSTEM, now=then).slug for number in range(3)]
        for number in range(57):
            draft = ComponentDraft(name=f"{COMPONENT} {number}", group=groups[number % 3])
            create_component(session, draft, by=SYSTEM, now=then)
        impacts = affects(web=ComponentStatus.PARTIAL_OUTAGE)
        opening = says("Wir untersuchen die Ursache.", components=impacts)
        incident = declare(session, SYSTEM, then, title=TITLE, public_title=TITLE, update=opening)
        for number in range(79):
            words = says(f"Zwischenstand {number}: {COMPONENT} wird geprüft.", PublicStatus.IDENTIFIED)
            post_update(session, incident, words, by=SYSTEM, now=then + timedelta(minutes=number + 1))
        commit(session)
    expander = Expander(live_site.serving.database, live_site.serving.builder._clock)
    while expander.step():
        pass
    return panel


def look(page: Page) -> None:
    """Hold the page that is open against what every page keeps, narrow and wide."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(NO_SIDEWAYS), f"{page.url} is wider than {width} px"
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def test_no_page_breaks_when_there_is_much_to_show(crowded: Page, go: Open, no_axe_faults: Callable[..., None]) -> None:
    for place in PLACES:
        go(place)
        look(crowded)
        if place in JUDGED:
            no_axe_faults(crowded)
    for place, link in BEHIND:
        go(place)
        with crowded.expect_navigation():
            crowded.get_by_role("link", name=re.compile(link)).first.click()
        look(crowded)
