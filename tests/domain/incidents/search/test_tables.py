"""What the search is made of is derived: it can be made again at any time, and follows whatever happens to the rows."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import EVERYTHING, IncidentFilter, incidents_page
from statuspage.domain.incidents.search.tables import TEXTS_TABLE, let_search_rest, make_search_tables
from tests.domain import stage
from tests.kit.clock import FrozenClock

TEXTS = sa.table(TEXTS_TABLE, sa.column("incident_id"), sa.column("words"))


def _found(session: Session, text: str) -> int:
    return len(incidents_page(session, EVERYTHING, IncidentFilter(search=text)))


def test_it_is_made_once(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    stage.outage(session, clock.now())
    for _ in range(2):
        make_search_tables(session.connection())
    assert _found(session, "looking") == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(TEXTS)) == 1


def test_what_happens_while_it_rests_is_found_afterwards(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now(), public=False)
    let_search_rest(session.connection())
    incident.title = "Ledger stuck"
    session.flush()
    make_search_tables(session.connection())
    assert _found(session, "ledger") == 1
    assert _found(session, "payments") == 0


def test_a_row_goes_with_its_incident(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    stage.outage(session, clock.now())
    session.execute(sa.delete(Incident))
    assert session.scalar(sa.select(sa.func.count()).select_from(TEXTS)) == 0


def test_many_letters_are_no_fault(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    version = incident.updates[0].versions[0]
    version.body = " ".join(f"w{number:x}" for number in range(120_000))
    session.flush()
    assert _found(session, "w1f") == 1
