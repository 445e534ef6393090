"""Public components, their groups and how they are doing."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.domain.components.enums import Cause, ComponentStatus, Visibility
from statuspage.domain.components.models import Component, ComponentGroup, ImpactInterval
from statuspage.domain.components.queries import components, groups, open_intervals
from statuspage.domain.components.rules import badness, worst


@dataclass(frozen=True)
class Hold:
    """What keeps a component from being operational: the level, since when, and what it comes from."""

    level: ComponentStatus
    since: datetime
    cause: Cause
    cause_id: uuid.UUID | None


@dataclass(frozen=True)
class ComponentFact:
    """A component that customers know by name. `hold` is the worst of what impairs it, None when operational."""

    id: uuid.UUID
    code: str
    slug: str
    name: str
    description: str
    position: int
    group_id: uuid.UUID | None
    showcase: bool
    started_at: datetime
    created_at: datetime
    updated_at: datetime
    hold: Hold | None

    @property
    def status(self) -> ComponentStatus:
        """How it is doing as far as has been published."""
        return self.hold.level if self.hold else ComponentStatus.OPERATIONAL


@dataclass(frozen=True)
class GroupFact:
    """A heading over components, with those under it in their order; never empty."""

    id: uuid.UUID
    code: str
    slug: str
    name: str
    description: str
    position: int
    created_at: datetime
    updated_at: datetime
    components: tuple[ComponentFact, ...]

    @property
    def status(self) -> ComponentStatus:
        """The status of its most impaired component."""
        return worst(component.status for component in self.components)


@dataclass(frozen=True)
class Affected:
    """A component as an incident or maintenance names it. `slug` is empty when it has no page of its own."""

    code: str
    slug: str
    name: str
    description: str
    group: str
    group_code: str | None
    position: int
    showcase: bool
    started_at: datetime
    created_at: datetime
    status: ComponentStatus


@dataclass(frozen=True)
class Catalogue:
    """All public components: those in groups and those that stand alone."""

    groups: tuple[GroupFact, ...]
    alone: tuple[ComponentFact, ...]

    @property
    def components(self) -> tuple[ComponentFact, ...]:
        """Every component, group by group, then those that stand alone."""
        return (*(component for group in self.groups for component in group.components), *self.alone)


def catalogue(session: Session) -> Catalogue:
    """Return every public component with its status, in the page's order. Three queries, whatever their number."""
    holds = _worst_holds(open_intervals(session, public_only=True))
    facts = [_component_fact(row, holds.get(row.id)) for row in components(session, public_only=True)]
    grouped: dict[uuid.UUID | None, list[ComponentFact]] = {}
    for fact in facts:
        grouped.setdefault(fact.group_id, []).append(fact)
    headed = [_group_fact(row, grouped.get(row.id, ())) for row in groups(session)]
    known = {group.id for group in headed}
    return Catalogue(
        groups=tuple(group for group in headed if group.components),
        alone=tuple(fact for fact in facts if fact.group_id not in known),
    )


def is_public(component: Component) -> bool:
    """Return whether the public may read this component's name; archived ones stay in history."""
    return component.visibility is Visibility.PUBLIC


def affected(component: Component, status: ComponentStatus) -> Affected:
    """Return a public component as something that happened to it names it."""
    return Affected(
        code=component.code,
        slug=component.slug if component.public else "",
        name=component.name,
        description=component.description,
        group=component.group.name if component.group else "",
        group_code=component.group.code if component.group else None,
        position=component.position,
        showcase=component.showcase_uptime,
        started_at=component.started_at,
        created_at=component.created_at,
        status=status,
    )


def _worst_holds(intervals: Iterable[ImpactInterval]) -> dict[uuid.UUID, Hold]:
    found: dict[uuid.UUID, Hold] = {}
    for row in sorted(intervals, key=lambda interval: (interval.started_at, interval.id)):
        hold = Hold(row.level, row.started_at, row.cause, row.cause_id)
        held = found.get(row.component_id)
        if held is None or badness(hold.level) > badness(held.level):
            found[row.component_id] = hold
    return found


def _component_fact(row: Component, hold: Hold | None) -> ComponentFact:
    return ComponentFact(
        id=row.id,
        code=row.code,
        slug=row.slug,
        name=row.name,
        description=row.description,
        position=row.position,
        group_id=row.group_id,
        showcase=row.showcase_uptime,
        started_at=row.started_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        hold=hold,
    )


def _group_fact(row: ComponentGroup, facts: Sequence[ComponentFact]) -> GroupFact:
    return GroupFact(
        id=row.id,
        code=row.code,
        slug=row.slug,
        name=row.name,
        description=row.description,
        position=row.position,
        created_at=row.created_at,
        updated_at=row.updated_at,
        components=tuple(facts),
    )
