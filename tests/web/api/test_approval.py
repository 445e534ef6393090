"""A second person is needed: what programs are told, and how they say that it cannot wait."""

from typing import Any

import pytest
from sqlalchemy import select

from statuspage.core.db import Database, commit
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.rules import Publishing
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program

WHY = {"without_approval": "The pager bot found it."}
FIRST = {"title": "Checkout fails", "severity": "sev2", "update": {"body": "We look into it."}}


@pytest.fixture
def ref(api: Program, database: Database, settled: Cast, clock: FrozenClock) -> str:
    """A public SEV2 incident; from now on the severity needs a second person."""
    found = str(api.post("/incidents", FIRST).json["ref"])
    with database.session() as session:
        change_publishing(session, Publishing(10, frozenset({Severity.SEV2})), by=settled.ada, now=clock.now())
        commit(session)
    return found


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/incidents", FIRST),
        ("/incidents/{ref}/updates", {"visibility": "public", "body": "Found it."}),
        ("/incidents/{ref}/resolution", {"body": "Over."}),
        ("/incidents/{ref}/cancellation", {"reason": "No.", "body": "Over."}),
        ("/incidents/{ref}/false-alarm", {"reason": "No.", "body": "Over."}),
    ],
)
def test_a_gated_severity_answers_409_until_a_reason_is_given(
    path: str, sent: dict[str, Any], ref: str, api: Program
) -> None:
    refused = api.post(path.format(ref=ref), sent)
    assert refused.status == 409
    assert "SEV2 need a second person's approval" in refused.json["detail"]
    assert api.post(path.format(ref=ref), {**sent, **WHY}).status in (200, 201)


def test_reopening_with_a_word_needs_it_too(ref: str, api: Program) -> None:
    assert api.post(f"/incidents/{ref}/resolution", {"body": "Over.", **WHY}).status == 200
    again = {"reason": "It is back.", "body": "It is back."}
    assert api.post(f"/incidents/{ref}/reopening", again).status == 409
    assert api.post(f"/incidents/{ref}/reopening", {**again, **WHY}).status == 200


def test_the_update_says_so_and_those_who_could_have_approved_are_told(
    ref: str, api: Program, database: Database
) -> None:
    said = api.post(f"/incidents/{ref}/updates", {"visibility": "public", "body": "Found it.", **WHY}).json
    assert (said["approval"], said["unapproved_reason"]) == ("waived", "The pager bot found it.")
    with database.session(readonly=True) as session:
        events = session.scalars(select(Event).where(Event.kind == EventKind.APPROVAL_WAIVED)).all()
        assert [str(event.subject_id) for event in events] == [said["id"]]


def test_a_first_notice_nobody_edited_needs_nobody(ref: str, api: Program) -> None:
    notice = {"title": "Mail fails", "severity": "sev2", "template": "First notice: many customers"}
    said = api.post("/incidents", notice)
    assert said.status == 201
    assert api.get(f"/incidents/{said.json['ref']}/updates").json["items"][0]["approval"] == "notice"
    words = {"body": "Many customers are affected. It was Ben."}
    assert api.post("/incidents", {**notice, "update": words}).status == 409


def test_notes_need_nobody(ref: str, api: Program) -> None:
    assert api.post(f"/incidents/{ref}/updates", {"visibility": "internal", "body": "Inside."}).status == 201
