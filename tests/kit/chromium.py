"""A real Chromium: started once per run, one context per test, nothing fetched beyond loopback."""

import shutil
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = "Chromium is missing, so this test is left out. To run it: apt-get install chromium, then make test."
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--in-process-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # axe copies the sheets of shadow roots into inline ones, which our policy blocks and reports
}
COLOURS = {**AXE_OPTIONS, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (("light", AXE_OPTIONS), ("dark", COLOURS))


def executable() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Watch:
    """What went wrong in the pages of one context; the fixture fails the test when `faults` is not empty."""

    faults: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Note errors, blocked code and requests beyond loopback in every page of `context`."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def forgive(self, words: str) -> None:
        """Take back faults that hold `words`, for a test that provokes them."""
        self.faults = [fault for fault in self.faults if words not in fault]

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws") and parts.hostname not in ("127.0.0.1", "localhost"):
            self.faults.append(f"the page asked for {request.url}: everything comes from this site")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")


def axe_faults(page: Page) -> list[str]:
    """Run axe on the page as it is shown, light and then (for what may differ: colours) dark; leave it light.

    One sentence per violation and element.
    """
    page.evaluate(AXE_SCRIPT)
    faults = []
    for scheme, options in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("options => axe.run(options)", options)
        faults += [
            f"{violation['id']}, {scheme}: {violation['help']}, at {node['target']}: {node['html'][:160]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
    page.emulate_media(color_scheme="light")
    return faults
