"""What was taken out for good is nowhere: a marker is put through every door, redacted, and looked for everywhere."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from statuspage.core.config import Settings
from statuspage.core.db import Database, commit
from statuspage.domain.editorial.actions import Typed, save_draft
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.wsgi import Serving
from tests.delivery.house import Room
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, PASSWORD, Cast
from tests.kit.clock import FrozenClock
from tests.kit.dump import tables_that_hold
from tests.kit.fixtures.web import ORIGIN
from tests.web.api.conftest import Program, new_token

MARK = "zqwombat"
REASON = {"reason": "Must not be read"}
INCIDENT = {
    "title": f"Outage at {MARK}",
    "severity": "sev2",
    "components": [{"slug": "web", "status": "major_outage"}],
    "update": {"status": "investigating", "body": f"We look at {MARK}.", "workaround": f"Avoid {MARK}."},
}
LATER = {"visibility": "public", "status": "identified", "body": f"**{MARK}** it was."}


class House:
    """One installation with the marker in it: a program, a person, the room where mails are written."""

    def __init__(self, serving: Serving, database: Database, cast: Cast, clock: FrozenClock) -> None:
        self.serving, self.database, self.clock = serving, database, clock
        self.api = Program(serving.door, new_token(database, "manage", clock.now()))
        self.panel = StrictBrowser(serving.door, ORIGIN)
        self.panel.submit(self.panel.get("/signin"), "Sign in", email=ADA, password=PASSWORD)
        self.room = Room(database, clock)
        self._speak(cast)

    def _speak(self, cast: Cast) -> None:
        self.ref = self.api.post("/incidents", INCIDENT, Idempotency_Key="declare").json["ref"]
        self.clock.advance(minutes=1)
        self.api.post(f"/incidents/{self.ref}/updates", LATER, Idempotency_Key="later")
        for update in self.updates():
            self.api.patch(f"/incidents/{self.ref}/updates/{update['id']}", {"body": f"Better: {MARK}", **REASON})
        merged = self.api.post("/incidents", {**INCIDENT, "title": "Twin", "update": {"body": "We look."}})
        self.api.post(f"/incidents/{merged.json['ref']}/merge", {"into": self.ref})
        begin = self.clock.now() + timedelta(days=1)
        self.work = self.api.post("/maintenances", self.planned(begin), Idempotency_Key="plan").json["ref"]
        with self.database.session() as session:
            self._draft(session, cast)
            commit(session)
        self.room.fan_out()

    def _draft(self, session: Session, cast: Cast) -> None:
        typed = Typed({"body": [f"{MARK} is back"], "status": ["monitoring"]})
        save_draft(session, incident_by_ref(session, self.ref, EVERYTHING), typed, by=cast.ben, now=self.clock.now())

    def planned(self, begin: Any) -> dict[str, Any]:
        window = {"starts_at": begin.isoformat(), "ends_at": (begin + timedelta(hours=1)).isoformat()}
        texts = {"title": f"New {MARK}", "body": f"We change {MARK}."}
        return {**texts, **window, "components": ["mail"], "recurrence": "FREQ=WEEKLY;COUNT=9"}

    def updates(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.api.get(f"/incidents/{self.ref}/updates").json["items"]
        return found

    def redact(self) -> None:
        """Take the marker out wherever it was said."""
        passage = {"passage": MARK, **REASON}
        for update in self.updates():
            done = self.api.post(f"/incidents/{self.ref}/updates/{update['id']}/redaction", passage)
            assert done.status == 200, done.html
        title = {"public_title": "Checkout fails", **REASON}
        assert self.api.post(f"/incidents/{self.ref}/title-redaction", title).status == 200
        for work in self.api.get("/maintenances").json["items"]:
            said = self.api.get(f"/maintenances/{work['ref']}/updates").json["items"][0]
            address = f"/maintenances/{work['ref']}"
            assert self.api.post(f"{address}/updates/{said['id']}/redaction", passage).status == 200
            assert self.api.post(f"{address}/title-redaction", {"title": "New servers", **REASON}).status == 200

    def public(self) -> list[str]:
        """Return the public addresses at which the marker is read."""
        store = self.serving.builder.store
        visitor = StrictBrowser(self.serving.door, ORIGIN)
        pages = {path: visitor.get(path).body for path in store.paths()}
        whole = {path: body.replace(b"\r\n ", b"") for path, body in pages.items()}  # calendars fold their lines
        return [path for path, body in whole.items() if MARK.encode() in body.lower()]

    def inside(self) -> list[str]:
        """Return the addresses for staff at which the marker is read."""
        refs = [one["ref"] for one in self.api.get("/incidents").json["items"]]
        parts = ("", "/updates", "/timeline", "/similar", "/deliveries")
        found = ["/incidents", "/maintenances", *(f"/incidents/{ref}{part}" for ref in refs for part in parts)]
        told = [path for path in found if _says(self.api.get(path))]
        pages = ["/admin/", "/admin/incidents", "/admin/incidents/export.csv", "/admin/incidents/export.json"]
        pages += [f"/admin/incidents/{ref}{part}" for ref in refs for part in ("", "/facts")]
        pages += ["/admin/maintenance", f"/admin/maintenance/{self.work}", "/admin/settings/audit"]
        return told + [path for path in pages if _says(self.panel.get(path))]

    def found(self) -> int:
        """Return how many incidents the search finds by the marker."""
        return len(self.api.get(f"/incidents?q={MARK}").json["items"])


def _says(answer: Answer) -> bool:
    assert answer.status == 200, answer.path
    return MARK in answer.html.lower()


@pytest.fixture
def house(serving: Serving, database: Database, settled: Cast, clock: FrozenClock) -> House:
    return House(serving, database, settled, clock)


@pytest.mark.both_engines
@pytest.mark.soak_on("postgresql")
def test_what_was_removed_is_nowhere(house: House, database: Database, settings: Settings) -> None:
    begin = house.clock.now() + timedelta(days=1)
    told = {"/", "/updates.atom", "/history.rss", "/api/v2/incidents.json", "/feed.json", "/history.json"}
    assert told | {"/components/web.rss", "/maintenance.ics", "/embed.html"} <= set(house.public())
    assert len(house.inside()) > 9 and house.found() == 2
    assert len(tables_that_hold(database, MARK)) > 6

    house.redact()

    assert tables_that_hold(database, MARK) == []
    assert tables_that_hold(database, MARK.removeprefix("zq")) == [], "the index keeps words without their beginning"
    assert (house.public(), house.inside(), house.found()) == ([], [], 0)
    files = [path for path in settings.data.dir.rglob("*") if path.is_file() and "statuspage.db" not in path.name]
    assert [str(path) for path in files if MARK.encode() in path.read_bytes()] == []
    replays = (
        house.api.post("/incidents", INCIDENT, Idempotency_Key="declare"),
        house.api.post(f"/incidents/{house.ref}/updates", LATER, Idempotency_Key="later"),
        house.api.post("/maintenances", house.planned(begin), Idempotency_Key="plan"),
    )
    assert [(answer.status, MARK in answer.html) for answer in replays] == [(201, False)] * 3


def test_readers_see_that_something_is_missing_and_when_even_in_mails_that_had_not_left(house: House) -> None:
    house.redact()
    visitor = StrictBrowser(house.serving.door, ORIGIN)
    code = house.api.get(f"/incidents/{house.ref}").json["code"]
    page = visitor.get(f"/incidents/{code}")
    assert "Part of this text was removed 18 Nov 2026, 13:01 CET." in page.text
    assert "The title was replaced 18 Nov 2026, 13:01 CET" in page.text
    told = visitor.get(f"/api/v2/incidents/{code}.json").json["incident"]["incident_updates"][0]["body"]
    assert told == "Better: […]\n\nPart of this text was removed 18 Nov 2026, 12:01 UTC."
    feed = visitor.get("/updates.atom").html
    assert "Part of this text was removed" in feed and "18 Nov 2026, 12:01 UTC" in feed
    house.room.send()
    mailbox = house.room.mailbox
    written = "\n".join([*mailbox.subjects(), *mailbox.texts("sam@example.net")])
    assert MARK not in written.lower()
    assert "text was removed 18 Nov 2026, 13:01 CET" in written.replace("\n", " ")
