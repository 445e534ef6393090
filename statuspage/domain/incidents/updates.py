"""Saying something: public and internal updates, corrections, retractions."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.components.enums import Visibility
from statuspage.domain.incidents.affected import apply_components
from statuspage.domain.incidents.drafts import Correction, UpdateDraft
from statuspage.domain.incidents.enums import IncidentKind, MilestoneKind, PublicStatus, UpdateVisibility
from statuspage.domain.incidents.milestones import add_if_missing
from statuspage.domain.incidents.models import Incident, Promise, Update, UpdateVersion
from statuspage.domain.incidents.queries import current_milestones
from statuspage.domain.incidents.rules import may_move, may_publish, milestones_between, state_after
from statuspage.outbox.actions import emit, publish
from statuspage.outbox.enums import EventKind

PROMISE_HORIZON = timedelta(days=30)
WORKAROUND_LIMIT = 1000


def post_update(session: Session, incident: Incident, draft: UpdateDraft, *, by: Actor, now: datetime) -> Update:
    """Add an update to an incident. A public one sets status, components and promise, moves the internal state
    forward to its match, and tells subscribers unless `notify` is off.

    Raises `Invalid` for bad fields, `Conflict` when the incident moved on since `draft.seen_version` or takes none.
    """
    _refuse_stale(incident, draft)
    draft_body = clean_text(draft.body, "body")
    if draft.visibility is UpdateVisibility.PUBLIC:
        update = _publish(session, incident, draft, by=by, now=now)
    else:
        update = _note(session, incident, draft, by=by, now=now)
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
    theirs = incident.updates[0].current.body if incident.updates else incident.title
    raise Conflict(
        "Somebody posted or changed something while you were writing. Compare both texts, then send yours again.",
        theirs=theirs,
        yours=draft.body,
    )


def _new_update(incident: Incident, draft: UpdateDraft, by: Actor, now: datetime) -> Update:
    display_at = draft.display_at or now
    if display_at > now:
        raise Invalid({"display_at": "The displayed time cannot lie in the future."})
    return Update(
        incident=incident,
        visibility=draft.visibility,
        notify=draft.notify,
        display_at=display_at,
        created_at=now,
        author_id=by.user_id,
        author_name=by.name,
    )


def _note(session: Session, incident: Incident, draft: UpdateDraft, *, by: Actor, now: datetime) -> Update:
    if draft.components and incident.public:
        raise Invalid({"components": "Customers see these components: change them with a public update."})
    update = _new_update(incident, draft, by, now)
    session.add(update)
    update.notify = False
    if draft.visibility is UpdateVisibility.INTERNAL_STATUS:
        if draft.state is None or not may_move(incident.state, draft.state):
            raise Invalid({"state": f"Choose a state after {incident.state}."})
        update.state = draft.state
        reached = milestones_between(incident.state, draft.state)
        incident.state = draft.state
        add_if_missing(session, incident, reached, now, by=by, now=now)
    session.flush()
    apply_components(session, incident, update, draft.components, at=now)
    return update


def _publish(session: Session, incident: Incident, draft: UpdateDraft, *, by: Actor, now: datetime) -> Update:
    status = draft.status or incident.public_status or PublicStatus.INVESTIGATING
    _refuse_unpublishable(incident, status)
    due = _checked_promise(draft.next_update_at, status, now)
    update = _new_update(incident, draft, by, now)
    update.status, update.published_at = status, now
    first = not incident.public
    session.add(update)
    session.flush()
    if due:
        update.promise = Promise(incident_id=incident.id, update_id=update.id, made_at=now, due_at=due)
    if draft.workaround is not None:
        incident.workaround = clean_line(draft.workaround, "workaround", limit=WORKAROUND_LIMIT, required=False)
    if first:
        _open_publicly(session, incident, update, by=by, now=now)
    _follow(session, incident, update, status, by=by, now=now)
    slugs = apply_components(session, incident, update, draft.components, at=update.display_at, first=first)
    if draft.notify:
        emit(session, _event_kind(first, status), update.id, now, thread_id=incident.id)
    publish(session, ["site", f"incident:{incident.code}", *(f"component:{slug}" for slug in slugs)], now)
    return update


def _refuse_unpublishable(incident: Incident, status: PublicStatus) -> None:
    if incident.kind is IncidentKind.DRILL:
        raise Conflict("This is a drill: nothing of it becomes public.")
    if incident.restricted:
        raise Conflict("This incident is restricted. Lift the restriction before you publish.")
    if incident.public_title is None:
        raise Invalid({"public_title": "Say what customers see before you publish the first update."})
    if not may_publish(incident.state, incident.public_status, status):
        raise Conflict(f"{incident.ref} is {incident.public_status or incident.state}. Reopen it first.")


def _checked_promise(due: datetime | None, status: PublicStatus, now: datetime) -> datetime | None:
    if due is None or status is PublicStatus.RESOLVED:
        return None
    if due <= now:
        raise Invalid({"next_update_at": "The next update must be due in the future."})
    if due > now + PROMISE_HORIZON:
        raise Invalid({"next_update_at": f"Promise the next word within {PROMISE_HORIZON.days} days."})
    return due


def _open_publicly(session: Session, incident: Incident, update: Update, *, by: Actor, now: datetime) -> None:
    known = current_milestones(session, incident.id)
    started = known.get(MilestoneKind.IMPACT_STARTED) or known.get(MilestoneKind.DETECTED) or update.display_at
    incident.public_started_at = min(started, update.display_at)
    incident.visibility, incident.public_status = Visibility.PUBLIC, update.status
    incident.published_at = now
    add_if_missing(session, incident, [MilestoneKind.FIRST_PUBLIC_UPDATE], update.display_at, by=by, now=now)


def _follow(
    session: Session, incident: Incident, update: Update, status: PublicStatus, *, by: Actor, now: datetime
) -> None:
    after = state_after(incident.state, status)
    reached = milestones_between(incident.state, after)
    incident.public_status, incident.public_changed_at = status, now
    incident.public_resolved_at = update.display_at if status is PublicStatus.RESOLVED else None
    incident.state = after
    add_if_missing(session, incident, reached, update.display_at, by=by, now=now)
    session.flush()


def _event_kind(first: bool, status: PublicStatus) -> EventKind:
    if status is PublicStatus.RESOLVED:
        return EventKind.INCIDENT_RESOLVED
    return EventKind.INCIDENT_OPENED if first else EventKind.INCIDENT_UPDATED


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
