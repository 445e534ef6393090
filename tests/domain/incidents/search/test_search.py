"""Finding incidents by their words, on both engines alike."""

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.accounts.enums import Role
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import (
    Correction,
    IncidentChange,
    IncidentDraft,
    UpdateDraft,
    change_incident,
    correct_update,
    declare_incident,
    post_update,
)
from statuspage.domain.incidents.enums import Severity, UpdateVisibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import (
    EVERYTHING,
    IncidentFilter,
    Reader,
    incident_by_ref,
    incidents_page,
    similar_incidents,
)
from tests.domain import stage
from tests.kit import cast
from tests.kit.clock import FrozenClock
from tests.kit.statements import statements


def titled(session: Session, clock: FrozenClock, title: str, slug: str = "api") -> Incident:
    hit = cast.affects(**{slug: ComponentStatus.PARTIAL_OUTAGE})
    return declare_incident(session, IncidentDraft(title, Severity.SEV2, components=hit), by=stage.BEN, now=clock.now())


def refs(session: Session, text: str, reader: Reader = EVERYTHING) -> list[str]:
    return [found.ref for found in incidents_page(session, reader, IncidentFilter(search=text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("payments", True),
        ("PAYMENTS", True),
        ("paym", True),
        ("ayments", False),
        ("payments wallet", True),
        ("payments mail", False),
        ("timeouts", True),
        ("wallet timeouts", True),
        ("db7", True),
        ("example", True),
        ("größer", True),
        ("INC-2026-0001", True),
        ("0001", True),
        ("2026-0002", False),
        ("'", False),
        ('"', False),
        ("*", False),
        ("payments*", True),
        ("payments & !mail", False),
        ("payments OR nothing", False),
        ("%", False),
    ],
)
def test_words_are_found_in_titles_and_updates(session: Session, clock: FrozenClock, text: str, found: bool) -> None:
    stage.components(session, clock.now())
    incident = titled(session, clock, "Payments_fail (wallet)")
    note = UpdateDraft("Timeouts at db7.example.com, **größer** than before.", UpdateVisibility.INTERNAL_NOTE)
    post_update(session, incident, note, by=stage.BEN, now=clock.now())
    assert refs(session, text) == ([incident.ref] if found else [])


def test_changed_words_are_found_at_once(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    change_incident(session, incident, IncidentChange(title="Ledger stuck"), by=stage.BEN, now=clock.now())
    correct_update(session, incident.updates[0], Correction("Queues are full."), by=stage.BEN, now=clock.now())
    assert refs(session, "ledger queues") == [incident.ref]


def test_words_taken_out_of_a_row_are_found_no_more(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = titled(session, clock, "Password hunter2 leaked")
    note = UpdateDraft("It was hunter2.", UpdateVisibility.INTERNAL_NOTE)
    said = post_update(session, incident, note, by=stage.BEN, now=clock.now())
    incident.title = said.versions[0].body = "removed"
    session.flush()
    assert refs(session, "hunter2") == []
    assert refs(session, "removed") == [incident.ref]


def test_search_keeps_to_what_one_may_read(session: Session, clock: FrozenClock) -> None:
    ben, cleo = (
        cast.add_user(session, who, role, clock.now())
        for who, role in ((cast.BEN, Role.MANAGER), (cast.CLEO, Role.VIEWER))
    )
    secret = declare_incident(
        session, IncidentDraft("Secret breach", Severity.SEV2, restricted=True), by=ben, now=clock.now()
    )
    assert refs(session, "breach", Reader(ben.id)) == [secret.ref]
    assert refs(session, "breach", Reader(cleo.id)) == []
    later = titled_without_components(session, clock)
    assert similar_incidents(session, later, Reader(cleo.id)) == []


def titled_without_components(session: Session, clock: FrozenClock) -> Incident:
    draft = IncidentDraft("Another breach", Severity.SEV2)
    ref = declare_incident(session, draft, by=stage.BEN, now=clock.now()).ref
    return incident_by_ref(session, ref, EVERYTHING)


def test_similar_incidents_share_components_or_words(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    both = titled(session, clock, "Payments slow")
    words_alone = titled(session, clock, "Refunds and payments", "mail")
    component_alone = titled(session, clock, "Login page empty")
    titled(session, clock, "Inbox full", "mail")
    now_open = titled(session, clock, "Payments are declined")
    titled(session, clock, "Payments again")
    loaded = incident_by_ref(session, now_open.ref, EVERYTHING)
    found = [incident.ref for incident in similar_incidents(session, loaded, EVERYTHING)]
    assert found == [both.ref, component_alone.ref, words_alone.ref]


def test_searching_costs_the_same_with_more_incidents(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    counts = []
    for _ in range(2):
        for number in range(4):
            titled(session, clock, f"Payments {number}")
        session.flush()
        session.expire_all()
        with statements() as seen:
            refs(session, "payments")
        counts.append(len(seen))
    assert counts[0] == counts[1]
