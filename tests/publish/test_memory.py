"""Stories kept from one build to the next."""

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.components.actions import change_group, create_group
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.models import Incident
from statuspage.outbox.actions import publish
from statuspage.outbox.models import PublicationCounter
from statuspage.publish import memory as remembering
from statuspage.publish.memory import Memory
from tests.kit.cast import Cast, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.publish.rendered import counted


@pytest.fixture
def incident(session: Session, cast: Cast, clock: FrozenClock) -> Incident:
    return declare(session, cast.ben, clock.now())


@pytest.fixture
def memory(session: Session, incident: Incident) -> Memory:
    """A memory that has read the incident."""
    made = Memory()
    made.catch_up(session)
    made.incidents.get(session, [incident.id])
    return made


def cost(session: Session, memory: Memory, incident: Incident) -> int:
    """The number of queries it takes to have the incident's facts, once the memory is up to date."""
    memory.catch_up(session)
    with counted(session) as statements:
        assert [fact.code for fact in memory.incidents.get(session, [incident.id])] == [incident.code]
    return len(statements)


def test_what_nothing_touched_is_not_read_again(
    session: Session, memory: Memory, incident: Incident, cast: Cast, clock: FrozenClock
) -> None:
    plan(session, cast.ben, clock.now())
    declare(session, cast.ben, clock.now())
    assert cost(session, memory, incident) == 0


def test_a_touch_makes_a_story_be_read_again(
    session: Session, memory: Memory, incident: Incident, cast: Cast, clock: FrozenClock
) -> None:
    post_update(session, incident, says("News."), by=cast.ben, now=clock.advance(minutes=1))
    session.expire_all()
    memory.catch_up(session)
    (fact,) = memory.incidents.get(session, [incident.id])
    assert fact.latest.body == "News."


def test_a_touched_maintenance_is_read_again(session: Session, memory: Memory, cast: Cast, clock: FrozenClock) -> None:
    work = plan(session, cast.ben, clock.now())
    memory.catch_up(session)
    (before,) = memory.maintenances.get(session, [work.id])
    assert memory.maintenances.get(session, [work.id]) == [before]
    work.title = "New pipes"
    publish(session, [f"maintenance:{work.code}"], clock.now())
    memory.catch_up(session)
    (after,) = memory.maintenances.get(session, [work.id])
    assert after.title == "New pipes"


def test_a_name_that_stands_everywhere_makes_all_be_read_again(
    session: Session, memory: Memory, incident: Incident, cast: Cast, clock: FrozenClock
) -> None:
    group = create_group(session, "Money", by=cast.ada, now=clock.now())
    change_group(session, group.slug, "Payments", "", by=cast.ada, now=clock.now())
    assert cost(session, memory, incident) > 0


def test_a_database_put_back_makes_all_be_read_again(session: Session, memory: Memory, incident: Incident) -> None:
    counter = session.get(PublicationCounter, 1)
    assert counter
    counter.number -= 1
    session.flush()
    assert cost(session, memory, incident) > 0


def test_a_memory_far_behind_reads_all_again(
    session: Session, memory: Memory, incident: Incident, clock: FrozenClock
) -> None:
    for _ in range(101):
        publish(session, ["site"], clock.now())
    assert cost(session, memory, incident) > 0


def test_stories_come_in_the_order_asked_for_without_what_is_not_there(
    session: Session, memory: Memory, incident: Incident, cast: Cast, clock: FrozenClock
) -> None:
    other, inside = declare(session, cast.ben, clock.now()), declare(session, cast.ben, clock.now(), update=None)
    asked = [other.id, inside.id, incident.id]
    for _ in range(2):
        assert [fact.id for fact in memory.incidents.get(session, asked)] == [other.id, incident.id]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST_KEPT", 2)


@pytest.mark.usefixtures("small")
def test_what_was_not_asked_for_longest_goes_first(
    session: Session, memory: Memory, incident: Incident, cast: Cast, clock: FrozenClock
) -> None:
    others = [declare(session, cast.ben, clock.now()) for _ in range(2)]
    memory.incidents.get(session, [others[0].id])
    memory.incidents.get(session, [incident.id])
    memory.incidents.get(session, [others[1].id])
    assert cost(session, memory, incident) == 0
    assert cost(session, memory, others[0]) > 0
