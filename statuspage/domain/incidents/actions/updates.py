"""Saying something: public and internal updates, corrections, retractions."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.incidents.actions.drafts import Correction, UpdateDraft
from statuspage.domain.incidents.actions.notes import post_note
from statuspage.domain.incidents.actions.publishing import publish_update
from statuspage.domain.incidents.enums import UpdateVisibility
from statuspage.domain.incidents.models import Incident, Update, UpdateVersion
from statuspage.domain.incidents.rules import ENDED_STATES
from statuspage.outbox.actions import emit, publish
from statuspage.outbox.enums import EventKind


def post_update(session: Session, incident: Incident, draft: UpdateDraft, *, by: Actor, now: datetime) -> Update:
    """Add an update to an incident. A public one sets status, components and promise, moves the internal state
    forward to its match, and tells subscribers unless `notify` is off.

    Raises `Invalid` for bad fields, `Conflict` when the incident moved on since `draft.seen_version` or takes none.
    """
    _refuse_stale(incident, draft)
    draft_body = clean_text(draft.body, "body")
    if draft.visibility is UpdateVisibility.PUBLIC:
        update = publish_update(session, incident, draft, by=by, now=now)
    else:
        update = post_note(session, incident, draft, by=by, now=now)
    workaround = incident.workaround
    first = UpdateVersion(
        update_id=update.id,
        number=1,
        body=draft_body,
        workaround=workaround,
        author_name=by.name,
        created_at=now,
    )
    update.versions.append(first)
    mark_changed(incident, now)
    record(
        session, by, "incident.update_posted", ("incident", incident.id), now,
        update=str(update.id), visibility=update.visibility, status=update.status,
    )  # fmt: skip
    session.flush()
    return update


def _refuse_stale(incident: Incident, draft: UpdateDraft) -> None:
    if draft.seen_version is None or draft.seen_version == incident.version:
        return
    if draft.visibility is UpdateVisibility.PUBLIC:
        refuse_ended(incident)
    theirs = incident.updates[0].current.body if incident.updates else incident.title
    raise Conflict(
        "Somebody posted or changed something while you were writing. Compare both texts, then send yours again.",
        theirs=theirs,
        yours=draft.body,
    )


def refuse_ended(incident: Incident) -> None:
    """Raise `Conflict` when an incident that somebody writes about ended meanwhile: there is nothing to compare."""
    if incident.state in ENDED_STATES:
        raise Conflict(f"{incident.ref} was {incident.state} while you were writing; nothing more is published in it.")


def correct_update(
    session: Session, update: Update, correction: Correction, *, by: Actor, now: datetime
) -> UpdateVersion:
    """Give an update new words; the old ones stay and readers see that it was edited.

    Raises `Conflict` when somebody corrected it since `seen_version` or it was retracted, `Invalid` for bad text.
    """
    if update.retracted_at:
        raise Conflict("This update was retracted. Post a new one instead.")
    if correction.seen_version is not None and correction.seen_version != update.current.number:
        raise Conflict(
            "Somebody corrected this update meanwhile. Compare both texts, then send yours again.",
            theirs=update.current.body,
            yours=correction.body,
        )
    body = clean_text(correction.body, "body")
    if body == update.current.body:
        return update.current
    version = UpdateVersion(
        update_id=update.id,
        number=update.current.number + 1,
        body=body,
        workaround=update.current.workaround,
        reason=clean_line(correction.reason, "reason", limit=500, required=False),
        author_name=by.name,
        created_at=now,
    )
    update.versions.append(version)
    session.flush()
    _changed(session, update, "incident.update_corrected", by=by, now=now, version=version.number)
    if correction.notify and update.public:
        emit(session, EventKind.INCIDENT_CORRECTED, version.id, now, thread_id=update.incident_id,
             payload={"update": str(update.id)})  # fmt: skip
    return version


def retract_update(session: Session, update: Update, reason: str, *, by: Actor, now: datetime) -> None:
    """Take an update back: readers see when and why, not what. Those it was sent to are told.

    Raises `Conflict` when it is retracted already or is the only thing that was published, `Invalid` without reason.
    """
    why = clean_line(reason, "reason", limit=500)
    if update.retracted_at:
        raise Conflict("This update is retracted already.")
    standing = [other for other in update.incident.updates if other.public and not other.retracted_at]
    if update.public and standing == [update]:
        raise Conflict("This is the only public update. Correct it, or publish another one first.")
    update.retracted_at, update.retraction_reason = now, why
    session.flush()
    _changed(session, update, "incident.update_retracted", by=by, now=now)
    if update.public and update.notify:
        told: uuid.UUID = update.id
        emit(session, EventKind.INCIDENT_RETRACTED, told, now, thread_id=update.incident_id)


def _changed(
    session: Session, update: Update, action: str, *, by: Actor, now: datetime, version: int | None = None
) -> None:
    incident = update.incident
    mark_changed(incident, now)
    record(session, by, action, ("incident", incident.id), now, update=str(update.id), version=version)
    if update.public:
        incident.public_changed_at = now
        publish(session, ["site", f"incident:{incident.code}"], now)
