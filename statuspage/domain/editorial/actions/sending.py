"""Sending a draft off: checked now, published after the time to undo it, at a chosen time, or once it is approved."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.editorial.actions.asking import approval_needed, ask
from statuspage.domain.editorial.actions.queue import due_of, publish_draft
from statuspage.domain.editorial.actions.saving import Typed, fill, find_draft
from statuspage.domain.editorial.actions.words import Word, as_json, try_out
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.queries import latest_words
from statuspage.domain.editorial.rules import chosen_time_fault
from statuspage.domain.incidents.actions import FIXED_WORDS, UpdateDraft, refuse_ended
from statuspage.domain.incidents.enums import Approval, UpdateVisibility
from statuspage.domain.incidents.models import Incident


@dataclass(frozen=True)
class Sending:
    """A form that is sent off: the word made of it, and the form itself, should it come back.

    `publish_at` is a chosen instant, aware. `unapproved_reason` is why no second person is asked.
    """

    word: Word
    typed: Typed
    publish_at: datetime | None = None
    unapproved_reason: str | None = None


def send_draft(session: Session, incident: Incident, sending: Sending, *, by: Actor, now: datetime) -> Draft:
    """Check an update as if it were published when it is due, then send it off: it is queued, or waits for approval.

    With no time to undo it is public when this returns. Raises `Invalid` by field, `Conflict` when the incident moved
    on since the author saw it or takes no public update.
    """
    _refuse_stale(session, incident, sending.word.update)
    due = _due(session, incident, sending, now)
    approval, reason = approval_needed(session, incident, sending.word.update, sending.unapproved_reason, by=by)
    try_out(session, incident, sending.word.cleared(FIXED_WORDS), by=by, now=due)
    draft = find_draft(session, incident, sending.typed, by=by, now=now)
    fill(draft, sending.typed, now)
    mark_changed(incident, now)
    session.flush()
    draft.note_seen(incident.version)
    draft.incident_id, draft.incident = incident.id, incident
    draft.word = as_json(sending.word)
    draft.returned_reason = draft.returned_by_name = ""
    session.add(draft)
    if approval is None:
        ask(session, draft, sending.publish_at, by=by, now=now)
        return draft
    draft.approval, draft.unapproved_reason = approval, reason
    draft.approved_by_name = by.name if approval is Approval.SELF else ""
    draft.state, draft.due_at = DraftState.QUEUED, due
    session.flush()
    record(session, by, "draft.queued", ("incident", incident.id), now, draft=str(draft.id), approval=approval)
    if due <= now:
        publish_draft(session, draft, by=by, now=now)
    return draft


def _refuse_stale(session: Session, incident: Incident, draft: UpdateDraft) -> None:
    if draft.visibility is not UpdateVisibility.PUBLIC:
        raise Invalid({"status": "Only what customers read is sent off."})
    if draft.seen_version is not None and draft.seen_version != incident.version:
        refuse_ended(incident)
        raise Conflict(
            "Somebody posted or changed something while you were writing. Compare both texts, then send yours again.",
            theirs=latest_words(session, incident),
            yours=draft.body,
        )


def _due(session: Session, incident: Incident, sending: Sending, now: datetime) -> datetime:
    if sending.publish_at is not None and (fault := chosen_time_fault(sending.publish_at, now)):
        raise Invalid({"publish_at": fault})
    return due_of(session, incident, sending.publish_at, now)
