"""What a door hands to the actions: frozen drafts, not yet checked."""

from dataclasses import dataclass
from datetime import datetime

from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.rules import REMINDERS


@dataclass(frozen=True)
class MaintenanceDraft:
    """Work to be announced. Instants are aware; `timezone` (IANA) is the zone people will read them in.

    Subscribers are reminded `reminder_hours` before the start, unless `notify` is off.
    """

    title: str
    components: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    timezone: str
    body: str
    auto_start: bool = True
    auto_end: bool = True
    notify: bool = True
    reminder_hours: tuple[int, ...] = REMINDERS


@dataclass(frozen=True)
class MaintenanceUpdateDraft:
    """Something to be said; `status` None leaves it where it is. `seen_version` guards against stale edits."""

    body: str
    status: MaintenanceStatus | None = None
    notify: bool = True
    seen_version: int | None = None


@dataclass(frozen=True)
class MaintenanceChange:
    """A new title, new components or a new window; None leaves a field as it is."""

    title: str | None = None
    components: tuple[str, ...] | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    auto_start: bool | None = None
    auto_end: bool | None = None
    reminder_hours: tuple[int, ...] | None = None
    seen_version: int | None = None
