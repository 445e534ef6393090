"""Components and groups with their ninety days, as the home page lists them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from statuspage.core.languages import Speech
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.uptime import Day, mean_days
from statuspage.publish.facts.components import Catalogue, ComponentFact, GroupFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.pages.bars import Bars, bars


@dataclass(frozen=True)
class Row:
    """A component. `until` is when the maintenance that holds it ends, `set_at` when we set its status by hand."""

    slug: str
    name: str
    description: str
    status: ComponentStatus
    until: datetime | None
    set_at: datetime | None
    bars: Bars | None


@dataclass(frozen=True)
class Section:
    """A group that folds; without a `name` its rows stand alone."""

    slug: str
    name: str
    status: ComponentStatus
    rows: tuple[Row, ...]
    bars: Bars | None


def sections(
    catalogue: Catalogue, days: Mapping[uuid.UUID, Sequence[Day]], running: Sequence[MaintenanceFact], speech: Speech
) -> tuple[Section, ...]:
    """Return what the home page lists: groups in their order, then the components that stand alone."""
    ends = {maintenance.id: maintenance.ends_at for maintenance in running}
    found = [_section(group, days, ends, speech) for group in catalogue.groups]
    if catalogue.alone:
        rows = tuple(row_of(component, days, ends, speech) for component in catalogue.alone)
        found.append(Section("", "", ComponentStatus.OPERATIONAL, rows, None))
    return tuple(found)


def row_of(
    component: ComponentFact,
    days: Mapping[uuid.UUID, Sequence[Day]],
    ends: Mapping[uuid.UUID, datetime],
    speech: Speech,
) -> Row:
    """Return one component; `ends` are the ends of running maintenances by their id."""
    hold = component.hold
    return Row(
        slug=component.slug,
        name=component.name,
        description=component.description,
        status=component.status,
        until=ends.get(hold.cause_id) if hold and hold.cause_id else None,
        set_at=hold.since if hold and hold.cause is Cause.MANUAL else None,
        bars=bars(days[component.id], component.status, speech) if component.showcase else None,
    )


def _section(
    group: GroupFact, days: Mapping[uuid.UUID, Sequence[Day]], ends: Mapping[uuid.UUID, datetime], speech: Speech
) -> Section:
    shown = [days[component.id] for component in group.components if component.showcase]
    return Section(
        slug=group.slug,
        name=group.name,
        status=group.status,
        rows=tuple(row_of(component, days, ends, speech) for component in group.components),
        bars=bars(mean_days(shown), group.status, speech) if shown else None,
    )
