"""The data set of a load test: the same each time, and as the domain's own actions would have left it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from statuspage.cli.seed.ground import holds_data
from statuspage.cli.seed.sowing import Amount, Sown, sow
from statuspage.core.db import Database, commit, metadata
from statuspage.domain.components.actions import seed_profile
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.incidents.enums import IncidentState, PublicStatus
from statuspage.domain.incidents.models import Incident, Promise, Update
from statuspage.domain.incidents.queries import (
    EVERYTHING,
    IncidentFilter,
    current_milestones,
    incident_by_ref,
    incidents_page,
    open_public_incidents,
)
from statuspage.domain.incidents.rules import milestone_fault
from statuspage.domain.maintenance.queries import coming_maintenances, running_maintenances
from statuspage.outbox.models import Delivery, Event
from statuspage.outbox.queries import backlog, results_of
from tests.kit.clock import FrozenClock
from tests.kit.schema import create_schema

pytestmark = pytest.mark.soak_on("postgresql")

AMOUNT = Amount(incidents=60, components=20, subscribers=40, days=120)
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def nobody(steps: int) -> None:
    """Nobody looks at the progress."""


@pytest.fixture
def sown(session: Session, clock: FrozenClock) -> Sown:
    seed_profile(session, "Acme", "Europe/Berlin", "en", now=clock.now())
    return sow(session, AMOUNT, clock.now(), nobody)


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[list[Database]]:
    """Two empty databases."""
    made = [Database(f"sqlite:///{tmp_path / name}.db") for name in ("one", "two")]
    for database in made:
        create_schema(database)
    yield made
    for database in made:
        database.dispose()


def _everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def test_the_same_numbers_make_the_same_rows(twins: list[Database]) -> None:
    for database in twins:
        with database.session() as session:
            sow(session, AMOUNT, NOON, nobody)
            commit(session)
    one, two = map(_everything, twins)
    assert one == two
    assert len(one["incidents"]) == 60


def test_there_is_as_much_as_was_asked_for(session: Session, sown: Sown) -> None:
    assert (sown.incidents, sown.components, sown.subscribers) == (60, 20, 40)
    assert sown.updates == 600
    for model, count in ((Incident, sown.incidents), (Update, sown.updates)):
        assert session.scalar(sa.select(sa.func.count()).select_from(model)) == count


def test_every_story_is_one_that_could_have_happened(session: Session, sown: Sown, clock: FrozenClock) -> None:
    for incident in session.scalars(sa.select(Incident)):
        milestones = current_milestones(session, incident.id)
        assert milestone_fault(milestones, clock.now()) is None, incident.ref
        told = [update for update in incident.updates if update.public]
        assert incident.public is bool(told)
        assert incident.public_status is (told[0].status if told else None)
        assert incident.publicly_open is (incident.public and incident.state in ("identified", "mitigated"))
        assert (incident.state is IncidentState.CLOSED) is bool(incident.closure_code)
        assert incident.created_at <= incident.updated_at <= clock.now()
        assert all(update.created_at <= clock.now() and update.versions for update in incident.updates)


def test_what_one_cause_does_to_a_component_never_overlaps(session: Session, sown: Sown) -> None:
    stretches: dict[object, list[ImpactInterval]] = {}
    for row in session.scalars(sa.select(ImpactInterval).order_by(ImpactInterval.started_at)):
        stretches.setdefault((row.cause_id, row.component_id), []).append(row)
    assert len(stretches) > 60
    for rows in stretches.values():
        for one, after in pairwise(rows):
            assert one.ended_at is not None
            assert one.ended_at <= after.started_at


def test_promises_of_open_incidents_lie_ahead(session: Session, sown: Sown, clock: FrozenClock) -> None:
    going_on = open_public_incidents(session)
    assert len(going_on) == 3
    for incident in going_on:
        assert incident.updates[0].promise.due_at > clock.now()
    assert session.scalar(sa.select(sa.func.count()).select_from(Promise)) > 60


def test_refs_follow_the_order_of_declaration(session: Session, sown: Sown) -> None:
    found = incidents_page(session, EVERYTHING, IncidentFilter(), limit=100)
    assert [row.created_at for row in found] == sorted((row.created_at for row in found), reverse=True)
    assert [row.ref for row in found] == sorted((row.ref for row in found), reverse=True)
    assert len({row.ref for row in found}) == 60


def test_work_is_over_under_way_and_to_come(session: Session, sown: Sown) -> None:
    assert len(running_maintenances(session)) == 1
    assert len(coming_maintenances(session)) == sown.maintenances - 2 == 2


def test_nothing_waits_to_be_sent(session: Session, sown: Sown) -> None:
    assert backlog(session).waiting == 0
    (event,) = session.scalars(sa.select(Event))
    results = results_of(session, [event.subject_id])[event.subject_id]
    assert results.recipients == results.sent + results.failed > 30
    assert all(address.endswith(".example") for address in session.scalars(sa.select(Delivery.address)))


def test_words_of_the_data_set_are_found(session: Session, sown: Sown) -> None:
    found = incidents_page(session, EVERYTHING, IncidentFilter(search="customers queue"))
    assert found
    story = incident_by_ref(session, found[0].ref, EVERYTHING)
    text = " ".join([story.title, *(version.body for update in story.updates for version in update.versions)])
    assert "customers" in text.lower()
    assert "queue" in text.lower()


def test_a_second_helping_lies_beside_the_first(session: Session, sown: Sown, clock: FrozenClock) -> None:
    assert holds_data(session)
    again = sow(session, AMOUNT, clock.now(), nobody)
    assert again.incidents == 60
    refs = session.scalars(sa.select(Incident.ref)).all()
    assert len(set(refs)) == 120
    assert len(session.scalars(sa.select(Incident).where(Incident.public_status != PublicStatus.RESOLVED)).all()) == 6
