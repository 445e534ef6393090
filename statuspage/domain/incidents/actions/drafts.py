"""What a door hands to the actions: frozen drafts, not yet checked."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import (
    Approval,
    Category,
    IncidentKind,
    IncidentState,
    MilestoneKind,
    PublicStatus,
    ResolutionKind,
    Severity,
    Source,
    UpdateVisibility,
)


@dataclass(frozen=True)
class ComponentImpact:
    """A component (its slug) and how it is doing in this incident."""

    slug: str
    status: ComponentStatus


@dataclass(frozen=True)
class Clearance:
    """Why a public update may go out although its severity needs a second person: `name` is who approved, `reason` why
    nobody was asked. It counts for nothing where no approval is needed."""

    approval: Approval
    name: str = ""
    reason: str = ""


FIXED_WORDS = Clearance(Approval.NOTICE)


def without_approval(reason: str) -> Clearance | None:
    """Return the clearance of an update that goes out unapproved because of `reason`; None without one."""
    return Clearance(Approval.WAIVED, reason=reason) if reason.strip() else None


@dataclass(frozen=True)
class UpdateDraft:
    """Something to be said. `status` is for public updates (None: as before), `state` for internal status updates.

    `workaround` is "What you can do": None leaves it as it is, "" takes it away. `display_at` backdates, aware.
    `seen_version` is the incident's version the author was looking at; None skips that check. `clearance` is needed
    where the severity asks for a second person.
    """

    body: str
    visibility: UpdateVisibility = UpdateVisibility.PUBLIC
    status: PublicStatus | None = None
    state: IncidentState | None = None
    components: tuple[ComponentImpact, ...] = ()
    next_update_at: datetime | None = None
    workaround: str | None = None
    notify: bool = True
    display_at: datetime | None = None
    seen_version: int | None = None
    clearance: Clearance | None = None


@dataclass(frozen=True)
class IncidentDraft:
    """An incident to be declared; it becomes public when `update` is a public update. Times are aware."""

    title: str
    severity: Severity
    public_title: str | None = None
    components: tuple[ComponentImpact, ...] = ()
    update: UpdateDraft | None = None
    kind: IncidentKind = IncidentKind.REAL
    category: Category | None = None
    source: Source = Source.STAFF
    restricted: bool = False
    impact_started_at: datetime | None = None
    detected_at: datetime | None = None
    alerted_at: datetime | None = None


@dataclass(frozen=True)
class PastIncident:
    """An incident that is over and was never declared. Times are aware and in the past.

    `updates` are what customers are to read, each with its `display_at`, oldest first, the last one resolved; without
    any it stays internal and ends at `ended_at`. Nobody is told unless `notify`, and then once.
    """

    title: str
    severity: Severity
    started_at: datetime
    ended_at: datetime | None = None
    public_title: str | None = None
    components: tuple[ComponentImpact, ...] = ()
    updates: tuple[UpdateDraft, ...] = ()
    category: Category | None = None
    source: Source = Source.STAFF
    notify: bool = False


@dataclass(frozen=True)
class Correction:
    """New words for a published update; `seen_version` is the version number the author corrected."""

    body: str
    reason: str = ""
    notify: bool = False
    seen_version: int | None = None


@dataclass(frozen=True)
class Redaction:
    """Words to be taken out of an update for good: a `passage`, or None for all of it. `reason` is for the team.

    `seen_version` is the number of the wording the author was looking at.
    """

    passage: str | None
    reason: str
    seen_version: int | None = None


@dataclass(frozen=True)
class TitleRedaction:
    """Another title in place of one whose words are to go; `title` None: the internal one goes with it if it is the
    same. `reason` is for the team, `seen_version` the incident's version the author was looking at."""

    public_title: str
    reason: str
    title: str | None = None
    seen_version: int | None = None


@dataclass(frozen=True)
class IncidentChange:
    """What staff change about an incident; None leaves a field as it is. `seen_version` guards against stale edits."""

    title: str | None = None
    public_title: str | None = None
    severity: Severity | None = None
    category: Category | None = None
    lead_id: uuid.UUID | None = None
    communications_id: uuid.UUID | None = None
    milestones: tuple[tuple[MilestoneKind, datetime], ...] = ()
    resolution_kind: ResolutionKind | None = None
    resolution_text: str | None = None
    closure_code: str | None = None
    seen_version: int | None = None


@dataclass(frozen=True)
class Ending:
    """Why an incident ends before it was resolved; `body` is the notice that closes it for customers."""

    reason: str
    body: str = ""
    notify: bool = True
    clearance: Clearance | None = None


@dataclass(frozen=True)
class Resolution:
    """How an incident ended. With a `body`, customers are told in the same transaction."""

    kind: ResolutionKind | None = None
    text: str = ""
    at: datetime | None = None
    body: str = ""
    notify: bool = True
    clearance: Clearance | None = None
