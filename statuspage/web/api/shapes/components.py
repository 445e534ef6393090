"""Components and their groups."""

import uuid
from typing import Annotated

from pydantic import Field

from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.web.api.shapes.base import Instant, Patch, Shape, Version


class ComponentShape(Shape):
    """A part of the service that customers know by name."""

    id: uuid.UUID
    code: str
    slug: str
    name: str
    description: str
    group: str | None
    """The slug of its group."""
    status: ComponentStatus
    """The worst of what is published: a manual status, open incidents, running maintenance."""
    visibility: Visibility
    showcase_uptime: bool
    owner_team: str
    """The team that looks after it; staff alone read this."""
    runbook_url: str
    """What to do when it breaks; staff alone read this."""
    started_at: Instant
    """Since when it exists: uptime has no data before."""
    position: int
    created_at: Instant
    updated_at: Instant
    version: int


class NewComponent(Shape):
    """A component to be added at the end of the list."""

    name: str
    slug: str = ""
    """Lower-case letters, digits and hyphens; made from the name when left out."""
    description: str = ""
    group: str | None = None
    status: ComponentStatus = ComponentStatus.OPERATIONAL
    visibility: Visibility = Visibility.PUBLIC
    showcase_uptime: bool = True
    owner_team: str = ""
    """The team that looks after it; never public."""
    runbook_url: str = ""
    """A web address; never public."""
    started_at: Instant | None = None
    """Since when it exists, now when left out."""


class ComponentPatch(Patch):
    """What is to change; everything left out stays."""

    nullable = frozenset({"group"})

    name: str | None = None
    slug: str | None = None
    description: str | None = None
    group: str | None = None
    """Null takes it out of its group."""
    status: ComponentStatus | None = None
    """Sets the status by hand; `operational` takes that back."""
    visibility: Visibility | None = None
    showcase_uptime: bool | None = None
    owner_team: str | None = None
    runbook_url: str | None = None
    started_at: Instant | None = None
    """Since when it exists: uptime has no data before."""
    position: Annotated[int | None, Field(ge=1)] = None
    """Its place in the list, from 1."""
    version: Version = None


class GroupShape(Shape):
    """A heading over components."""

    id: uuid.UUID
    code: str
    slug: str
    name: str
    description: str
    position: int
    components: list[str]
    """The slugs of its components."""
    created_at: Instant
    updated_at: Instant


class NewGroup(Shape):
    """A group to be added at the end of the list."""

    name: str
    description: str = ""


class GroupPatch(Patch):
    """What is to change; everything left out stays."""

    name: str | None = None
    description: str | None = None
    position: Annotated[int | None, Field(ge=1)] = None
    """Its place in the list, from 1."""
