"""What readers tell us, for programs."""

from collections.abc import Callable

import pytest

from statuspage.core.db import Database, commit
from statuspage.domain.feedback.actions import (
    ReportDraft,
    answer_question,
    report_problem,
    say_still_seen,
    vote_on_update,
)
from statuspage.domain.feedback.enums import Question
from tests.kit.cast import Cast, declare
from tests.kit.clock import FrozenClock
from tests.web.api.conftest import Program

SAM = "sam@example.org"


@pytest.fixture
def ref(database: Database, settled: Cast, clock: FrozenClock) -> str:
    """An incident whose readers said something."""
    with database.session() as session:
        incident = declare(session, settled.ben, clock.now())
        session.refresh(incident, ["updates"])
        for slug in ("web", "api", ""):
            report_problem(session, ReportDraft("It fails", slug, SAM), now=clock.advance(minutes=1))
        say_still_seen(session, incident.id, "Still red", locale="de", now=clock.now())
        vote_on_update(session, incident.updates[0].id, helpful=True)
        answer_question(session, incident.id, Question.TOLD, yes=False)
        commit(session)
        return incident.ref


def test_reports_are_listed_without_addresses_page_by_page(program: Callable[[str], Program], ref: str) -> None:
    read = program("read")
    first = read.get("/feedback?limit=3")
    assert [(one["kind"], one["component"], one["incident"]) for one in first.json["items"]] == [
        ("still", None, ref), ("problem", None, None), ("problem", "api", None),
    ]  # fmt: skip
    rest = read.get(f"/feedback?limit=3&cursor={first.json['next']}").json
    assert [one["component"] for one in rest["items"]] == ["web"] and rest["next"] is None
    assert SAM not in first.html
    narrowed = read.get(f"/feedback?incident={ref}&kind=still&q=red&handling=attached").json["items"]
    assert [one["locale"] for one in narrowed] == ["de"]
    assert read.get("/feedback?kind=praise").status == 422


def test_what_was_said_of_an_incident_is_counted(program: Callable[[str], Program], ref: str) -> None:
    read = program("read")
    said = read.get(f"/incidents/{ref}/feedback").json
    assert (said["problems"], said["still_seen"], said["said_fixed"], said["said_broken"]) == (0, 1, 0, 0)
    assert said["told_soon"] == {"yes": 0, "no": 1} and said["fixed_soon"] == {"yes": 0, "no": 0}
    assert [(one["yes"], one["no"]) for one in said["helpful"]] == [(1, 0)]
    assert read.get("/incidents/INC-2026-9999/feedback").status == 404
