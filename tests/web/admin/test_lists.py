"""The list of incidents: words and filters in its address, closing several, taking it away as a file."""

import csv
import io
import json

import pytest

from statuspage.domain.incidents.actions import Resolution, resolve_incident
from statuspage.domain.incidents.models import Incident
from statuspage.web.admin.incidents import exports
from tests.kit.browser import StrictBrowser
from tests.kit.cast import CLEO, Cast, declare
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements
from tests.web.admin.conftest import Behind, Staff

LIST = "/admin/incidents"


def declared(behind: Behind, cast: Cast, clock: FrozenClock, title: str, *, over: bool = False) -> str:
    with behind.writing() as session:
        incident: Incident = declare(session, cast.ben, clock.now(), title=title)
        if over:
            resolve_incident(session, incident, Resolution(body="Over."), by=cast.ben, now=clock.advance(minutes=1))
        return incident.ref


def test_words_in_updates_are_found_together_with_filters(
    behind: Behind, settled: Cast, clock: FrozenClock, ben: StrictBrowser
) -> None:
    declared(behind, settled, clock, "Checkout fails")
    assert "Checkout fails" in ben.get(f"{LIST}?q=declined").text
    assert "No incident fits." in ben.get(f"{LIST}?q=declined&state=cancelled").text


def test_the_ticked_are_closed_and_the_list_stays_narrowed(
    behind: Behind, settled: Cast, clock: FrozenClock, ben: StrictBrowser
) -> None:
    over, going_on = (declared(behind, settled, clock, title, over=title == "A") for title in "AB")
    page = ben.get(f"{LIST}?q=payments")
    assert f"close {going_on}" not in page.text
    answer = ben.submit(page, "Close the ticked ones", refs=[over])
    assert "1 closed." in answer.text
    assert "q=payments" in answer.path
    assert "Tick the incidents" in ben.post(f"{LIST}/closures", {"csrf_token": _token(ben)}).text


def _token(browser: StrictBrowser) -> str:
    return str(browser.get(f"{LIST}/new").root.xpath("//input[@name='csrf_token']/@value")[0])


def test_the_narrowed_list_is_taken_away_as_csv_without_formulas(
    behind: Behind, settled: Cast, clock: FrozenClock, ben: StrictBrowser
) -> None:
    ref = declared(behind, settled, clock, '=HYPERLINK("x"), "y"')
    declared(behind, settled, clock, "Other", over=True)
    answer = ben.click(ben.get(f"{LIST}?state=open"), "CSV")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="incidents-2026-11-18.csv"'
    [row] = csv.DictReader(io.StringIO(answer.body.decode(), newline=""))
    assert (row["ref"], row["title"], row["components"]) == (ref, '\'=HYPERLINK("x"), "y"', "web")
    assert (row["created_at"], row["resolved"]) == ("2026-11-18T12:00:00Z", "")


def test_json_holds_the_same_rows(behind: Behind, settled: Cast, clock: FrozenClock, ben: StrictBrowser) -> None:
    ref = declared(behind, settled, clock, "=Checkout fails")
    found = json.loads(ben.get(f"{LIST}/export.json?q={ref}").body)["incidents"]
    assert [(row["ref"], row["title"], row["components"]) for row in found] == [(ref, "=Checkout fails", ["web"])]
    assert json.loads(ben.get(f"{LIST}/export.json?q=nothing").body) == {"incidents": []}


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_is_read_while_it_is_sent(
    behind: Behind,
    settled: Cast,
    clock: FrozenClock,
    ben: StrictBrowser,
    *,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    refs = [declared(behind, settled, clock, f"Incident {number}") for number in range(3)]
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    with statements() as made:
        answer = ben.client.get(f"{LIST}/export.{kind}", base_url=ben.origin)
        begun = len(made)
        text = answer.get_data(as_text=True)
    assert len(made) > begun
    rows = json.loads(text)["incidents"] if kind == "json" else list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["ref"] for row in rows] == refs[::-1]


def test_who_may_only_look_closes_nothing(behind: Behind, settled: Cast, clock: FrozenClock, staff: Staff) -> None:
    declared(behind, settled, clock, "A", over=True)
    cleo = staff(CLEO)
    assert "Close the ticked ones" not in cleo.get(LIST).text
    assert cleo.get(f"{LIST}/export.csv").status == 200


def test_the_list_costs_the_same_with_more_incidents(
    behind: Behind, settled: Cast, clock: FrozenClock, ben: StrictBrowser
) -> None:
    counts = []
    for _ in range(2):
        for number in range(3):
            declared(behind, settled, clock, f"Checkout {number}", over=bool(number))
        with statements() as seen:
            ben.get(f"{LIST}?q=checkout")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_earlier_ones_stand_beside_the_open_one(
    behind: Behind, settled: Cast, clock: FrozenClock, ben: StrictBrowser
) -> None:
    first = declared(behind, settled, clock, "Checkout slow", over=True)
    second = declared(behind, settled, clock, "Checkout fails")
    room = ben.get(f"{LIST}/{second}")
    assert "Similar before" in room.text
    assert ben.click(room, "Checkout slow").path.endswith(first)
    assert "Similar before" not in ben.get(f"{LIST}/{first}").text
