"""Entering an incident that is over, with everything that was said about it."""

from collections.abc import Callable

import pytest

from statuspage.core.db import Database
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import BEN, Cast

MORE, ANOTHER, ENTER = "Add an earlier update", "Add another earlier update", "Enter it"
FINE = {"public_title": "Mail was late", "started_at": "2026-11-17T08:00", "ended_at": "2026-11-17T09:30"}
FOUND = {"said.0.at": "2026-11-17T08:40", "said.0.status": "identified", "said.0.body": "We found it."}
LOOK = {"said.1.at": "2026-11-17T08:10", "said.1.status": "investigating", "said.1.body": "We look."}


@pytest.fixture
def ben(staff: Callable[[str], StrictBrowser]) -> StrictBrowser:
    return staff(BEN)


@pytest.fixture
def page(ben: StrictBrowser) -> Answer:
    """The form with two earlier updates, typed out of order."""
    page = ben.submit(ben.get("/admin/incidents/past"), MORE, FINE)
    return ben.submit(page, ANOTHER, FOUND)


def value(page: Answer, name: str) -> str:
    found = page.root.xpath(f"//*[@name={name!r}]")[0]
    return str(found.get("value") or (found.text or "").strip())


def test_a_line_more_loses_nothing(page: Answer) -> None:
    assert page.status == 200
    assert [value(page, name) for name in ("public_title", "said.0.body", "said.0.at", "said.1.body")] == [
        "Mail was late",
        "We found it.",
        "2026-11-17T08:40",
        "",
    ]
    assert page.root.xpath("//select[@name='said.0.status']/option[@selected]/@value") == ["identified"]


def test_every_update_is_entered_at_its_own_time(
    ben: StrictBrowser, client: StrictBrowser, page: Answer, database: Database, settled: Cast
) -> None:
    room = ben.submit(page, ENTER, {**LOOK, "level.mail": "partial_outage"}, body="It is over.")
    assert "is entered" in room.text
    with database.session(readonly=True) as session:
        updates = incident_by_ref(session, "INC-2026-0001", EVERYTHING).updates
        said = [(f"{one.display_at:%H:%M}", str(one.status), one.current.body) for one in reversed(updates)]
    assert said == [
        ("07:10", "investigating", "We look."),
        ("07:40", "identified", "We found it."),
        ("08:30", "resolved", "It is over."),
    ]
    assert "Mail was late" in client.get("/history").text


def test_a_line_left_empty_says_nothing(ben: StrictBrowser, page: Answer) -> None:
    assert "is entered" in ben.submit(page, ENTER, body="It is over.").text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"said.0.at": "2026-11-17T07:00"}, "said.0.at", "before the incident began"),
        ({"said.0.at": "2026-11-17T11:00"}, "ended_at", "before the update above it"),
        ({"said.0.at": ""}, "said.0.at", "Say when."),
        ({"said.0.at": "soon"}, "said.0.at", "Write date and time"),
        ({"said.0.body": ""}, "said.0.body", "Write a sentence."),
        ({"said.0.body": "x" * 20_001}, "said.0.body", "Keep it to 20000 characters"),
        ({"body": ""}, "body", "Say how it ended"),
        ({"public_title": "x" * 10_000}, "public_title", "Keep it to 200 characters; these are 10000."),
        ({"ended_at": "2026-11-17T07:00"}, "ended_at", "before the update above it"),
        ({"started_at": "2026-11-19T07:00"}, "started_at", "in the future"),
        ({"started_at": "2026-03-29T02:30"}, "started_at", "skip this time"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    ben: StrictBrowser, page: Answer, typed: dict[str, str], field: str, words: str
) -> None:
    given = {"body": "It is over.", **typed}
    refused = ben.submit(page, ENTER, given)
    assert refused.status == 422
    assert words in refused.texts(f"//*[@id='e-{field}']")[0]
    assert {name: value(refused, name) for name in given} == given
    assert value(refused, "public_title") == given.get("public_title", "Mail was late")
