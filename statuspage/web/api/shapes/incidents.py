"""Incidents and what is done to them."""

import uuid
from typing import Annotated

from pydantic import Field

from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.incidents.enums import (
    Category,
    Impact,
    IncidentKind,
    IncidentState,
    MilestoneKind,
    PublicStatus,
    ResolutionKind,
    Severity,
    Source,
)
from statuspage.web.api.shapes.base import Instant, ListQuery, Patch, Shape, Version, Words


class Affected(Shape):
    """A component and how it is doing in this incident."""

    slug: str
    status: ComponentStatus


class PersonShape(Shape):
    """Somebody of the team."""

    id: uuid.UUID
    name: str


class Roles(Shape):
    """Who has which part."""

    lead: PersonShape | None
    communications: PersonShape | None


class IncidentShape(Shape):
    """Something that went wrong."""

    id: uuid.UUID
    ref: str
    """What the team calls it, as in INC-2026-0042."""
    code: str
    """What customers find it under; `<ref>` in addresses may be either."""
    url: str | None
    """Its public page; null while it is internal."""
    title: str
    public_title: str | None
    kind: IncidentKind
    category: Category | None
    source: Source
    severity: Severity
    state: IncidentState
    public_status: PublicStatus | None
    visibility: Visibility
    restricted: bool
    components: list[Affected]
    impact: Impact
    """The one word customers see: the worst reached."""
    milestones: dict[MilestoneKind, Instant]
    next_update_at: Instant | None
    """What was promised to customers and still stands."""
    workaround: str
    roles: Roles
    resolution_kind: ResolutionKind | None
    resolution_text: str
    closure_code: str
    merged_into: str | None
    """The ref of the incident it continues in."""
    published_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class IncidentQuery(ListQuery):
    """Which incidents."""

    state: IncidentState | None = None
    public_status: PublicStatus | None = None
    severity: Severity | None = None
    component: str | None = None
    """The slug of a component."""
    q: Annotated[str, Field(max_length=200)] = ""
    """Words to be found in titles and updates, each as the beginning of a word; or a ref."""


class FirstUpdate(Shape):
    """The first thing that is said."""

    status: PublicStatus = PublicStatus.INVESTIGATING
    body: Words = ""
    """Needed unless `template` says it."""
    next_update_at: Instant | None = None
    """When customers hear next."""
    workaround: str | None = None
    """What customers can do meanwhile."""


class NewIncident(Shape):
    """An incident to be declared. With `update` it is published at once, else only the team knows."""

    title: str
    public_title: str | None = None
    """What customers see; the title when left out and something is published."""
    severity: Severity
    kind: IncidentKind = IncidentKind.REAL
    visibility: Visibility | None = None
    """`public` when `update` or `template` is given, else `internal`."""
    category: Category | None = None
    source: Source = Source.STAFF
    components: tuple[Affected, ...] = ()
    update: FirstUpdate | None = None
    template: str | None = None
    """Name or id of a template: its words are the update's where that has none, or make one in its status."""
    notify: bool = True
    """Whether subscribers are told."""
    without_approval: str = ""
    """Why it goes out although its severity needs a second person; those who could have approved get it by mail.
    Without a reason: 409."""
    impact_started_at: Instant | None = None
    detected_at: Instant | None = None
    alerted_at: Instant | None = None


class PastUpdate(Shape):
    """Something customers are to read of an incident that is over."""

    display_at: Instant
    """When it would have been said."""
    status: PublicStatus
    body: Words
    components: tuple[Affected, ...] = ()
    workaround: str | None = None


class NewPastIncident(Shape):
    """An incident that is over and was never declared. Without `updates` only the team knows of it."""

    title: str
    public_title: str | None = None
    severity: Severity
    started_at: Instant
    ended_at: Instant | None = None
    """Needed without `updates`; otherwise the last of them, `resolved`, says it."""
    category: Category | None = None
    source: Source = Source.STAFF
    components: tuple[Affected, ...] = ()
    updates: tuple[PastUpdate, ...] = ()
    """Oldest first; the last one is `resolved`."""
    notify: bool = False
    """Whether subscribers are told, once, by the last update."""
    without_approval: str = ""
    """Why it goes out although its severity needs a second person; those who could have approved get it by mail.
    Without a reason: 409."""


class RolesPatch(Patch):
    """Who gets which part: a mail address or an id of somebody of the team."""

    lead: str | None = None
    communications: str | None = None


class IncidentPatch(Patch):
    """What is to change; everything left out stays."""

    title: str | None = None
    public_title: str | None = None
    severity: Severity | None = None
    category: Category | None = None
    roles: RolesPatch | None = None
    milestones: dict[MilestoneKind, Instant] | None = None
    """Corrected instants; the values they replace stay on record."""
    resolution_kind: ResolutionKind | None = None
    resolution_text: str | None = None
    closure_code: str | None = None
    version: Version = None


class Acknowledgement(Shape):
    """Somebody has it."""

    at: Instant | None = None


class ResolutionDraft(Shape):
    """How it ended. With `body` customers are told so in the same moment; without it nothing becomes public."""

    kind: ResolutionKind | None = None
    text: str = ""
    """For the team."""
    at: Instant | None = None
    body: Words = ""
    notify: bool = True
    without_approval: str = ""
    """Why it goes out although its severity needs a second person; those who could have approved get it by mail.
    Without a reason: 409."""


class Closure(Shape):
    """The end of the work."""

    code: str = ""
    text: str = ""


class Reopening(Shape):
    """It is not over. With `body` customers are told."""

    reason: str
    body: Words = ""
    without_approval: str = ""
    """Why it goes out although its severity needs a second person; those who could have approved get it by mail.
    Without a reason: 409."""


class EndingDraft(Shape):
    """Why it ends early. `body` is the notice that closes it for customers, if they have read of it."""

    reason: str
    """For the team."""
    body: Words = ""
    notify: bool = True
    without_approval: str = ""
    """Why it goes out although its severity needs a second person; those who could have approved get it by mail.
    Without a reason: 409."""


class Merge(Shape):
    """Where it continues."""

    into: str
    """Ref or code of an open incident."""
    notify: bool = True
    """Whether those who were told of this one are told where it continues."""


class Closures(Shape):
    """Several incidents to be closed."""

    refs: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]
    code: str = ""


class ClosuresShape(Shape):
    """What became of them."""

    closed: list[str]
    left: list[str]
    """Those that are not resolved, inside and for customers, or not known."""
