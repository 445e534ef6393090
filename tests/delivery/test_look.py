"""How the HTML of messages looks in a real browser: legible in both schemes, one column on the smallest phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from statuspage.core.languages import Language
from statuspage.outbox.enums import EventKind
from tests.delivery.stock import STOCK, part, story, written

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"


@pytest.mark.parametrize(("scheme", "language"), [("light", Language.EN), ("dark", Language.DE)])
def test_every_message_is_legible(chromium_page: Page, scheme: str, language: Language) -> None:
    chromium_page.emulate_media(color_scheme=scheme)
    faults = []
    for kind in STOCK:
        chromium_page.set_content(part(written(kind, language=language), "html"))
        for violation in Axe().run(chromium_page, options=WCAG).response["violations"]:
            faults += [f"{kind}: {violation['help']}: {node['html'][:120]}" for node in violation["nodes"]]
    assert faults == []


def test_the_longest_words_fit_the_smallest_phone(chromium_page: Page) -> None:
    chromium_page.set_viewport_size({"width": 320, "height": 600})
    body = f"{LONG} https://docs.example.com/{'x' * 300} `{'y' * 200}`\n\n```\n{'z' * 200}\n```"
    facts = story(title=f"{LONG} und {LONG}", body=body, workaround=LONG * 3)
    chromium_page.set_content(part(written(EventKind.INCIDENT_OPENED, facts), "html"))
    assert chromium_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_it_says_what_matters_before_it_is_opened(chromium_page: Page) -> None:
    chromium_page.set_content(part(written(EventKind.INCIDENT_OPENED), "html"))
    assert chromium_page.inner_text("body").startswith("Acme Status"), "the preview line is not shown"
    assert "Requests to the API fail" in str(chromium_page.text_content(".preview"))
