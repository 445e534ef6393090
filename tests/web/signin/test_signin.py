"""Coming in, staying, going out."""

from collections.abc import Callable

import pytest
from flask import Flask

from statuspage.core.db import Database
from statuspage.core.secrets import hash_token
from statuspage.domain.accounts.models import UserSession
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, BEN, PASSWORD, Cast
from tests.kit.clock import FrozenClock
from tests.kit.fixtures.web import ORIGIN

Staff = Callable[[str], StrictBrowser]


def _try(browser: StrictBrowser, email: str, password: str) -> Answer:
    return browser.submit(browser.get("/signin"), "Sign in", email=email, password=password)


def _sid(browser: StrictBrowser) -> str | None:
    cookie = browser.client.get_cookie("__Host-sid", domain="status.example.com")
    return cookie.value if cookie else None


def test_the_cookie_is_a_random_token_that_the_database_knows_hashed(staff: Staff, database: Database) -> None:
    browser = staff(ADA)
    token = _sid(browser)
    assert token
    assert len(token) == 43
    with database.session(readonly=True) as session:
        assert session.query(UserSession).filter_by(token_hash=hash_token(token)).one()


def test_the_cookie_is_locked_down(client: StrictBrowser, settled: Cast) -> None:
    answer = client.get("/signin")
    (cookie,) = answer.cookies
    parts = [part.strip() for part in cookie.split(";")]
    assert parts[0].startswith("__Host-sid=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert not any(part.lower().startswith(("expires", "max-age", "domain")) for part in parts)


def test_signing_in_makes_a_new_token(client: StrictBrowser, settled: Cast) -> None:
    client.get("/signin")
    planted = _sid(client)
    _try(client, ADA, PASSWORD)
    assert _sid(client) != planted


def test_every_failure_has_the_same_answer(client: StrictBrowser, settled: Cast, staff: Staff) -> None:
    admin = staff(ADA)
    admin.submit(admin.get("/admin/settings/people"), "Shut Ben out")
    answers = [
        _try(client, ADA, "not the password"),
        _try(client, "nobody@example.com", "not the password"),
        _try(client, BEN, PASSWORD),  # shut out
        _try(client, "no address\r\nBcc: x", ""),
        _try(client, ADA, "x" * 5000),
    ]
    assert {answer.status for answer in answers} == {422}
    assert len({answer.texts("//*[@role='alert']")[0] for answer in answers}) == 1


def test_a_guesser_is_slowed_down_and_others_are_not(client: StrictBrowser, settled: Cast, staff: Staff) -> None:
    for _ in range(10):
        assert _try(client, ADA, "not the password").status == 422
    stopped = _try(client, ADA, PASSWORD)
    assert stopped.status == 429
    assert int(stopped.headers["retry-after"]) > 0
    assert _try(client, BEN, PASSWORD).status == 200


def test_one_client_guessing_at_many_accounts_is_slowed_down(client: StrictBrowser, settled: Cast) -> None:
    statuses = [_try(client, f"user{number}@example.com", "guess").status for number in range(32)]
    assert statuses[:30] == [422] * 30
    assert statuses[30:] == [429, 429]


def test_a_session_ends_without_use_and_after_half_a_day(staff: Staff, clock: FrozenClock) -> None:
    idle = staff(ADA)
    clock.advance(hours=1, minutes=59)
    assert idle.get("/admin/").path == "/admin/"
    clock.advance(hours=2, minutes=1)
    assert idle.get("/admin/").path.startswith("/signin")
    busy = staff(BEN)
    for _ in range(12):
        assert busy.get("/admin/").path == "/admin/"
        clock.advance(hours=1)
    assert busy.get("/admin/").path.startswith("/signin")


def test_signing_out_ends_the_session_in_the_database(staff: Staff, app: Flask, database: Database) -> None:
    browser = staff(ADA)
    token = _sid(browser)
    answer = browser.submit(browser.get("/admin/"), "Sign out")
    assert "You are signed out" in answer.text
    replay = StrictBrowser(app, ORIGIN)
    replay.client.set_cookie("__Host-sid", token or "", domain="status.example.com")
    assert replay.get("/admin/").path.startswith("/signin")


def test_signing_out_has_the_browser_forget_the_panel(staff: Staff) -> None:
    browser = staff(ADA)
    token = browser.get("/admin/").root.xpath("//input[@name='csrf_token']/@value")[0]
    answer = browser.post("/signout", {"csrf_token": token}, follow=False)
    assert answer.headers["clear-site-data"] == '"cache", "storage"'


def test_next_leads_back_and_never_elsewhere(client: StrictBrowser, settled: Cast) -> None:
    page = client.get("/admin/components")
    assert page.path == "/signin?next=%2Fadmin%2Fcomponents"
    assert client.submit(page, "Sign in", email=ADA, password=PASSWORD).path == "/admin/components"


def test_next_to_another_site_is_ignored(client: StrictBrowser, settled: Cast) -> None:
    page = client.get("/signin?next=//evil.example/")
    assert client.submit(page, "Sign in", email=ADA, password=PASSWORD).path == "/admin/"


def test_one_sees_and_ends_ones_own_sessions(staff: Staff) -> None:
    here, there = staff(ADA), staff(ADA)
    page = here.get("/admin/settings/me")
    button = next(text for text in page.texts("//button") if text.startswith("End it"))
    assert "That session has ended." in here.submit(page, button).text
    assert there.get("/admin/").path.startswith("/signin")
    assert here.get("/admin/").path == "/admin/"


@pytest.mark.parametrize("person", [ADA, BEN])
def test_somebody_shut_out_is_out_at_once(person: str, staff: Staff) -> None:
    admin, other = staff(ADA), staff(BEN)
    if person == ADA:
        assert "Shut Ada out" not in admin.get("/admin/settings/people").texts("//button")
        return
    admin.submit(admin.get("/admin/settings/people"), "Shut Ben out")
    assert other.get("/admin/").path.startswith("/signin")


def test_the_panel_is_found_without_its_slash(staff: Staff) -> None:
    assert staff(ADA).get("/admin").path == "/admin/"


def test_words_sent_after_the_session_ended_are_given_back(staff: Staff, clock: FrozenClock) -> None:
    browser = staff(ADA)
    page = browser.get("/admin/incidents/new")
    clock.advance(hours=3)
    words = "What we wrote while the session ran out."
    answer = browser.submit(page, "Declare internally", public_title="Late", body=words)
    assert (answer.status, answer.h1) == (401, "Your session has ended")
    assert words in answer.texts("//textarea")[0]
    assert browser.get("/admin/").path.startswith("/signin")
