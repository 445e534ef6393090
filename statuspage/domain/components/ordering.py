"""Moving one component or one group to its place.

A move names its neighbour, not the whole order, and is worked out from the order that stands once every other
publishing transaction is through: two people who move different things at once both get what they wanted. Positions
are no part of a row's version, so a move disturbs nobody who is editing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Select, case, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Invalid
from statuspage.domain.components.models import Component, ComponentGroup
from statuspage.domain.components.queries import component_by_slug, group_by_slug
from statuspage.outbox.actions import line_up, publish

Row = TypeVar("Row", Component, ComponentGroup)


class Step(StrEnum):
    """One place up or down among its like."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Place:
    """Before the neighbour with the slug `before`, at the end when that is empty. `group` is the slug of the group a
    component goes into, empty for none; it means nothing for groups."""

    before: str = ""
    group: str = ""


def move_component(session: Session, slug: str, to: Step | Place, *, by: Actor, now: datetime) -> Component:
    """Move a component, into another group if `to` says so. At the end of its group a step moves nothing.

    Raises `NotFound` for an unknown component or group, `Invalid` for a neighbour that is not there.
    """
    line_up(session)
    moved = component_by_slug(session, slug)
    rows = _standing(session, select(Component).where(Component.archived_at.is_(None)), Component)
    if isinstance(to, Step):
        order = _stepped(rows, [row for row in rows if row.group_id == moved.group_id], moved, to)
    else:
        group = group_by_slug(session, to.group) if to.group else None
        peers = [row for row in rows if row.group_id == (group.id if group else None) and row is not moved]
        order = _placed(rows, peers, moved, to.before)
        if moved.group_id != (group.id if group else None):
            moved.group = group
            mark_changed(moved, now)
            session.flush()
    if _set_positions(session, Component, rows, order) or isinstance(to, Place):
        record(session, by, "component.ordered", ("component", moved.id), now, **_details(to))
        publish(session, ["site", "everything"], now)
    return moved


def move_group(session: Session, slug: str, to: Step | Place, *, by: Actor, now: datetime) -> ComponentGroup:
    """Move a group. Raises `NotFound` for an unknown one, `Invalid` for a neighbour that is not there."""
    line_up(session)
    moved = group_by_slug(session, slug)
    rows = _standing(session, select(ComponentGroup), ComponentGroup)
    if isinstance(to, Step):
        order = _stepped(rows, rows, moved, to)
    else:
        order = _placed(rows, [row for row in rows if row is not moved], moved, to.before)
    if _set_positions(session, ComponentGroup, rows, order):
        record(session, by, "group.ordered", ("group", moved.id), now, **_details(to))
        publish(session, ["site"], now)
    return moved


def _standing(session: Session, query: Select[Row], kind: type[Row]) -> list[Row]:
    ordered = query.order_by(kind.position, kind.id).execution_options(populate_existing=True)
    return list(session.scalars(ordered))


def _stepped(rows: Sequence[Row], peers: Sequence[Row], moved: Row, step: Step) -> list[Row]:
    """Return `rows` with `moved` swapped with the peer before or after it; at the end nothing moves."""
    order, place = list(rows), peers.index(moved) + (-1 if step is Step.UP else 1)
    if 0 <= place < len(peers):
        here, there = order.index(moved), order.index(peers[place])
        order[here], order[there] = order[there], order[here]
    return order


def _placed(rows: Sequence[Row], peers: Sequence[Row], moved: Row, before: str) -> list[Row]:
    """Return `rows` with `moved` before the peer called `before`, or after the last of them."""
    order = [row for row in rows if row is not moved]
    if before:
        neighbour = next((row for row in peers if row.slug == before), None)
        if neighbour is None:
            raise Invalid({"before": "What it was to stand before has gone somewhere else. Look again and repeat it."})
        order.insert(order.index(neighbour), moved)
    else:
        order.insert(order.index(peers[-1]) + 1 if peers else len(order), moved)
    return order


def _set_positions(session: Session, kind: type[Row], rows: Sequence[Row], order: Sequence[Row]) -> bool:
    """Write the positions that change, in one statement; tell whether any did."""
    places = {row.id: position for position, row in enumerate(order, start=1) if row.position != position}
    if not places or list(rows) == list(order):
        return False
    moving = update(kind).where(kind.id.in_(places)).values(position=case(places, value=kind.id))
    session.execute(moving.execution_options(synchronize_session=False))
    for row in order:
        set_committed_value(row, "position", places.get(row.id, row.position))
    return True


def _details(to: Step | Place) -> dict[str, str]:
    return {"step": to.value} if isinstance(to, Step) else {"before": to.before, "group": to.group}
