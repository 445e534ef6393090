"""The second person in the panel: settings, asking, deciding, doing without."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from statuspage.core.db import commit
from statuspage.domain.editorial.actions import publish_due
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.queries import publishing
from statuspage.domain.incidents.rules import Publishing
from statuspage.outbox.enums import EventKind
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA, BEN, CLEO, Cast
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]
SETTINGS = "/admin/settings/publishing"


@pytest.fixture
def room(declared: Answer, ben: StrictBrowser, behind: Behind, settled: Cast, clock: FrozenClock) -> Answer:
    """The room of a public SEV2, which from now on needs a second person."""
    with behind.writing() as session:
        change_publishing(session, Publishing(10, frozenset({Severity.SEV2})), by=settled.ada, now=clock.now())
    return ben.get(declared.path)


@pytest.fixture
def ada(staff: Staff) -> StrictBrowser:
    return staff(ADA)


def ask(ben: StrictBrowser, room: Answer, body: str = "It was the vendor.", **fields: str) -> Answer:
    return ben.submit(room, "Ask for approval", body=body, status="identified", **fields)


def due(behind: Behind, clock: FrozenClock) -> int:
    with behind.database.session() as session:
        found = publish_due(session, clock.advance(seconds=10))
        commit(session)
    return found


def deciding(browser: StrictBrowser) -> Answer:
    """Go from the first page to what is to be decided."""
    link = "//a[starts-with(normalize-space(.), 'Read and decide')]/@href"
    return browser.get(browser.get("/admin/").root.xpath(link)[0])


def test_asking_publishes_nothing_and_shows_up_where_others_look(
    room: Answer, ben: StrictBrowser, ada: StrictBrowser, client: StrictBrowser, behind: Behind
) -> None:
    asked = ask(ben, room)
    assert "Your update waits for approval" in asked.texts("//h2")
    assert "Read and decide" not in asked.text, "not by the author"
    assert behind.events(EventKind.APPROVAL_ASKED) == 1
    assert "vendor" not in client.get("/").text
    page = deciding(ada)
    assert page.h1.startswith("Ben")
    assert "It was the vendor." in page.text


def test_the_second_person_sees_exactly_what_customers_will(
    room: Answer, ben: StrictBrowser, ada: StrictBrowser, behind: Behind
) -> None:
    ask(ben, room, workaround="Pay by transfer.")
    preview = ada.submit(deciding(ada), "Preview")
    assert preview.h1 == "Preview"
    for channel in ("on-page", "on-mail"):
        shown = preview.texts(f"//section[@aria-labelledby='{channel}']")[0]
        assert "It was the vendor." in shown and "Pay by transfer." in shown
    assert behind.events(EventKind.INCIDENT_UPDATED) == 0


def test_approved_it_goes_out_after_the_time_to_undo(
    room: Answer, ben: StrictBrowser, ada: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    ask(ben, room)
    approved = ada.submit(deciding(ada), "Approve and publish")
    assert "Approved. It is on its way" in approved.text
    assert "approved by Ada" in approved.text
    assert due(behind, clock) == 1
    assert "It was the vendor." in ben.get("/").text
    after = ben.get(room.path).text
    assert "Ada approved an update" in after
    assert "Ben, approved by Ada" in after


def test_returned_it_stands_in_the_composer_with_the_word(
    room: Answer, ben: StrictBrowser, ada: StrictBrowser, behind: Behind
) -> None:
    ask(ben, room)
    page = deciding(ada)
    empty = ada.submit(page, "Return with this word", reason="")
    assert empty.status == 422
    back = ada.submit(page, "Return with this word", reason="Do not name the vendor.")
    assert "Ben has it back" in back.text
    mine = ben.get(room.path)
    assert "Ada returned this: Do not name the vendor." in mine.text
    assert mine.texts("//textarea[@name='body']") == ["It was the vendor."]
    assert "came back" in ben.get("/admin/").text
    ask(ben, mine, "It was a supplier.")
    assert "It was a supplier." in deciding(ada).text
    assert behind.events(EventKind.APPROVAL_ASKED) == 2


def test_what_changed_meanwhile_is_not_approved(
    room: Answer, ben: StrictBrowser, ada: StrictBrowser, behind: Behind
) -> None:
    asked = ask(ben, room)
    page = deciding(ada)
    mine = ben.submit(asked, "Take it back and go on writing")
    late = ada.submit(page, "Approve and publish")
    assert late.status == 409
    ask(ben, mine, "Other words.")
    late = ada.submit(page, "Approve and publish")
    assert late.status == 409
    with behind.reading() as session:
        assert DraftState.WAITING_APPROVAL in session.scalars(select(Draft.state)).all()


def test_the_author_and_those_who_may_not_publish_cannot_decide(
    room: Answer, ben: StrictBrowser, ada: StrictBrowser, staff: Staff
) -> None:
    ask(ben, room)
    path = deciding(ada).path
    mine = ben.get(path)
    assert "Approve and publish" not in mine.texts("//button")
    token = mine.root.xpath("//input[@name='csrf_token']/@value")[0]
    version = mine.root.xpath("//input[@name='seen_version']/@value")[0]
    assert ben.post(f"{path}/approval", {"csrf_token": token, "seen_version": version}).status == 403
    assert staff(CLEO).get(path).status == 403


def test_what_cannot_wait_goes_out_with_a_reason_that_the_others_get(
    room: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind, clock: FrozenClock
) -> None:
    button = "Publish now without approval"
    refused = ben.submit(room, button, body="It was route B.", status="identified", without_approval="")
    assert refused.status == 422
    assert "This is needed." in refused.texts("//*[@id='e-without_approval']")[0]
    assert refused.texts("//textarea[@name='body']") == ["It was route B."]
    sent = ben.submit(refused, button, without_approval="Ada is asleep.")
    assert "without approval: Ada is asleep." in sent.text
    assert due(behind, clock) == 1
    assert behind.events(EventKind.APPROVAL_WAIVED) == 1
    after = ben.get(room.path)
    assert "Ben published without approval: Ada is asleep." in after.text
    public = client.get("/").text
    assert "route B" in public and "asleep" not in public


def test_a_declaration_of_a_gated_severity_asks_as_well(
    room: Answer, ben: StrictBrowser, client: StrictBrowser, behind: Behind
) -> None:
    page = ben.submit(
        ben.get("/admin/incidents/new"), "Declare and publish to page and 1 subscriber", public_title="Logins fail",
        body="Words of my own.", severity="sev2",
    )  # fmt: skip
    assert "INC-2026-0002 is declared; those who may publish are asked" in page.text
    assert "Logins fail" not in client.get("/").text
    assert behind.events(EventKind.APPROVAL_ASKED) == 1


def test_a_declaration_that_cannot_wait_says_why(room: Answer, ben: StrictBrowser, behind: Behind) -> None:
    page = ben.get("/admin/incidents/new")
    assert "SEV2: a first notice from a template goes out as it stands" in page.text
    sent = ben.submit(page, "Publish now without approval", public_title="Logins fail", body="My own words.",
                      without_approval="All are asleep.")  # fmt: skip
    assert "without approval: All are asleep." in sent.text
    assert behind.events(EventKind.APPROVAL_ASKED) == 0


def test_other_ways_to_end_it_ask_for_a_reason_too(room: Answer, ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.get(f"{room.path}/ending")
    refused = ben.submit(page, "Close as false alarm", reason="A test.", body="It was nothing.")
    assert refused.status == 422
    assert "need a second person" in refused.texts("//*[@id='e-without_approval']")[0]
    given = {"reason": "A test.", "body": "It was nothing.", "without_approval": "Nobody is awake."}
    assert ben.submit(refused, "Close as false alarm", **given).status == 200
    assert "It was nothing." in client.get("/history").text


def test_the_rules_are_changed_by_managers(ben: StrictBrowser, staff: Staff, behind: Behind) -> None:
    page = ben.get(SETTINGS)
    assert page.root.xpath("//input[@name='undo_seconds']/@value") == ["0"]
    saved = ben.submit(page, "Save", undo_seconds="15", approval=["sev1", "sev2"])
    assert "Saved" in saved.text
    with behind.reading() as session:
        assert publishing(session) == Publishing(15, frozenset({Severity.SEV1, Severity.SEV2}))
    assert staff(CLEO).get(SETTINGS).status == 403


@pytest.mark.parametrize(("typed", "sentence"), [("121", "Choose 0 to 120"), ("-1", "whole number"), ("", "whole")])
def test_impossible_rules_are_named(typed: str, sentence: str, ben: StrictBrowser) -> None:
    page = ben.submit(ben.get(SETTINGS), "Save", undo_seconds=typed)
    assert page.status == 422
    assert sentence in page.texts("//*[@id='e-undo_seconds']")[0]


def test_two_who_change_the_rules_are_told(ben: StrictBrowser, ada: StrictBrowser) -> None:
    ours = ben.get(SETTINGS)
    ada.submit(ada.get(SETTINGS), "Save", undo_seconds="30", approval=["sev1"])
    clash = ben.submit(ours, "Save", undo_seconds="5")
    assert clash.status == 409
    assert clash.texts("//*[@class='clash']//dd") == ["30", "SEV1"]
    assert ben.submit(clash, "Save").status == 200


def test_somebody_alone_is_told_that_they_approve_their_own_words(
    room: Answer, ada: StrictBrowser, staff: Staff, behind: Behind, clock: FrozenClock
) -> None:
    people = ada.get("/admin/settings/people")
    ada.submit(people, f"Shut {BEN.partition('@')[0].capitalize()} out")
    assert "Nobody but you may publish now" in ada.get(SETTINGS).text
    page = ada.get(room.path)
    assert "Ask for approval" not in page.texts("//button")
    sent = ada.submit(page, "Publish to page and 1 subscriber", body="Alone.", status="identified")
    assert "approved by Ada" in sent.text
