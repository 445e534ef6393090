"""The second person: which public updates need one, and changing that."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import new_id
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line
from statuspage.domain.incidents.actions.drafts import Clearance
from statuspage.domain.incidents.enums import Approval
from statuspage.domain.incidents.models import Incident, PublishingRules, Update
from statuspage.domain.incidents.queries import publishing
from statuspage.domain.incidents.rules import Publishing
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind

_NOT_NEEDED = Clearance(Approval.NOT_NEEDED)


def cleared(session: Session, incident: Incident, clearance: Clearance | None) -> Clearance:
    """Return why an update may go out. Raises `Conflict` when the severity needs a second person and there is none,
    `Invalid` (field `without_approval`) for a reason that is none."""
    if incident.severity not in publishing(session).approval:
        return _NOT_NEEDED
    if clearance is None:
        raise Conflict(
            f"Public updates of {incident.severity.upper()} need a second person's approval. Ask for it in the panel, "
            "or publish without approval and say why."
        )
    if clearance.approval is Approval.WAIVED:
        return Clearance(Approval.WAIVED, reason=clean_line(clearance.reason, "without_approval", limit=500))
    return clearance


def note_clearance(session: Session, update: Update, clearance: Clearance, *, by: Actor, now: datetime) -> None:
    """Store on an update why it could go out; when that was waived, everybody who could have approved is told."""
    update.approval = clearance.approval
    update.approved_by_name, update.unapproved_reason = clearance.name, clearance.reason
    if clearance.approval is Approval.WAIVED:
        told: uuid.UUID = update.id
        emit(session, EventKind.APPROVAL_WAIVED, told, now, payload={"author": str(by.user_id or "")})
        record(
            session, by, "incident.approval_waived", ("incident", update.incident_id), now,
            update=str(update.id), reason=clearance.reason,
        )  # fmt: skip


def change_publishing(
    session: Session, wanted: Publishing, *, seen: Publishing | None = None, by: Actor, now: datetime
) -> Publishing:
    """Change how what staff write becomes public; what waits already keeps its time.

    Raises `Invalid` by field, or `Conflict` when it is no longer what the author saw.
    """
    stands = publishing(session)
    if seen is not None and seen != stands:
        raise Conflict("Somebody changed this meanwhile. Compare, then save again.", theirs=stands, yours=wanted)
    if faults := wanted.faults():
        raise Invalid(faults)
    row = session.get(PublishingRules, 1) or PublishingRules(id=1)
    row.undo_seconds, row.approval_severities = wanted.undo_seconds, sorted(wanted.approval)
    session.add(row)
    session.flush()
    record(
        session, by, "publishing.changed", ("site", new_id()), now,
        undo_seconds=[stands.undo_seconds, wanted.undo_seconds],
        approval=[sorted(stands.approval), sorted(wanted.approval)],
    )  # fmt: skip
    return wanted
