"""When a draft goes out, who has to agree, and what may follow what. Pure."""

from datetime import datetime, timedelta

from statuspage.domain.accounts.rules import Allowance
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.incidents.enums import Approval

AHEAD = timedelta(days=30)
KEPT = timedelta(days=30)
KEPT_AFTER_THE_END = timedelta(days=1)
SAVING = Allowance(60, timedelta(minutes=1))  # of one person, in all windows together
# What is due is found within half a second; the rest is for a busy machine.
LEEWAY = timedelta(seconds=2)
OPEN = (DraftState.WRITING, DraftState.RETURNED)
SENT = (DraftState.QUEUED, DraftState.WAITING_APPROVAL)
DONE = (DraftState.PUBLISHED, DraftState.DISCARDED)


def due_after_undo(now: datetime, undo_seconds: int, promised_at: datetime | None) -> datetime:
    """Return when something sent off at `now` goes out: after the time to undo it, cut short when an open promise
    would fall due meanwhile, so that it is kept."""
    due = now + timedelta(seconds=undo_seconds)
    if promised_at is None or promised_at <= now or promised_at > due + LEEWAY:
        return due
    return min(due, max(now, promised_at - LEEWAY))


def chosen_time_fault(chosen: datetime, now: datetime) -> str | None:
    """Return what is wrong with a chosen time of publication, or None."""
    if chosen <= now:
        return "This lies in the past. Leave it empty to publish now."
    if chosen > now + AHEAD:
        return f"Choose a time within {AHEAD.days} days."
    return None


def approval_of(*, gated: bool, first_notice: bool, alone: bool, waived: bool) -> Approval | None:
    """Return why an update may go out, or None when somebody else must approve it first.

    `gated`: its severity needs a second person. `first_notice`: it is a first notice nobody edited, which may always
    go out. `alone`: nobody else could approve it.
    """
    if not gated:
        return Approval.NOT_NEEDED
    if first_notice:
        return Approval.NOTICE
    if alone:
        return Approval.SELF
    return Approval.WAIVED if waived else None
