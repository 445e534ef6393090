"""Moving a component or a group to its place, also by two people at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from statuspage.core.db import Database, commit
from statuspage.core.errors import Invalid, NotFound
from statuspage.domain.components.actions import ComponentDraft, create_component, create_group
from statuspage.domain.components.ordering import Place, Step, move_component, move_group
from statuspage.domain.components.queries import component_by_slug, components, groups
from statuspage.outbox.publications import newest_number
from tests.domain import stage
from tests.kit.clock import FrozenClock

FIRST, LAST = "platform", "shop"


def build(session: Session, now: datetime) -> None:
    for name in (FIRST, LAST):
        create_group(session, name.capitalize(), by=stage.BEN, now=now)
    for name, group in (("A", FIRST), ("B", FIRST), ("C", FIRST), ("D", LAST), ("E", None)):
        create_component(session, ComponentDraft(name, group=group), by=stage.BEN, now=now)


def standing(session: Session) -> str:
    session.expire_all()
    rows = components(session)
    by_group = ["".join(row.slug for row in rows if row.group_id == group.id) for group in groups(session)]
    return " ".join([*by_group, "".join(row.slug for row in rows if row.group_id is None)])


@pytest.mark.parametrize(
    ("slug", "to", "after"),
    [
        ("b", Step.UP, "bac d e"),
        ("b", Step.DOWN, "acb d e"),
        ("a", Step.UP, "abc d e"),
        ("e", Step.DOWN, "abc d e"),
        ("c", Place("a", FIRST), "cab d e"),
        ("a", Place("", FIRST), "bca d e"),
        ("a", Place("d", LAST), "bc ad e"),
        ("a", Place("", LAST), "bc da e"),
        ("d", Place("e"), "abc  de"),
        ("e", Place("", LAST), "abc de "),
    ],
)
def test_a_component_goes_where_it_is_put(
    slug: str, to: Step | Place, after: str, session: Session, clock: FrozenClock
) -> None:
    build(session, clock.now())
    move_component(session, slug, to, by=stage.BEN, now=clock.now())
    assert standing(session) == after


def test_a_group_goes_where_it_is_put(session: Session, clock: FrozenClock) -> None:
    build(session, clock.now())
    move_group(session, LAST, Place(FIRST), by=stage.BEN, now=clock.now())
    assert [group.slug for group in groups(session)] == [LAST, FIRST]
    move_group(session, LAST, Step.DOWN, by=stage.BEN, now=clock.now())
    assert [group.slug for group in groups(session)] == [FIRST, LAST]


def test_what_moves_nothing_publishes_nothing(session: Session, clock: FrozenClock) -> None:
    build(session, clock.now())
    before = newest_number(session)
    move_component(session, "a", Step.UP, by=stage.BEN, now=clock.now())
    move_group(session, FIRST, Step.UP, by=stage.BEN, now=clock.now())
    assert newest_number(session) == before


def test_a_neighbour_that_left_is_told(session: Session, clock: FrozenClock) -> None:
    build(session, clock.now())
    with pytest.raises(Invalid, match="gone somewhere else"):
        move_component(session, "a", Place("d", FIRST), by=stage.BEN, now=clock.now())
    with pytest.raises(NotFound):
        move_component(session, "a", Place("", "nowhere"), by=stage.BEN, now=clock.now())
    assert standing(session) == "abc d e"


def test_moving_disturbs_nobody_who_is_editing(session: Session, clock: FrozenClock) -> None:
    build(session, clock.now())
    seen = component_by_slug(session, "b").version
    move_component(session, "c", Place("a", FIRST), by=stage.BEN, now=clock.now())
    session.expire_all()
    assert component_by_slug(session, "b").version == seen


def test_two_people_who_move_different_things_at_once_lose_nothing(database: Database, clock: FrozenClock) -> None:
    with database.session() as session:
        build(session, clock.now())
        commit(session)
    together = threading.Barrier(2)

    def move(slug: str, to: Place) -> None:
        with database.session() as session:
            together.wait()
            move_component(session, slug, to, by=stage.BEN, now=clock.now())
            commit(session)

    with ThreadPoolExecutor() as both:
        moves = [both.submit(move, "c", Place("a", FIRST)), both.submit(move, "e", Place("d", LAST))]
        for one in moves:
            one.result()
    with database.session(readonly=True) as session:
        assert standing(session) == "cab ed "
