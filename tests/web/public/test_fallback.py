"""Public addresses that the door does not hold are rendered by the application."""

import pytest

from statuspage.core.config import Settings
from tests.kit.browser import StrictBrowser
from tests.kit.cast import Cast

PAGES = [
    "/",
    "/history",
    "/uptime",
    "/subscribe",
    "/components/web",
    "/updates.rss",
    "/api/v2/summary.json",
    "/robots.txt",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_public_page_is_there_without_a_store(path: str, client: StrictBrowser, settled: Cast) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert answer.headers["etag"].startswith('"')
    assert answer.headers["cache-control"].startswith("public")


def test_a_reader_who_holds_the_page_is_told_so(client: StrictBrowser, settled: Cast) -> None:
    known = client.get("/history").headers["etag"]
    answer = client.get("/history", headers={"If-None-Match": known})
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/history/", "/history"),
        ("/de/history/", "/de/history"),
        ("/de", "/de/"),
        ("/en", "/"),
        ("/en/uptime", "/uptime"),
        ("/de/updates.rss", "/updates.rss"),
    ],
)
def test_who_is_a_little_off_is_led_to_the_page(client: StrictBrowser, settled: Cast, typed: str, meant: str) -> None:
    answer = client.get(typed, follow=False)
    assert (answer.status, answer.headers["location"]) == (303, meant)


def test_nothing_is_made_up_behind_a_language(client: StrictBrowser, settled: Cast) -> None:
    assert client.get("/de/incidents/nothing").status == 404


def test_an_unknown_page_is_not_there_and_not_kept(client: StrictBrowser, settled: Cast, settings: Settings) -> None:
    answer = client.get("/incidents/nothing")
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")


def test_nothing_but_reading_is_possible(client: StrictBrowser, settled: Cast) -> None:
    assert client.post("/history", {}).status == 405


def test_an_unknown_document_of_the_read_api_is_an_empty_404_for_any_origin(
    client: StrictBrowser, settled: Cast
) -> None:
    answer = client.get("/api/v2/incidents/000000000000.json")
    assert (answer.status, answer.body, answer.headers["access-control-allow-origin"]) == (404, b"", "*")
