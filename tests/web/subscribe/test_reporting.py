"""Reporting a problem: one answer for everybody, bounded, without a cookie; and the one question that follows."""

import pytest
from sqlalchemy import select

from statuspage.audit.actor import SYSTEM
from statuspage.core.config import Settings
from statuspage.core.db import Database, commit, new_id
from statuspage.core.secrets import Keys, Purpose
from statuspage.domain.components.actions import ComponentDraft, create_component
from statuspage.domain.components.enums import Visibility
from statuspage.domain.feedback.enums import ReportKind, Verdict
from statuspage.domain.feedback.models import ProblemReport
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import Cast, declare
from tests.kit.clock import FrozenClock

NEW = "newcomer@example.org"
WORDS = "The pay button hangs"


def reports(database: Database) -> list[ProblemReport]:
    with database.session(readonly=True) as session:
        return list(session.scalars(select(ProblemReport).order_by(ProblemReport.id)))


def send(client: StrictBrowser, path: str = "/report", button: str = "Send the report", **fields: str) -> Answer:
    return client.submit(client.get(path), button, **{"words": WORDS, **fields})


@pytest.fixture
def asked_back(database: Database, settled: Cast, clock: FrozenClock, settings: Settings) -> str:
    """A report whose sender was asked, and the address the mail leads to, without its verdict."""
    with database.session() as session:
        incident = declare(session, settled.ben, clock.now())
        report = ProblemReport(kind=ReportKind.PROBLEM, words=WORDS, locale="de", created_at=clock.now())
        report.follow_up_id, report.incident_id = new_id(), incident.id
        session.add(report)
        commit(session)
    return f"/report/{Keys([settings.secret_key]).seal(Purpose.REPORT, report.id)}"


def test_a_report_is_kept_and_thanked_for(client: StrictBrowser, database: Database, settled: Cast) -> None:
    answer = send(client, component="mail", email=f" {NEW} ")
    assert (answer.status, answer.h1) == (200, "Thank you for the report")
    assert answer.headers["cache-control"] == "no-store" and answer.cookies == []
    (report,) = reports(database)
    assert (report.words, report.address, report.locale, bool(report.component_id)) == (WORDS, NEW, "en", True)


def test_the_answer_is_the_same_with_and_without_an_address(
    client: StrictBrowser, database: Database, settled: Cast
) -> None:
    answers = [send(client, email=email).html for email in ("", NEW, NEW, NEW.upper())]
    assert len(set(answers)) == 1
    assert [report.address for report in reports(database)] == ["", NEW, "", ""]


def test_the_german_form_answers_in_german(client: StrictBrowser, database: Database, settled: Cast) -> None:
    answer = send(client, "/de/report", "Meldung senden")
    assert answer.root.xpath("/html/@lang") == ["de"]
    assert reports(database)[0].locale == "de"


def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    client: StrictBrowser, database: Database, settled: Cast
) -> None:
    answer = client.post("/report", {"words": "x" * 1001, "component": "mail", "email": "nobody"})
    assert answer.status == 422
    answer = send(client, words="x", component="mail", email="nobody")
    assert answer.status == 422 and answer.root.xpath("//input[@name='email' and @aria-invalid='true']")
    assert answer.root.xpath("//select/option[@selected]/@value | //optgroup/option[@selected]/@value") == ["mail"]
    assert answer.root.xpath("//textarea")[0].text.strip() == "x"
    assert reports(database) == []


def test_internal_components_are_not_offered_and_not_known(
    client: StrictBrowser, database: Database, settled: Cast, clock: FrozenClock
) -> None:
    with database.session() as session:
        create_component(session, ComponentDraft("Vault", visibility=Visibility.INTERNAL), by=SYSTEM, now=clock.now())
        commit(session)
    assert "Vault" not in client.get("/report").html
    told = [client.post("/report", {"words": WORDS, "component": slug}) for slug in ("vault", "none")]
    assert [answer.status for answer in told] == [422, 422]
    assert told[0].html == told[1].html


def test_the_form_says_what_is_known(
    client: StrictBrowser, database: Database, settled: Cast, clock: FrozenClock
) -> None:
    with database.session() as session:
        declare(session, settled.ben, clock.now())
        commit(session)
    assert "We know of this already" in client.get("/report").text
    assert "Checkout fails" in client.get("/report").text


def test_one_network_is_slowed_down_and_others_are_not(
    client: StrictBrowser, database: Database, settled: Cast
) -> None:
    statuses = [client.post("/report", {"words": WORDS}).status for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    other = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.post("/report", {"words": WORDS}, environ_overrides=other).status == 200
    assert len(reports(database)) == 11


def test_another_sites_page_reports_nothing(client: StrictBrowser, database: Database, settled: Cast) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert client.post("/report", {"words": WORDS}, headers=foreign).status == 403
    assert reports(database) == []


def test_looking_at_the_question_answers_nothing(client: StrictBrowser, database: Database, asked_back: str) -> None:
    page = client.get(f"{asked_back}/fixed")
    assert page.root.xpath("/html/@lang") == ["de"] and reports(database)[0].verdict is None
    assert page.headers["cache-control"] == "no-store"
    assert client.submit(page, "Ja, es ist behoben").status == 200
    assert reports(database)[0].verdict is Verdict.FIXED


def test_still_broken_takes_a_few_words(client: StrictBrowser, database: Database, asked_back: str) -> None:
    page = client.get(f"{asked_back}/broken")
    assert client.post(page.path, {"words": "x" * 301}).status == 422
    for _ in range(2):
        assert client.submit(page, "Ja, noch gestört", words="Same as before").status == 200
    first, still = reports(database)
    assert (first.verdict, still.kind, still.words) == (Verdict.BROKEN, ReportKind.STILL, "Same as before")


def test_a_made_up_link_or_a_deleted_report_answers_nothing(
    client: StrictBrowser, database: Database, asked_back: str
) -> None:
    for path in ("/report/x/fixed", f"/report/{'A' * 43}/broken"):
        assert (client.get(path).status, client.post(path).status) == (404, 404)
    assert client.get(f"{asked_back}/perhaps").status == 404
    with database.session() as session:
        for report in session.scalars(select(ProblemReport)):
            session.delete(report)
        commit(session)
    assert client.get(f"{asked_back}/fixed").h1 == "This link is over"
