"""Taking words out of a maintenance for good: of one update, and of what its series will say again."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.passages import read_passage
from statuspage.core.text import clean_line
from statuspage.domain.accounts.access import reword_answers
from statuspage.domain.incidents.actions.drafts import Redaction, TitleRedaction
from statuspage.domain.incidents.actions.redacting import absent, checked_reason
from statuspage.domain.maintenance.actions.saying import publish_maintenance
from statuspage.domain.maintenance.models import Maintenance, MaintenanceRemoval, MaintenanceUpdate
from statuspage.outbox.actions import forget_quotes, rename_thread


def redact_maintenance_update(
    session: Session, update: MaintenanceUpdate, redaction: Redaction, *, by: Actor, now: datetime
) -> MaintenanceRemoval:
    """Take a passage, or all there is, out of an update of a loaded maintenance; readers see when.

    The draft of its series loses the words, too; windows that were made from it are maintenances of their own. No mail
    is sent. `seen_version` is the maintenance's version. Raises `Conflict` when it moved on, `Invalid` for a passage
    that is not there and without a reason.
    """
    maintenance = update.maintenance
    _refuse_moved(maintenance, redaction.seen_version)
    passage = None if redaction.passage is None else read_passage(redaction.passage, "passage")
    why = checked_reason(redaction.reason, passage)
    old, new = update.body, "" if passage is None else passage.taken_from(update.body)
    if old == new:
        raise absent(passage)
    update.body, update.redacted_at = new, now
    _redraft(maintenance, passage.taken_from if passage else lambda text: "" if text == old else text)
    removal = MaintenanceRemoval(
        maintenance_id=maintenance.id, update_id=update.id, whole=not new, reason=why, by_name=by.name, at=now
    )
    session.add(removal)
    record(
        session, by, "maintenance.update_redacted", ("maintenance", maintenance.id), now,
        update=str(update.id), whole=removal.whole, reason=why,
    )  # fmt: skip
    _forget(session, maintenance, [("body", old, new)])
    forget_quotes(session, maintenance.id, passage.words if passage else old)
    publish_maintenance(session, maintenance, now)
    return removal


def redact_maintenance_title(
    session: Session, maintenance: Maintenance, redaction: TitleRedaction, *, by: Actor, now: datetime
) -> None:
    """Put another title in place of one whose words are to go, also once the work is over; readers see when.

    Messages still to be sent and the draft of its series get the new one. Raises `Conflict` when it moved on since
    `seen_version`, `Invalid` for a bad title and without a reason.
    """
    _refuse_moved(maintenance, redaction.seen_version)
    old, new = maintenance.title, clean_line(redaction.public_title, "public_title")
    why = clean_line(redaction.reason, "reason", limit=500)
    if old in why:
        raise Invalid({"reason": "This repeats what is to go, and it is kept. Say why without those words."})
    if old == new:
        raise Invalid({"public_title": "This is the title that stands. Write another one."})
    maintenance.title, maintenance.title_redacted_at = new, now
    _redraft(maintenance, lambda text: new if text == old else text)
    session.add(MaintenanceRemoval(maintenance_id=maintenance.id, whole=False, reason=why, by_name=by.name, at=now))
    record(session, by, "maintenance.title_redacted", ("maintenance", maintenance.id), now, reason=why)
    rename_thread(session, maintenance.id, new)
    forget_quotes(session, maintenance.id, old)
    _forget(session, maintenance, [("title", old, new)])
    publish_maintenance(session, maintenance, now)


def _refuse_moved(maintenance: Maintenance, seen: int | None) -> None:
    if seen is not None and seen != maintenance.version:
        raise Conflict("Somebody changed this maintenance meanwhile. Look at the words that stand, then repeat.")


def _redraft(maintenance: Maintenance, reword: Callable[[str], str]) -> None:
    """Change what further windows of the series will say; they say the title where nothing is left."""
    series = maintenance.series
    if series:
        title = reword(series.draft["title"]) or maintenance.title
        series.draft = {**series.draft, "title": title, "body": reword(series.draft["body"]) or title}


def _forget(session: Session, maintenance: Maintenance, changes: Iterable[tuple[str, str, str]]) -> None:
    session.flush()
    about = [maintenance.id, *(update.id for update in maintenance.updates)]
    reword_answers(session, about, changes)
