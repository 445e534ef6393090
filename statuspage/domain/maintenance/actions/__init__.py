"""Everything that changes a maintenance. Doors hand over a frozen draft; nothing here commits.

`planning` announces and moves, `progress` starts, ends and cancels (by hand or by the clock), `reminding` tells people
that work is about to begin, `recurring` repeats it, `redacting` takes words out for good, `saying` is what the others
share.
"""

from statuspage.domain.maintenance.actions.drafts import MaintenanceChange, MaintenanceDraft, MaintenanceUpdateDraft
from statuspage.domain.maintenance.actions.planning import change_maintenance, plan_maintenance
from statuspage.domain.maintenance.actions.progress import (
    advance_due,
    cancel_maintenance,
    complete_maintenance,
    post_maintenance_update,
    start_maintenance,
)
from statuspage.domain.maintenance.actions.recurring import extend_series, plan_series, stop_series
from statuspage.domain.maintenance.actions.redacting import redact_maintenance_title, redact_maintenance_update
from statuspage.domain.maintenance.actions.reminding import remind_due

__all__ = [
    "MaintenanceChange",
    "MaintenanceDraft",
    "MaintenanceUpdateDraft",
    "advance_due",
    "cancel_maintenance",
    "change_maintenance",
    "complete_maintenance",
    "extend_series",
    "plan_maintenance",
    "plan_series",
    "post_maintenance_update",
    "redact_maintenance_title",
    "redact_maintenance_update",
    "remind_due",
    "start_maintenance",
    "stop_series",
]
