"""Impact intervals."""

import uuid

from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.web.api.shapes.base import Instant, Patch, Shape, Version


class IntervalShape(Shape):
    """A time in which a component was impaired: what bars and percentages are made of."""

    id: uuid.UUID
    component: str
    level: ComponentStatus
    started_at: Instant
    ended_at: Instant | None
    """Null while it goes on."""
    public: bool
    """Only public intervals count in what customers see."""
    cause: Cause
    cause_id: uuid.UUID | None
    """The id of the incident or maintenance; null when the status was set by hand."""
    voided_at: Instant | None
    """When it was taken out of every number."""
    version: int


class IntervalPatch(Patch):
    """What was wrong; everything left out stays. Of one that goes on, only the begin can be corrected."""

    level: ComponentStatus | None = None
    started_at: Instant | None = None
    ended_at: Instant | None = None
    reason: str
    """Why; kept in the audit log beside the old values."""
    version: Version = None


class IntervalVoid(Shape):
    """Why an interval is to count nowhere."""

    reason: str
    version: Version = None
