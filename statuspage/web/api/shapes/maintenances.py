"""Maintenance."""

import uuid

from pydantic import Field

from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.rules import REMINDERS
from statuspage.web.api.shapes.base import Instant, ListQuery, Patch, Shape, Version, Words


class MaintenanceShape(Shape):
    """Work announced to customers."""

    id: uuid.UUID
    ref: str
    code: str
    url: str
    title: str
    status: MaintenanceStatus
    components: list[str]
    """The slugs of what the work touches."""
    starts_at: Instant
    ends_at: Instant
    timezone: str
    """The zone readers see the window in."""
    auto_start: bool
    auto_end: bool
    notify: bool
    reminder_hours: list[int]
    """Hours before the start at which subscribers are reminded."""
    recurrence: str | None
    """The rule (RFC 5545) that makes further windows; null when there are none to come."""
    started_at: Instant | None
    finished_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class MaintenanceQuery(ListQuery):
    """Which maintenances."""

    status: MaintenanceStatus | None = None


class NewMaintenance(Shape):
    """Work to be announced; it is public at once."""

    title: str
    components: list[str]
    starts_at: Instant
    ends_at: Instant
    timezone: str | None = None
    """An IANA zone; the page's when left out."""
    body: Words | None = None
    """What customers read; one plain sentence when left out."""
    auto_start: bool = True
    auto_end: bool = True
    notify: bool = True
    reminder_hours: list[int] = Field(default_factory=lambda: list(REMINDERS))
    """Hours before the start at which subscribers are reminded; none when empty."""
    recurrence: str | None = None
    """A rule of RFC 5545 with COUNT or UNTIL, as in FREQ=WEEKLY;COUNT=8: each window is a maintenance of its own, made
    35 days ahead."""


class MaintenancePatch(Patch):
    """What is to change; everything left out stays."""

    title: str | None = None
    components: list[str] | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    auto_start: bool | None = None
    auto_end: bool | None = None
    reminder_hours: list[int] | None = None
    version: Version = None


class MaintenanceUpdateShape(Shape):
    """Something said about a maintenance."""

    id: uuid.UUID
    code: str
    status: MaintenanceStatus
    body: str
    notify: bool
    author: str
    created_at: Instant
    redacted_at: Instant | None
    """When words were last taken out of it for good."""


class MaintenanceTitleRedaction(Shape):
    """Another title in place of one that must not be read any more."""

    title: str
    reason: str
    """For the team, kept for good: do not repeat the words."""
    version: Version = None


class NewMaintenanceUpdate(Shape):
    """Something to be said; `status` moves the work on."""

    body: Words
    status: MaintenanceStatus | None = None
    notify: bool = True
    version: Version = None
