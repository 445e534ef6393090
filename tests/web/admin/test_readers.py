"""What readers report, as the team sees it: suggested, listed, taken away, put aside, attached."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from statuspage.core.db import Database, commit
from statuspage.domain.feedback.actions import ReportDraft, report_problem, say_still_seen, vote_on_update
from statuspage.domain.feedback.models import ProblemReport
from statuspage.domain.feedback.rules import Threshold
from statuspage.domain.incidents.models import Incident
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, BEN, CLEO, Cast, declare
from tests.kit.clock import FrozenClock

Staff = Callable[[str], StrictBrowser]
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def tell(database: Database, clock: FrozenClock, settled: Cast) -> Callable[..., None]:
    """Let so many readers report a component, half a minute apart."""

    def told(slug: str = "web", count: int = 5, words: str = "Pay button hangs") -> None:
        with database.session() as session:
            for _ in range(count):
                report_problem(session, ReportDraft(words, slug), now=clock.advance(seconds=30))
            commit(session)

    return told


def open_incident(database: Database, cast: Cast, clock: FrozenClock) -> tuple[str, str]:
    with database.session() as session:
        incident = declare(session, cast.ben, clock.now())
        session.refresh(incident, ["updates"])
        vote_on_update(session, incident.updates[0].id, helpful=True)
        found = incident.ref, incident.updates[0].code
        commit(session)
    return found


def token(page: Answer) -> str:
    found: str = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    return found


def test_many_reports_suggest_and_publish_nothing(
    staff: Staff, tell: Callable[..., None], client: StrictBrowser
) -> None:
    ben = staff(BEN)
    tell(count=4)
    assert "4 reports by readers in the last day" in ben.get("/admin/").text
    tell(count=1)
    page = ben.get("/admin/")
    assert "Web: 5 reports" in page.text and "Pay button hangs" in page.text
    assert "Nothing is open there." in page.text
    (address,) = page.root.xpath("//a[contains(@href, 'component=web')]/@href")
    form = ben.get(address)
    assert form.root.xpath("//select[@name='source']/option[@selected]/@value") == ["customer"]
    assert "Pay button" not in client.get("/").text


def test_a_group_is_put_aside_as_it_was_seen(staff: Staff, tell: Callable[..., None]) -> None:
    ben = staff(BEN)
    tell()
    page = ben.get("/admin/")
    tell(count=1, words="Came later")
    after = ben.submit(page, "Put aside: Web")
    assert "5 reports put aside." in after.text and "1 report by readers" in after.text


def test_reports_join_the_open_incident_and_are_told_in_its_room(
    staff: Staff, tell: Callable[..., None], database: Database, settled: Cast, clock: FrozenClock
) -> None:
    ref, code = open_incident(database, settled, clock)
    ben = staff(BEN)
    tell()
    page = ben.get(f"/admin/incidents/{ref}")
    assert "What readers say" in page.text and f"{ref} is open there." in page.text
    room = ben.submit(page, f"Attach to {ref}")
    assert "5 reports attached." in room.text and "Their words" in room.text
    assert room.root.xpath(f"//dt[a[@href='#update-{code}']]/following-sibling::dd/text()") == ["1 yes, 0 no"]
    listed = ben.get(f"/admin/readers?incident={ref}&kind=problem&handling=attached&component=web&q=pay")
    assert len(listed.root.xpath("//tbody/tr")) == 5
    assert "No report fits." in ben.get("/admin/readers?handling=dismissed").text


def test_who_may_only_look_handles_nothing(staff: Staff, tell: Callable[..., None]) -> None:
    cleo = staff(CLEO)
    tell()
    page = cleo.get("/admin/")
    assert "Web: 5 reports" in page.text and not page.root.xpath("//form[contains(@action, '/readers/')]")
    assert cleo.post("/admin/readers/dismissals", {"csrf_token": token(page), "newest": "x"}).status == 403
    assert cleo.get("/admin/settings/reports").status == 403


def test_a_damaged_form_changes_nothing(staff: Staff, tell: Callable[..., None]) -> None:
    tell()
    ben = staff(BEN)
    page = ben.get("/admin/")
    assert ben.post("/admin/readers/dismissals", {"csrf_token": token(page), "newest": "none"}).status == 422
    assert "Web: 5 reports" in ben.get("/admin/").text


def test_the_file_holds_no_formula_and_no_address(
    staff: Staff, database: Database, clock: FrozenClock, settled: Cast
) -> None:
    with database.session() as session:
        report_problem(session, ReportDraft(FORMULA, "web", "sam@example.org"), now=clock.now())
        commit(session)
    sheet = staff(CLEO).get("/admin/readers/export.csv")
    assert "'=cmd" in sheet.html and "sam@example.org" not in sheet.html
    assert sheet.headers["content-disposition"].endswith('"reports-2026-11-18.csv"')
    assert staff(CLEO).get("/admin/readers/export.csv?q=nothing").html.count("\r\n") == 1


def test_one_report_is_deleted_at_once(staff: Staff, tell: Callable[..., None], database: Database) -> None:
    tell(count=2)
    ben = staff(BEN)
    assert "Delete" not in staff(CLEO).get("/admin/readers").text
    page = ben.get("/admin/readers")
    action = page.root.xpath("//form[contains(@action, '/removal')]/@action")[0]
    assert "Deleted." in ben.post(action, {"csrf_token": token(page)}).text
    assert ben.post(action, {"csrf_token": token(page)}).status == 404
    with database.session(readonly=True) as session:
        assert len(session.scalars(select(ProblemReport)).all()) == 1


def test_still_seen_suggests_reopening(staff: Staff, database: Database, clock: FrozenClock, settled: Cast) -> None:
    ref, _ = open_incident(database, settled, clock)
    ben = staff(BEN)
    ben.submit(ben.get(f"/admin/incidents/{ref}"), "Publish to page and 1 subscriber", body="Over.", status="resolved")
    with database.session() as session:
        incident = session.scalars(select(Incident)).one()
        for _ in range(5):
            say_still_seen(session, incident.id, "", locale="en", now=clock.advance(seconds=30))
        commit(session)
    page = ben.get("/admin/")
    assert "still seen: 5 reports" in page.text and f"Reopen {ref}" in page.text
    ben.submit(page, "Put aside: still seen")
    with database.session(readonly=True) as session:
        assert all(row.dismissed_at for row in session.scalars(select(ProblemReport)))


def test_how_many_are_many_is_set_in_the_panel(staff: Staff, tell: Callable[..., None]) -> None:
    ada = staff(ADA)
    tell(count=2)
    page = ada.get("/admin/settings/reports")
    bad = ada.submit(page, "Save", reports="1", minutes="many")
    assert bad.status == 422 and "Write a whole number." in bad.text
    assert bad.root.xpath("//input[@name='minutes']/@value") == ["many"]
    assert "Saved" in ada.submit(bad, "Save", reports="2", minutes="5").text
    clash = ada.submit(page, "Save", reports="3", minutes="5")
    assert clash.status == 409 and "Somebody changed this meanwhile" in clash.text
    assert "Web: 2 reports" in ada.get("/admin/").text
    assert Threshold(2, 5).faults() == {}
