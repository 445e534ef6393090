"""Who reads, and what of an incident is loaded for whom."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, true
from sqlalchemy.orm import raiseload, selectinload

from statuspage.domain.components.models import Component
from statuspage.domain.incidents.enums import UpdateVisibility
from statuspage.domain.incidents.models import ComponentChange, Incident, IncidentComponent, Update


@dataclass(frozen=True)
class Reader:
    """Who reads: `sees_restricted` for administrators; others see restricted incidents that name them."""

    user_id: uuid.UUID | None = None
    sees_restricted: bool = False


EVERYTHING = Reader(sees_restricted=True)


def visible_to(reader: Reader) -> ColumnElement[bool]:
    """Leave out what `reader` may not know of."""
    if reader.sees_restricted:
        return true()
    if reader.user_id is None:
        return Incident.restricted.is_(False)
    named = (Incident.lead_id, Incident.communications_id, Incident.declared_by_id)
    return or_(Incident.restricted.is_(False), *(column == reader.user_id for column in named))


def with_components(query: Select[Incident]) -> Select[Incident]:
    """Load the components with their groups."""
    return query.options(
        selectinload(Incident.components).joinedload(IncidentComponent.component).joinedload(Component.group)
    )


def with_story(query: Select[Incident]) -> Select[Incident]:
    """Load everything that was said."""
    updates = selectinload(Incident.updates)
    return with_components(query).options(
        updates.selectinload(Update.versions),
        updates.selectinload(Update.changes).joinedload(ComponentChange.component).joinedload(Component.group),
        updates.selectinload(Update.promise),
        selectinload(Incident.merged_into),
    )


def with_public_story(query: Select[Incident]) -> Select[Incident]:
    """Load what customers may read and nothing else: public updates only, and no further look-up by accident."""
    updates = selectinload(Incident.updates.and_(Update.visibility == UpdateVisibility.PUBLIC))
    return with_components(query).options(
        updates.selectinload(Update.versions),
        updates.selectinload(Update.changes).joinedload(ComponentChange.component).joinedload(Component.group),
        updates.selectinload(Update.promise),
        raiseload(Incident.milestones),
    )
