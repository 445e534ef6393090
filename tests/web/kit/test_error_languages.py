"""Error pages in the language of the address, or the page's own; with the database or without."""

import pytest
from flask import Flask

from statuspage.core.db import Database, commit
from statuspage.core.errors import Unavailable
from statuspage.core.languages import Language
from statuspage.domain.components.queries import site_profile
from statuspage.web.kit.rights import public_route
from tests.kit.browser import StrictBrowser
from tests.kit.cast import Cast


@pytest.mark.parametrize(
    ("path", "spoken", "h1"),
    [
        ("/nothing", "en", "There is nothing here"),
        ("/de/nothing", "de", "Hier ist nichts"),
        ("/den/nothing", "en", "There is nothing here"),
        ("/de/subscriptions/x", "de", "Hier ist nichts"),
    ],
)
def test_what_is_not_there_is_said_in_the_language_of_the_address(
    path: str, spoken: str, h1: str, client: StrictBrowser, settled: Cast
) -> None:
    answer = client.get(path)
    assert (answer.status, answer.root.get("lang"), answer.h1) == (404, spoken, h1)


def test_a_german_page_says_it_in_german_and_knows_its_name(
    client: StrictBrowser, settled: Cast, database: Database
) -> None:
    with database.session() as session:
        site_profile(session).locale = Language.DE
        commit(session)
    german, english = client.get("/nothing"), client.get("/en/nothing")
    assert (german.h1, german.root.get("lang")) == ("Hier ist nichts", "de")
    assert "Acme" in german.text
    assert (english.h1, english.root.get("lang")) == ("There is nothing here", "en")


@pytest.mark.parametrize(
    ("path", "h1"), [("/de/down", "Die Datenbank antwortet nicht"), ("/de/broken", "Hier ist etwas schiefgegangen")]
)
def test_without_a_database_it_is_german_all_the_same(path: str, h1: str, app: Flask, client: StrictBrowser) -> None:
    app.add_url_rule("/de/down", view_func=public_route(_unavailable))
    app.add_url_rule("/de/broken", view_func=public_route(_broken))
    answer = client.get(path, may_fail=True)
    assert (answer.h1, answer.root.get("lang")) == (h1, "de")
    assert "Es wurde nichts geändert" in answer.text
    assert answer.cookies == []


def _unavailable() -> str:
    raise Unavailable


def _broken() -> str:
    raise RuntimeError("a secret")


def test_the_last_known_language_serves_while_the_database_is_away(
    app: Flask, client: StrictBrowser, settled: Cast, database: Database
) -> None:
    app.add_url_rule("/down", view_func=public_route(_unavailable))
    with database.session() as session:
        site_profile(session).locale = Language.DE
        commit(session)
    client.get("/nothing")
    assert client.get("/down", may_fail=True).h1 == "Die Datenbank antwortet nicht"


def test_a_form_from_elsewhere_is_refused_in_german(client: StrictBrowser, settled: Cast) -> None:
    answer = client.post("/de/subscribe", {"email": "a@example.org"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status, answer.h1) == (403, "Kein Zugang")
    assert "kam von einer anderen Website" in answer.text
