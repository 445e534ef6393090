"""Reminding people of work that is about to begin. Carried out by the worker: without one, no mail goes out anyway."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from statuspage.core.errors import Invalid
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.models import Maintenance, Reminder
from statuspage.domain.maintenance.rules import reminder_fault, reminder_times
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind


def set_reminders(maintenance: Maintenance, hours: Sequence[int], now: datetime) -> None:
    """Have people reminded `hours` before the start as it stands; what was sent stays. Raises `Invalid`.

    Work that is announced on the page only reminds nobody.
    """
    fault = reminder_fault(hours)
    if fault:
        raise Invalid({"reminder_hours": fault})
    maintenance.reminder_hours = sorted(hours, reverse=True)
    wanted = reminder_times(maintenance.starts_at, hours, now) if maintenance.notify else []
    sent = [reminder for reminder in maintenance.reminders if reminder.done_at]
    maintenance.reminders = [*sent, *(Reminder(due_at=at) for at in wanted)]


def remind_due(session: Session, now: datetime) -> int:
    """Leave an event for every reminder that is due; return how many.

    Each is claimed by one conditional write, so any number of workers may call this at once. Of several that are due
    for the same work, as after a pause of all workers, one is sent; none is once the work has begun or is called off.
    """
    due = session.execute(
        select(Reminder.id, Maintenance.id, Maintenance.status, Maintenance.starts_at)
        .join(Maintenance, Maintenance.id == Reminder.maintenance_id)
        .where(Reminder.done_at.is_(None), Reminder.due_at <= now)
        .order_by(Reminder.due_at.desc(), Reminder.id)
    ).all()
    reminded = set()
    for reminder_id, maintenance_id, status, starts_at in due:
        useful = status is MaintenanceStatus.SCHEDULED and starts_at > now and maintenance_id not in reminded
        claim = update(Reminder).where(Reminder.id == reminder_id, Reminder.done_at.is_(None))
        claimed = session.execute(claim.values(done_at=now, sent=useful).returning(Reminder.id)).first()
        if claimed and useful:
            reminded.add(maintenance_id)
            emit(session, EventKind.MAINTENANCE_REMINDER, reminder_id, now, thread_id=maintenance_id)
    return len(reminded)
