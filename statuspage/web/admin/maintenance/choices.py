"""What the forms about planned work offer, and what stands in them before anybody typed."""

from datetime import timedelta
from typing import TYPE_CHECKING

from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.rules import REMINDERS, may_become
from statuspage.domain.wording.values import Story
from statuspage.web.admin.desk import zone
from statuspage.web.admin.wording.offers import PLANNING, best_for, texts_for
from statuspage.web.kit.current import now
from statuspage.web.kit.forms import Form
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.maintenance.models import Maintenance

REPEATS = [
    ("", "does not repeat"),
    ("weekly", "every week"),
    ("fortnightly", "every two weeks"),
    ("monthly", "every month on this day"),
]
USUAL = timedelta(hours=1)
_STEPS = {
    MaintenanceStatus.SCHEDULED: "Only say something",
    MaintenanceStatus.IN_PROGRESS: "Begin",
    MaintenanceStatus.VERIFYING: "Check",
    MaintenanceStatus.COMPLETED: "Complete",
    MaintenanceStatus.CANCELLED: "Cancel",
}


def steps_from(stands: MaintenanceStatus) -> list[tuple[str, str]]:
    """Return what may follow, as (status, words); staying means only saying something."""
    return [
        (status.value, words if status is not stands else _STEPS[MaintenanceStatus.SCHEDULED])
        for status, words in _STEPS.items()
        if may_become(stands, status)
    ]


def fresh_plan() -> Form:
    """Return the form in the words of the template that fits best, with a window at this time in three days."""
    begin = (now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    best = best_for(PLANNING)
    end = begin + (timedelta(minutes=best.length_minutes) if best and best.length_minutes else USUAL)
    (body,) = texts_for([PLANNING], Story(starts_at=begin, ends_at=end))
    values = {"body": body, "auto_start": "yes", "auto_end": "yes", "notify": "yes"}
    values["reminder_hours"] = ", ".join(str(hour) for hour in REMINDERS)
    return Form(values | {"starts_at": write_local(begin, zone()), "ends_at": write_local(end, zone())})


def form_of(maintenance: "Maintenance") -> Form:
    """Return the form as a maintenance stands."""
    return Form(
        {
            "title": maintenance.title,
            "component": [row.component.slug for row in maintenance.components],
            "starts_at": write_local(maintenance.starts_at, zone()),
            "ends_at": write_local(maintenance.ends_at, zone()),
            "auto_start": "yes" if maintenance.auto_start else "",
            "auto_end": "yes" if maintenance.auto_end else "",
            "reminder_hours": ", ".join(str(hour) for hour in maintenance.reminder_hours),
            "seen_version": str(maintenance.version),
        }
    )
