"""The strict browser: fetches from a WSGI application and checks every HTML page it is given.

page = browser.get("/admin/components/new")
page = browser.submit(page, "Add component", name="Web", slug="web")
assert page.status == 200 and "Web" in page.text
"""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from werkzeug.test import Client, TestResponse

from tests.kit.forms import form_with_button
from tests.kit.pages import Element, faults_of, header_faults, parse, text_of

HOPS = 5


@dataclass
class Answer:
    """What came back: `status`, `headers` (lower-case names), `body`, and for HTML the parsed page."""

    path: str
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes

    @property
    def html(self) -> str:
        """The body as text."""
        return self.body.decode()

    @cached_property
    def root(self) -> Element:
        """The parsed page, for `root.xpath(...)`."""
        return parse(self.html)[0]

    @cached_property
    def text(self) -> str:
        """What a reader sees, white space run together."""
        return text_of(self.root.find("body"))

    @property
    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)

    @property
    def h1(self) -> str:
        """The page's heading."""
        return text_of(self.root.find(".//h1"))

    def texts(self, xpath: str) -> list[str]:
        """Return the text of every element that `xpath` finds."""
        return [text_of(element) for element in self.root.xpath(xpath)]

    def link(self, label: str) -> str:
        """Return where the link that says `label` leads."""
        links = self.root.xpath("//a[@href]")
        for element in links:
            if label in (text_of(element), element.get("aria-label")):
                return str(element.get("href"))
        raise AssertionError(f"No link says {label!r}; the page has {[text_of(element) for element in links]}")


class StrictBrowser:
    """Cookies, redirects and forms over a WSGI application; a page that breaks a promise fails the test."""

    def __init__(self, application: Any, origin: str) -> None:
        self.origin = origin
        self.client = Client(application)
        self.visited: list[str] = []

    def get(self, path: str, *, follow: bool = True, may_fail: bool = False, **options: Any) -> Answer:
        """Fetch `path`, following redirects unless told not to. `may_fail` lets a 5xx pass."""
        return self._fetch("GET", path, follow, may_fail, options)

    def post(
        self, path: str, data: Any = None, *, follow: bool = True, may_fail: bool = False, **options: Any
    ) -> Answer:
        """Send a form (a dict) or, with `json=`, a document to `path`, as a page of this site would."""
        return self._fetch("POST", path, follow, may_fail, {"data": data, **options})

    def request(self, method: str, path: str, *, may_fail: bool = False, **options: Any) -> Answer:
        """Send any method, as programs do; redirects are not followed."""
        return self._fetch(method, path, follow=False, may_fail=may_fail, options=options)

    def submit(self, page: Answer, button: str, typed: dict[str, Any] | None = None, **fields: Any) -> Answer:
        """Fill in the form whose button says `button` and send it, hidden fields included."""
        form = form_with_button(page.root, button)
        form.fill(**(typed or {}), **fields)
        target = urljoin(page.path, form.action)
        if form.method == "GET":
            return self.get(target, query_string=form.values)
        return self.post(target, form.values)

    def click(self, page: Answer, label: str) -> Answer:
        """Follow the link that says `label`."""
        return self.get(urljoin(page.path, page.link(label)))

    def _fetch(self, method: str, path: str, follow: bool, may_fail: bool, options: dict[str, Any]) -> Answer:
        answer = self._once(method, path, may_fail, options)
        hops = 0
        while follow and answer.status in (301, 302, 303, 307, 308):
            assert hops < HOPS, f"{path} redirects in circles, last to {answer.headers['location']}"
            hops += 1
            answer = self._once("GET", urljoin(answer.path, answer.headers["location"]), may_fail, {})
        return answer

    def _once(self, method: str, path: str, may_fail: bool, options: dict[str, Any]) -> Answer:
        parts = urlsplit(path)
        assert not parts.netloc or path.startswith(self.origin), f"{path} leaves the site {self.origin}"
        local = parts._replace(scheme="", netloc="").geturl()
        headers = dict(options.get("headers") or {})
        if method not in ("GET", "HEAD") and "Authorization" not in headers:
            headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin", **headers}
        with self.client.open(
            local, method=method, base_url=self.origin, **{**options, "headers": headers}
        ) as response:
            answer = _answer(local, response)
        self.visited.append(local)
        assert may_fail or answer.status < 500, f"{method} {local} answered {answer.status}: {answer.html[:2000]}"
        self._check(answer)
        return answer

    def _check(self, answer: Answer) -> None:
        if not answer.headers.get("content-type", "").startswith("text/html") or not answer.body:
            return
        if answer.status in (301, 302, 303, 307, 308):
            return
        root, faults = parse(answer.html)
        faults += faults_of(root, self.origin) + header_faults(answer.headers)
        answer.root = root
        assert not faults, f"{answer.path} breaks what every page keeps:\n- " + "\n- ".join(faults)


def _answer(path: str, response: TestResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    cookies = response.headers.getlist("Set-Cookie")
    return Answer(path, response.status_code, headers, cookies, response.get_data())
