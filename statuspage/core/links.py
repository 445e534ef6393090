"""Every address the product writes, as paths and, from the configured base URL alone, as absolute URLs."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Links:
    """Addresses under one base URL, for example `https://status.example.com` (a trailing slash is ignored).

    `prefix` (`/de`, or nothing) stands before those of pages that are there in several languages.
    """

    base_url: str
    prefix: str = ""

    def under(self, prefix: str) -> "Links":
        """Return the addresses of the pages in another language."""
        return replace(self, prefix=prefix)

    def absolute(self, path: str) -> str:
        """Return the full URL of a path of this installation."""
        return self.base_url.rstrip("/") + path

    @property
    def host(self) -> str:
        """The host name of the base URL, without the port."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def secure(self) -> bool:
        """Whether the page is served over HTTPS."""
        return urlsplit(self.base_url).scheme == "https"

    def home(self) -> str:
        """The page itself."""
        return f"{self.prefix}/"

    def history(self, month: str | None = None) -> str:
        """The history, or one month of it (`2026-11`)."""
        return f"{self.prefix}/history/{month}" if month else f"{self.prefix}/history"

    def incident(self, code: str) -> str:
        """One incident."""
        return f"{self.prefix}/incidents/{code}"

    def maintenance(self, code: str) -> str:
        """One maintenance."""
        return f"{self.prefix}/maintenance/{code}"

    def component(self, slug: str) -> str:
        """One component."""
        return f"{self.prefix}/components/{slug}"

    def component_feed(self, slug: str, form: str) -> str:
        """What is said about one component, as `rss` or `atom`."""
        return f"/components/{slug}.{form}"

    def uptime_data(self, slug: str, form: str) -> str:
        """The days behind one component's bars, as `json` or `csv`."""
        return f"/components/{slug}/uptime.{form}"

    def uptime(self) -> str:
        """How uptime is computed, and the numbers."""
        return f"{self.prefix}/uptime"

    def subscribe(self) -> str:
        """The subscribe form."""
        return f"{self.prefix}/subscribe"

    def confirm(self, token: str) -> str:
        """The page with the button that confirms a subscription."""
        return f"/subscribe/confirm/{token}"

    def manage(self, token: str) -> str:
        """A subscriber's own page."""
        return f"/subscriptions/{token}"

    def unsubscribe(self, token: str) -> str:
        """RFC 8058 one-click target; a GET shows a form."""
        return f"/unsubscribe/{token}"

    def report(self) -> str:
        """The form for reporting a problem."""
        return f"{self.prefix}/report"

    def report_answer(self, token: str, verdict: str) -> str:
        """Where who reported a problem says whether it is `fixed` or still `broken`."""
        return f"/report/{token}/{verdict}"

    def helpful(self, code: str) -> str:
        """Where readers say whether the public update of this code helped."""
        return f"{self.prefix}/feedback/helpful/{code}"

    def still(self, code: str) -> str:
        """Where readers say that they still see what the resolved incident of this code was about."""
        return f"{self.prefix}/feedback/still/{code}"

    def afterwards(self, code: str) -> str:
        """Where readers say whether they were told, and helped, soon enough."""
        return f"{self.prefix}/feedback/afterwards/{code}"

    def feed(self, name: str) -> str:
        """A feed by its file name, for example `updates.atom`."""
        return f"/{name}"

    def calendar(self) -> str:
        """Planned work, for calendars that subscribe to it."""
        return "/maintenance.ics"

    def api(self, name: str) -> str:
        """A document of the public JSON API, for example `summary.json`."""
        return f"/api/v2/{name}"

    def sign_in(self) -> str:
        """The panel's door."""
        return "/signin"

    def account(self, token: str) -> str:
        """Where an invitation or a forgotten password leads: choose a password."""
        return f"/account/{token}"

    def setup(self, token: str) -> str:
        """The one-time page that makes the first administrator."""
        return f"/setup/{token}"

    def panel(self, path: str = "") -> str:
        """A place in the panel; `path` without leading slash."""
        return f"/admin/{path}"
