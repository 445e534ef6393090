"""`/`: read in ten seconds by somebody who is worried."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.components.actions import archive_component, set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import Correction, correct_update, post_update, retract_update
from statuspage.domain.incidents.enums import PublicStatus, Severity
from statuspage.domain.maintenance.actions import complete_maintenance, start_maintenance
from statuspage.publish.pages.routes import STANDING
from tests.kit.cast import Cast, affects, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.publish.rendered import counted, page, root, text

pytestmark = pytest.mark.soak_on("postgresql")

RESOLVED = PublicStatus.RESOLVED


def test_a_calm_page_says_so_once(session: Session, cast: Cast, clock: FrozenClock) -> None:
    home = root(session, "/", clock.now())
    assert home.findtext("head/title") == "All systems operational - Acme status"
    assert "No incidents in 14 days." in text(session, "/", clock.now())


def test_an_open_incident_answers_what_since_when_what_to_do_and_when_next(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    clock.advance(minutes=10)
    due = clock.now() + timedelta(minutes=20)
    draft = says("A **router** broke.", PublicStatus.IDENTIFIED, next_update_at=due, workaround="Use the phone.")
    post_update(session, incident, draft, by=cast.ben, now=clock.now())
    seen = text(session, "/", clock.now())
    for words in (
        "Web is down",
        "Checkout fails",
        "Critical impact",
        "since 18 Nov, 13:00 CET",
        "Identified",
        "A router broke.",
        "What you can do",
        "Use the phone.",
        "Next update by",
        "18 Nov, 13:30 CET (12:30 UTC)",
        "1 earlier update",
        "One open incident, above.",
    ):
        assert words in seen, words


def test_a_passed_promise_says_was_due(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    due = clock.now() + timedelta(minutes=20)
    post_update(session, incident, says("Soon.", next_update_at=due), by=cast.ben, now=clock.now())
    for minutes, overdue in ((15, False), (20, True), (25, True)):
        promise = root(session, "/", clock.now() + timedelta(minutes=minutes)).xpath("//*[@data-promise]")[0]
        hidden = promise.xpath("./*[@data-before]")[0].get("hidden")
        assert (hidden is not None) is overdue, minutes


def test_the_worst_incident_comes_first(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now(), title="All is lost", severity=Severity.SEV1)
    small = affects(api=ComponentStatus.DEGRADED_PERFORMANCE)
    changes = {"severity": Severity.SEV4, "components": small, "update": says("Slow.", components=small)}
    declare(session, cast.ben, clock.now(), title="A bit slow", **changes)
    titles = [link.text for link in root(session, "/", clock.now()).xpath("//article//h2/a")]
    assert titles == ["All is lost", "A bit slow"]


def test_a_resolved_incident_stays_on_top_for_a_day(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    clock.advance(minutes=65)
    post_update(session, incident, says("It works again.", RESOLVED), by=cast.ben, now=clock.now())
    assert "after 1 h 05 min" in text(session, "/", clock.now())
    card = "//details[contains(@class, 'resolved')]"
    assert root(session, "/", clock.now() + timedelta(hours=23)).xpath(card)
    assert not root(session, "/", clock.now() + timedelta(hours=25)).xpath(card)
    assert "Checkout fails" in text(session, "/", clock.now() + timedelta(hours=25))


def test_a_group_opens_when_something_in_it_is_wrong(session: Session, cast: Cast, clock: FrozenClock) -> None:
    group = "//details[@id='group-platform']"
    assert root(session, "/", clock.now()).xpath(group)[0].get("open") is None
    set_manual_status(session, "api", ComponentStatus.DEGRADED_PERFORMANCE, by=cast.ben, now=clock.now())
    assert root(session, "/", clock.now()).xpath(group)[0].get("open") is not None
    assert "Set by us 18 Nov, 13:00 CET" in text(session, "/", clock.now())


def test_running_and_coming_maintenance_are_announced(session: Session, cast: Cast, clock: FrozenClock) -> None:
    work = plan(session, cast.ben, clock.now())
    assert "As a calendar New mail servers Thu 19 Nov, 13:00" in text(session, "/", clock.now())
    clock.advance(days=1)
    start_maintenance(session, work, by=cast.ben, now=clock.now())
    seen = text(session, "/", clock.now())
    assert "Mail: maintenance until 19 Nov, 14:00 CET" in seen
    assert "Maintenance in progress" in seen
    clock.advance(minutes=50)
    complete_maintenance(session, work, by=cast.ben, now=clock.now())
    seen = text(session, "/", clock.now())
    assert "All systems operational" in seen
    assert "Maintenance completed, Thu 19 Nov, 13:00 \u2013 13:50 CET" in seen


def test_withdrawn_and_earlier_words_are_gone_from_the_card(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    wrong = post_update(session, incident, says("The moon fell down."), by=cast.ben, now=clock.advance(minutes=1))
    retract_update(session, wrong, "It was a cloud", by=cast.ben, now=clock.advance(minutes=1))
    session.expire_all()
    html = page(session, "/", clock.now()).body.decode()
    assert "moon" not in html
    assert "This update was withdrawn" in html
    assert "It was a cloud" in html


def test_a_correction_keeps_the_earlier_words_under_edited(session: Session, cast: Cast, clock: FrozenClock) -> None:
    incident = declare(session, cast.ben, clock.now())
    change = Correction("Payments are slow.")
    correct_update(session, incident.updates[0], change, by=cast.ben, now=clock.advance(minutes=5))
    session.expire_all()
    seen = text(session, f"/incidents/{incident.code}", clock.now())
    assert "Payments are slow. Edited 18 Nov 2026, 13:05 CET" in seen
    assert "Until 18 Nov 2026, 13:05 CET it read Payments are declined." in seen


def test_an_archived_component_leaves_the_page_and_stays_in_its_story(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    post_update(session, incident, says("Over.", RESOLVED), by=cast.ben, now=clock.advance(minutes=5))
    archive_component(session, "web", by=cast.ada, now=clock.advance(days=2))
    assert not root(session, "/", clock.now()).xpath("//*[@id='component-web']")
    chip = root(session, f"/incidents/{incident.code}", clock.now()).xpath("//*[contains(@class, 'chip ')]")[0]
    assert (chip.tag, "Web" in "".join(chip.itertext())) == ("span", True)


def _more(session: Session, cast: Cast, clock: FrozenClock, count: int) -> None:
    for _ in range(count):
        opened = declare(session, cast.ben, clock.now())
        post_update(session, opened, says("News."), by=cast.ben, now=clock.advance(minutes=1))
        post_update(session, opened, says("Over.", RESOLVED), by=cast.ben, now=clock.advance(minutes=1))
        declare(session, cast.ben, clock.now())
        start_maintenance(session, plan(session, cast.ben, clock.now()), by=cast.ben, now=clock.now())
        plan(session, cast.ben, clock.now())
    session.commit()


def _costs(session: Session, now: datetime) -> dict[str, int]:
    found = {}
    for path in STANDING:
        session.expunge_all()
        session.info.clear()
        with counted(session) as statements:
            page(session, path, now)
        found[path] = len(statements)
    return found


def test_a_page_costs_the_same_queries_however_much_there_is(session: Session, cast: Cast, clock: FrozenClock) -> None:
    _more(session, cast, clock, 2)
    before = _costs(session, clock.now())
    _more(session, cast, clock, 6)
    assert _costs(session, clock.now()) == before
