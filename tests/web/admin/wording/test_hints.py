"""Hints that the composer's script asks for."""

from collections.abc import Callable

import pytest

from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import CLEO

Staff = Callable[[str], StrictBrowser]
INCIDENT, PLANNED = "/admin/wording/hints", "/admin/wording/planned/hints"


def _ask(browser: StrictBrowser, path: str, **typed: str) -> Answer:
    token = browser.get("/admin/").root.xpath("//input[@name='csrf_token']/@value")[0]
    return browser.post(path, {"csrf_token": token, **typed})


def test_every_public_field_is_read(ben: StrictBrowser) -> None:
    page = _ask(ben, INCIDENT, public_title="db-7 down", body="Cleo is on it.", workaround="Wait, SEV1.", title="db-9")
    assert page.texts("//*[@id='hints']//q") == ["db-7", "Cleo", "SEV1"]
    said = page.texts("//*[@id='hints']//li")
    assert said[0].startswith("Title: db-7 Customers do not know this machine.")
    assert said[2].startswith("What you can do: ")


def test_nothing_is_said_about_fine_words_and_about_notes(ben: StrictBrowser) -> None:
    assert "Nothing stands out." in _ask(ben, INCIDENT, body="We are looking into it.").text
    assert "Nothing stands out." in _ask(ben, INCIDENT, body="Cleo is on db-7.", status="note").text


def test_a_placeholder_without_a_value_is_a_gap(ben: StrictBrowser) -> None:
    page = _ask(ben, INCIDENT, body="Next word by {{ next_update }}.")
    assert page.texts("//*[@id='hints']//q") == ["{{ next_update }}"]


def test_planned_work_may_say_its_end(ben: StrictBrowser) -> None:
    typed = {"title": "srv-mail02", "body": "It will be completed by 14:00."}
    assert _ask(ben, PLANNED, **typed).texts("//*[@id='hints']//q") == ["srv-mail02"]
    assert _ask(ben, INCIDENT, **typed).texts("//*[@id='hints']//q") == ["will be completed by 14:00"]


@pytest.mark.parametrize("path", [INCIDENT, PLANNED])
def test_only_those_who_write_may_ask_and_only_from_this_site(path: str, staff: Staff) -> None:
    cleo = staff(CLEO)
    assert _ask(cleo, path, body="x").status == 403
    assert cleo.post(path, {"body": "x"}).status in (400, 403)
