"""What the kit does with every request: origins, hosts, sizes, headers, cookies, transactions, errors."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from statuspage.core.db import Database
from statuspage.core.errors import Unavailable
from statuspage.domain.accounts.models import UserSession
from statuspage.domain.components.queries import components
from statuspage.web.kit.rights import public_route
from tests.kit.browser import StrictBrowser
from tests.kit.cast import ADA, BEN, PASSWORD, Cast
from tests.kit.clock import FrozenClock
from tests.kit.fixtures.web import ORIGIN
from tests.kit.statements import statements

Staff = Callable[[str], StrictBrowser]


def test_signed_in_pages_are_kept_by_nobody(staff: Staff) -> None:
    answer = staff(BEN).get("/admin/")
    assert answer.headers["cache-control"] == "no-store"
    assert "cookie" not in answer.headers.get("vary", "").lower()


@pytest.mark.parametrize("path", ["/", "/history", "/subscribe", "/api/v2/status.json"])
def test_public_answers_set_no_cookie_and_do_not_depend_on_one(path: str, client: StrictBrowser, settled: Cast) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert answer.cookies == []
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_form_without_its_token_is_refused(staff: Staff) -> None:
    browser = staff(ADA)
    answer = browser.post("/admin/components/new", {"name": "Forged", "visibility": "public"})
    assert answer.status == 400
    assert "Load the page again" in answer.text


@pytest.mark.both_engines
@pytest.mark.parametrize("sends", [False, True])
def test_whoever_is_at_work_stays_signed_in_and_waits_for_nobody(
    sends: bool, staff: Staff, clock: FrozenClock, database: Database
) -> None:
    browser = staff(ADA)
    form = browser.get("/admin/components/new")
    at_work = clock.advance(minutes=6)
    with statements() as made:
        if sends:
            browser.submit(form, "Add component", name="Search")
        else:
            browser.get("/admin/components")
    with database.session(readonly=True) as session:
        assert session.scalars(sa.select(UserSession.seen_at)).one() == at_work
    assert sum(line.startswith("BEGIN IMMEDIATE") for line in made) <= 1, "one request never waits for itself"


def test_a_token_of_another_browser_is_refused(staff: Staff) -> None:
    ours, theirs = staff(ADA), staff(BEN)
    stolen = theirs.get("/admin/components/new").root.xpath("//input[@name='csrf_token']/@value")[0]
    answer = ours.post("/admin/components/new", {"name": "Forged", "visibility": "public", "csrf_token": stolen})
    assert answer.status == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Sec-Fetch-Site": "none"}, 422),
        ({"Sec-Fetch-Site": "", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": ORIGIN}, 422),
        ({"Sec-Fetch-Site": "", "Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": ""}, 422),
    ],
)
def test_public_forms_are_taken_from_this_site_alone(
    headers: dict[str, str], status: int, client: StrictBrowser, settled: Cast
) -> None:
    answer = client.post("/subscribe", {"email": "no address"}, headers=headers)
    assert answer.status == status


def test_another_host_name_is_refused(client: StrictBrowser) -> None:
    answer = client.get("/signin", headers={"Host": "evil.example"})
    assert answer.status == 400
    assert "site.base_url" in answer.text


def test_a_body_too_long_is_refused(client: StrictBrowser, staff: Staff) -> None:
    assert client.post("/subscribe", {"email": "a" * 20_000}).status == 413
    assert staff(ADA).post("/admin/components/new", {"name": "a" * 2_000_000}).status == 413


def test_unknown_addresses_are_told_as_their_readers_read(client: StrictBrowser, settled: Cast) -> None:
    page = client.get("/nothing/here")
    assert (page.status, page.h1) == (404, "There is nothing here")
    problem = client.get("/api/v1/nothing")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json["status"] == 404


def test_what_a_refused_form_wrote_is_not_kept(staff: Staff, database: Database) -> None:
    browser = staff(ADA)
    page = browser.get("/admin/components/new")
    answer = browser.submit(page, "Add component", name="Name", slug="Not An Address")
    assert answer.status == 422
    with database.session(readonly=True) as session:
        assert "Name" not in [row.name for row in components(session)]


def test_an_unknown_error_tells_a_number_and_nothing_else(
    app: Flask, client: StrictBrowser, capsys: pytest.CaptureFixture[str]
) -> None:
    app.add_url_rule("/broken", view_func=public_route(_broken))
    answer = client.get("/broken", may_fail=True)
    assert answer.status == 500
    assert "a secret" not in answer.html
    number = answer.texts("//code")[0]
    assert number in capsys.readouterr().out


def _broken() -> str:
    raise RuntimeError("a secret")


def test_an_error_page_needs_no_database(app: Flask, client: StrictBrowser) -> None:
    app.add_url_rule("/down", view_func=public_route(_unavailable))
    answer = client.get("/down", may_fail=True)
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")


def _unavailable() -> str:
    raise Unavailable


def test_tables_of_an_older_version_are_told_as_such(staff: Staff, database: Database) -> None:
    browser = staff(BEN)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE incidents RENAME COLUMN workaround TO advice")
    answer = browser.get("/admin/incidents", may_fail=True)
    assert answer.status == 503
    assert answer.h1 == "The database is of an older version"
    assert "Run `statuspage db upgrade`." in answer.text


def test_an_error_costs_nobody_the_text_they_wrote(staff: Staff) -> None:
    browser = staff(BEN)
    words = "A long explanation that took ten minutes to write."
    answer = browser.post("/admin/incidents/INC-2026-0001/updates", {"body": words, "status": "identified"})
    assert answer.status == 400
    assert words in answer.html


def test_reading_a_page_takes_one_connection(staff: Staff, database: Database, app: Flask) -> None:
    browser = staff(ADA)
    pool = app.extensions["statuspage.database"].engine.pool
    for _ in range(3):
        browser.get("/admin/")
    assert pool.checkedout() == 0
    assert pool.checkedin() <= 2
    assert PASSWORD not in browser.get("/admin/").html
