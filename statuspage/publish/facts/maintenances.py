"""Announced maintenance as customers may read it. All of it is public but the names of internal components."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.models import Maintenance, MaintenanceUpdate
from statuspage.domain.maintenance.rules import Announced, extended_from
from statuspage.publish.facts.components import Affected, affected, is_public
from statuspage.publish.facts.incidents import UpdateFact


@dataclass(frozen=True)
class MaintenanceFact:
    """A maintenance and the window announced last; `updates` newest first."""

    id: uuid.UUID
    code: str
    title: str
    status: MaintenanceStatus
    starts_at: datetime
    ends_at: datetime
    began_at: datetime | None
    finished_at: datetime | None
    published_at: datetime
    changed_at: datetime
    components: tuple[Affected, ...]
    updates: tuple[UpdateFact, ...]
    extended_from: datetime | None = None
    """The end that was announced first, when the work was extended."""
    title_removed_at: datetime | None = None
    version: int = 1
    """Grows with every change."""

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.status in (MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING)

    @property
    def latest(self) -> UpdateFact | None:
        """The last word about it."""
        return self.updates[0] if self.updates else None


def maintenance_fact(row: Maintenance) -> MaintenanceFact:
    """Return what the public may know of a maintenance loaded with its story."""
    level = ComponentStatus.UNDER_MAINTENANCE if row.running else ComponentStatus.OPERATIONAL
    named = [item.component for item in row.components if is_public(item.component)]
    return MaintenanceFact(
        id=row.id,
        code=row.code,
        title=row.title,
        status=row.status,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        began_at=row.started_at,
        finished_at=row.finished_at,
        published_at=row.published_at,
        changed_at=row.public_changed_at,
        components=tuple(affected(component, level) for component in named),
        updates=tuple(maintenance_update_fact(update) for update in row.updates),
        extended_from=extended_from([Announced(one.starts_at, one.ends_at, one.recorded_at) for one in row.windows]),
        title_removed_at=row.title_redacted_at,
        version=row.version,
    )


def maintenance_update_fact(row: MaintenanceUpdate) -> UpdateFact:
    """Return an update of a maintenance; it is never corrected or withdrawn and promises nothing."""
    return UpdateFact(
        code=row.code,
        status=row.status,
        body=row.body,
        at=row.published_at,
        created_at=row.published_at,
        changed_at=row.redacted_at or row.published_at,
        notified=row.notify,
        promised_at=None,
        changes=(),
        versions=(),
        edited_at=None,
        retracted_at=None,
        retraction_reason="",
        removed_at=row.redacted_at,
    )
