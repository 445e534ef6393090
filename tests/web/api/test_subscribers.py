"""Subscribers through the API."""

from sqlalchemy import select

from statuspage.core.db import Database
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.kit.cast import SAM
from tests.web.api.conftest import Program, faults_in

PROMISED = {"id", "channel", "endpoint", "state", "components", "minimum_impact", "locale", "created_at"}
LENA = {"channel": "email", "endpoint": "lena@example.net"}


def test_somebody_new_is_asked_first(api: Program, database: Database) -> None:
    answer = api.post("/subscribers", {**LENA, "components": ["api", "mail"], "minimum_impact": "major"})
    told = answer.json
    assert (answer.status, told["state"], told["confirmed_at"]) == (201, "pending", None)
    assert answer.headers["location"].endswith(f"/api/v1/subscribers/{told['id']}")
    assert told.keys() >= PROMISED
    assert (sorted(told["components"]), told["minimum_impact"]) == (["api", "mail"], "major")
    assert api.get(f"/subscribers/{told['id']}").json == told
    with database.session(readonly=True) as session:
        assert session.scalars(select(Event.kind)).all() == [EventKind.SUBSCRIBER_CONFIRM]


def test_somebody_who_agreed_elsewhere_is_not_asked(api: Program, database: Database) -> None:
    told = api.post("/subscribers", {**LENA, "confirmed": True}).json
    assert (told["state"], told["components"]) == ("confirmed", None)
    with database.session(readonly=True) as session:
        assert session.scalars(select(Event)).all() == []


def test_somebody_is_told_in_the_language_that_is_named_or_the_pages_own(api: Program) -> None:
    assert api.post("/subscribers", {**LENA, "locale": "de"}).json["locale"] == "de"
    assert api.post("/subscribers", {**LENA, "endpoint": "lou@example.net"}).json["locale"] == "en"


def test_a_known_address_is_a_conflict(api: Program) -> None:
    assert api.post("/subscribers", {"channel": "email", "endpoint": SAM.upper()}).status == 409


def test_each_fault_is_named(api: Program) -> None:
    for change, field in (
        ({"endpoint": "no address"}, "endpoint"),
        ({"channel": "pigeon"}, "channel"),
        ({"components": ["nope"]}, "components"),
        ({"components": []}, "components"),
        ({"minimum_impact": "huge"}, "minimum_impact"),
        ({"confirmed": "yes"}, "confirmed"),
        ({"locale": "fi"}, "locale"),
        ({"phone": "1"}, "phone"),
    ):
        assert field in faults_in(api.post("/subscribers", {**LENA, **change})), change


def test_subscribers_are_found_and_forgotten(api: Program) -> None:
    api.post("/subscribers", LENA)
    everybody = api.get("/subscribers").json["items"]
    assert [one["endpoint"] for one in everybody] == ["lena@example.net", SAM]
    assert [one["endpoint"] for one in api.get("/subscribers?state=confirmed").json["items"]] == [SAM]
    assert [one["endpoint"] for one in api.get("/subscribers?search=LENA").json["items"]] == ["lena@example.net"]
    page = api.get("/subscribers?limit=1").json
    assert [one["endpoint"] for one in api.get(f"/subscribers?cursor={page['next']}").json["items"]] == [SAM]
    lena = everybody[0]["id"]
    assert api.delete(f"/subscribers/{lena}").status == 204
    assert api.get(f"/subscribers/{lena}").status == 404
    assert api.delete(f"/subscribers/{lena}").status == 404
