"""What stands in the database before the first row of the data set."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from statuspage.domain.components.models import Component, ComponentGroup
from statuspage.domain.incidents.models import Incident
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.subscribers.models import Subscriber


@dataclass(frozen=True)
class Ground:
    """Slugs that are taken, the last positions, and how many subscribers there are. Slugs are noted as they go."""

    slugs: set[str]
    group_slugs: set[str]
    position: int
    group_position: int
    subscribers: int


def holds_data(session: Session) -> bool:
    """Tell whether somebody has begun to use the database: it holds more than its profile and people."""
    models = (Component, Incident, Maintenance, Subscriber)
    return any(session.scalar(select(exists().where(model.id.is_not(None)))) for model in models)


def what_is_there(session: Session) -> Ground:
    """Return the ground on which a data set is to stand."""
    return Ground(
        slugs=set(session.scalars(select(Component.slug))),
        group_slugs=set(session.scalars(select(ComponentGroup.slug))),
        position=session.scalar(select(func.max(Component.position))) or 0,
        group_position=session.scalar(select(func.max(ComponentGroup.position))) or 0,
        subscribers=session.scalar(select(func.count()).select_from(Subscriber)) or 0,
    )
