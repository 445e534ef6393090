"""What happens between opening a form and sending it, and what cannot be: a clear sentence, nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM
from statuspage.domain.components.actions import archive_component
from statuspage.domain.incidents.actions import (
    Ending,
    cancel_incident,
    close_as_false_alarm,
    merge_incident,
    resolve_incident,
)
from statuspage.domain.incidents.actions.drafts import Resolution
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import declare
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind

PUBLISH, ANNOUNCE = "Publish to page and 1 subscriber", "Announce to page and 1 subscriber"
DECLARE = "Declare and publish to page and 1 subscriber"
WORK = {"title": "New mail servers", "starts_at": "2026-11-20T02:00", "ends_at": "2026-11-20T03:30"}
LONG = "x" * 10_000
Act = Callable[[Session, Incident, FrozenClock], object]


def _merged(session: Session, incident: Incident, clock: FrozenClock) -> None:
    other = declare(session, SYSTEM, clock.now())
    merge_incident(session, incident, other, "https://status.example.com/x", by=SYSTEM, now=clock.now())


def _resolved(session: Session, incident: Incident, clock: FrozenClock) -> None:
    resolve_incident(session, incident, Resolution(body="Over."), by=SYSTEM, now=clock.now())


ENDINGS: dict[str, tuple[Act, str]] = {
    "merged": (_merged, "nothing more is published in it"),
    "called off": (
        lambda session, one, clock: cancel_incident(session, one, Ending("Why", "Sorry."), by=SYSTEM, now=clock.now()),
        "nothing more is published in it",
    ),
    "closed": (
        lambda session, one, clock: close_as_false_alarm(
            session, one, Ending("Why", "Sorry."), by=SYSTEM, now=clock.now()
        ),
        "nothing more is published in it",
    ),
    "resolved": (_resolved, "Compare both texts"),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_what_was_written_for_an_incident_that_ended_meanwhile_is_not_lost(
    declared: Answer, ben: StrictBrowser, behind: Behind, clock: FrozenClock, name: str
) -> None:
    end, sentence = ENDINGS[name]
    with behind.writing() as session:
        end(session, incident_by_ref(session, "INC-2026-0001", EVERYTHING), clock)
    told = ben.submit(declared, PUBLISH, body="It was route B.", status="identified")
    assert told.status == 409
    assert sentence in told.text
    assert "It was route B." in told.texts("//textarea")


def _form(ben: StrictBrowser, path: str, button: str, typed: dict[str, Any]) -> Answer:
    return ben.submit(ben.get(path), button, typed)


def _typed(page: Answer, name: str) -> str:
    found = page.root.xpath(f"//*[@name={name!r}]")[0]
    return str(found.get("value") or (found.text or "").removeprefix("\n"))


OUTAGE = {"public_title": "Mail waits", "body": "We look.", "level.mail": "major_outage"}
MOVE = {**WORK, "body": "Mail may wait.", "component": ["mail"]}


@pytest.mark.parametrize(
    "form", [("/admin/incidents/new", DECLARE, OUTAGE), ("/admin/maintenance/new", ANNOUNCE, MOVE)]
)
def test_a_component_that_was_archived_meanwhile_is_named(
    ben: StrictBrowser, behind: Behind, clock: FrozenClock, form: tuple[str, str, dict[str, Any]]
) -> None:
    path, button, typed = form
    page = ben.get(path)
    with behind.writing() as session:
        archive_component(session, "mail", by=SYSTEM, now=clock.now())
    told = ben.submit(page, button, typed)
    assert told.status == 422
    assert "no component mail" in told.text
    for name in ("public_title", "title", "body"):
        assert name not in typed or _typed(told, name) == typed[name]


def test_a_component_of_an_open_incident_is_not_archived(declared: Answer, ben: StrictBrowser) -> None:
    told = ben.submit(ben.get("/admin/components/web/edit"), "Archive Web")
    assert told.status == 409
    assert "Web is part of an open incident or maintenance. End that first." in told.text


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"ends_at": "2026-11-20T01:00"}, "ends_at", "The end must lie after the start."),
        ({"ends_at": WORK["starts_at"]}, "ends_at", "The end must lie after the start."),
        ({"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}, "starts_at", "skip this time"),
        ({"starts_at": "soon"}, "starts_at", "Write date and time"),
        ({"repeat": "weekly", "times": ""}, "times", ""),
        ({"title": LONG}, "title", "Keep it to 200 characters; these are 10000."),
        ({"body": "x" * 20_001}, "body", "Keep it to 20000 characters"),
    ],
)
def test_work_that_cannot_be_is_told_at_its_field(
    ben: StrictBrowser, change: dict[str, str], field: str, words: str
) -> None:
    given = {**WORK, "body": "Mail may wait.", **change}
    told = _form(ben, "/admin/maintenance/new", ANNOUNCE, {**given, "component": ["mail"]})
    assert told.status == 422
    assert words in told.texts(f"//*[@id='e-{field}']")[0]
    assert {name: _typed(told, name) for name in ("title", "starts_at", "ends_at", "body")} == {
        name: given[name] for name in ("title", "starts_at", "ends_at", "body")
    }


def test_a_zone_that_does_not_exist_is_told(staff: Callable[[str], StrictBrowser]) -> None:
    ada = staff("ada@example.com")
    page = ada.get("/admin/settings")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token, "name": "Acme & Sons", "timezone": "Europe/Atlantis", "seen_name": "Acme"}
    told = ada.post(page.path, {**sent, "seen_timezone": "Europe/Berlin"})
    assert told.status == 422
    assert "time zone" in told.texts("//*[@id='e-timezone']")[0]
    assert _typed(told, "name") == "Acme & Sons"


@pytest.mark.parametrize(
    ("path", "button", "field"),
    [
        ("/admin/incidents/new", DECLARE, "public_title"),
        ("/admin/incidents/INC-2026-0001/facts", "Save", "title"),
        ("/admin/incidents/INC-2026-0001/facts", "Save", "public_title"),
        ("/admin/components/new", "Add component", "name"),
        ("/admin/components/groups/new", "Add group", "name"),
    ],
)
def test_a_name_of_ten_thousand_letters_comes_back_with_a_sentence(
    declared: Answer, ben: StrictBrowser, path: str, button: str, field: str
) -> None:
    page = ben.get(path)
    typed = {field: LONG, **({"body": "We look."} if button == DECLARE else {})}
    told = ben.submit(page, button, typed)
    assert told.status == 422
    assert "characters; these are 10000." in told.texts(f"//*[@id='e-{field}']")[0]
    assert {name: _typed(told, name) for name in typed} == typed
