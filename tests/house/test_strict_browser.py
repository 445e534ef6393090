"""The strict browser notices what it is there to notice, and fills in forms as a browser does."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.kit.browser import StrictBrowser

ORIGIN = "https://status.example.com"
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>'
    "<body><main><h1>A page</h1>{}</main></body></html>"
)
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
}
FORM = """
<form method="post" action="/save"><input type="hidden" name="csrf" value="1">
<label>Name <input name="name" value="old"></label>
<label>Size <select name="size"><option value="s">S</option><option value="l" selected>L</option></select></label>
<label><input type="checkbox" name="tell" value="yes"> Tell them</label>
<button name="go" value="now">Save</button></form>
"""


def serve(html: str, sent: list[bytes] | None = None, **headers: str | None) -> StrictBrowser:
    """Return a browser in front of one page; what is posted to it is added to `sent`."""
    answer = {name: value for name, value in {**HEADERS, **headers}.items() if value is not None}

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if sent is not None and environ["REQUEST_METHOD"] == "POST":
            sent.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start("200 OK", list(answer.items()))
        return [html.encode()]

    return StrictBrowser(application, ORIGIN)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<div></p></div>", "does not parse"),
        ("<h1>Again</h1>", "2 <h1>"),
        ("<p id=a></p><p id=a></p>", "stands 2 times"),
        ('<input name="name">', "has no label"),
        ('<label for="elsewhere">Name</label>', "points at no id"),
        ('<a href="#nowhere">There</a>', "points at no id"),
        ("<button></button>", "has no name"),
        ('<a href="/x"></a>', "has no name"),
        ('<img src="/x.png">', "has no alt"),
        ('<p style="color: red">Red</p>', "inline style"),
        ("<script>alert(1)</script>", "inline <script>"),
        ('<p onclick="go()">Go</p>', "inline handler onclick"),
        ('<img src="https://elsewhere.example/x.png" alt="">', "fetched from elsewhere"),
        ("<p>{{ name }}</p>", "template syntax"),
    ],
)
def test_a_page_that_breaks_a_promise_fails_the_test(body: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        serve(PAGE.replace("{}", body)).get("/")


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (PAGE.replace(' lang="en"', ""), "no lang"),
        (PAGE.replace("A page</title>", "</title>"), "no <title>"),
        (PAGE.replace("main>", "div>"), "0 <main>"),
        (PAGE.replace("<!doctype html>", ""), "does not parse"),
    ],
)
def test_a_page_without_its_frame_fails_the_test(page: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        serve(page).get("/")


@pytest.mark.parametrize("policy", [None, "default-src 'self'; script-src 'unsafe-inline'", "script-src 'self'"])
def test_a_page_without_a_strict_policy_fails_the_test(policy: str | None) -> None:
    with pytest.raises(AssertionError, match="Content-Security-Policy"):
        serve(PAGE, **{"Content-Security-Policy": policy}).get("/")


def test_a_good_page_passes() -> None:
    page = serve(PAGE.replace("{}", "<p>All  is <b>well</b>.</p>")).get("/")
    assert (page.h1, page.texts("//p")) == ("A page", ["All is well."])


def test_a_form_is_sent_with_its_hidden_fields_and_defaults() -> None:
    sent: list[bytes] = []
    browser = serve(PAGE.replace("{}", FORM), sent)
    browser.submit(browser.get("/edit"), "Save", name="new", tell=True)
    assert sent == [b"csrf=1&name=new&size=l&tell=yes&go=now"]
    assert browser.visited == ["/edit", "/save"]


@pytest.mark.parametrize("typed", [{"size": "xl"}, {"colour": "red"}])
def test_a_form_refuses_what_it_does_not_offer(typed: dict[str, str]) -> None:
    browser = serve(PAGE.replace("{}", FORM))
    page = browser.get("/")
    with pytest.raises(AssertionError):
        browser.submit(page, "Save", typed)
