"""Sending a draft off: checked now, published after the time to undo it, at a chosen time, or once it is approved."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed, new_id
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line
from statuspage.domain.editorial.actions.queue import due_of, publish_draft
from statuspage.domain.editorial.actions.saving import Typed, fill, find_draft
from statuspage.domain.editorial.actions.words import Word, as_json, try_out
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.queries import is_alone, latest_words
from statuspage.domain.editorial.rules import approval_of, chosen_time_fault
from statuspage.domain.incidents.actions import FIXED_WORDS, IncidentDraft, UpdateDraft, declare_incident
from statuspage.domain.incidents.enums import Approval, UpdateVisibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import publishing
from statuspage.domain.wording.filling import is_unedited_first_notice
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind


@dataclass(frozen=True)
class Sending:
    """A form that is sent off: the word made of it, and the form itself, should it come back.

    `publish_at` is a chosen instant, aware. `unapproved_reason` is why no second person is asked.
    """

    word: Word
    typed: Typed
    publish_at: datetime | None = None
    unapproved_reason: str | None = None


def declare_and_send(
    session: Session, declaration: IncidentDraft, sending: Sending, *, by: Actor, now: datetime
) -> tuple[Incident, Draft]:
    """Declare an incident for the team now, and send its first public update off; customers will read the internal
    title where no other is given.

    Raises as `declare_incident` and `send_draft`; then nothing was declared.
    """
    title = declaration.public_title or declaration.title
    inside = replace(declaration, update=None, public_title=title)
    incident = declare_incident(session, inside, by=by, now=now)
    return incident, send_draft(session, incident, sending, by=by, now=now)


def clear_first_notice(session: Session, declaration: IncidentDraft, *, by: Actor, now: datetime) -> IncidentDraft:
    """Return a declaration that is to be public at once, cleared if nobody edited its first notice, a template's.

    Raises as `declare_incident`.
    """
    said = declaration.update
    if said is None or said.clearance or declaration.severity not in publishing(session).approval:
        return declaration
    trial = session.begin_nested()
    try:
        incident = declare_incident(session, replace(declaration, update=None), by=by, now=now)
        untouched = is_unedited_first_notice(session, incident, said.body, next_update_at=said.next_update_at)
    finally:
        trial.rollback()
    return replace(declaration, update=replace(said, clearance=FIXED_WORDS)) if untouched else declaration


def send_draft(session: Session, incident: Incident, sending: Sending, *, by: Actor, now: datetime) -> Draft:
    """Check an update as if it were published when it is due, then send it off: it is queued, or waits for approval.

    With no time to undo it is public when this returns. Raises `Invalid` by field, `Conflict` when the incident moved
    on since the author saw it or takes no public update.
    """
    _refuse_stale(session, incident, sending.word.update)
    due = _due(session, incident, sending, now)
    approval, reason = _approval(session, incident, sending, by)
    try_out(session, incident, sending.word.cleared(FIXED_WORDS), by=by, now=due)
    draft = find_draft(session, incident, sending.typed, by=by, now=now)
    fill(draft, sending.typed, now)
    draft.incident_id, draft.incident = incident.id, incident
    draft.word = as_json(sending.word)
    draft.returned_reason = draft.returned_by_name = ""
    session.add(draft)
    mark_changed(incident, now)
    if approval is None:
        _ask(session, draft, sending.publish_at, by=by, now=now)
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
        raise Conflict(
            "Somebody posted or changed something while you were writing. Compare both texts, then send yours again.",
            theirs=latest_words(session, incident),
            yours=draft.body,
        )


def _due(session: Session, incident: Incident, sending: Sending, now: datetime) -> datetime:
    if sending.publish_at is not None and (fault := chosen_time_fault(sending.publish_at, now)):
        raise Invalid({"publish_at": fault})
    return due_of(session, incident, sending.publish_at, now)


def _approval(session: Session, incident: Incident, sending: Sending, by: Actor) -> tuple[Approval | None, str]:
    """Return why it may go out (None: somebody has to approve it), and the reason why nobody is asked."""
    given, said = sending.unapproved_reason, sending.word.update
    gated, due = incident.severity in publishing(session).approval, said.next_update_at
    found = approval_of(
        gated=gated,
        first_notice=gated and is_unedited_first_notice(session, incident, said.body, next_update_at=due),
        alone=is_alone(session, by.user_id),
        waived=given is not None,
    )
    if found is Approval.WAIVED:
        return found, clean_line(given or "", "without_approval", limit=500)
    return found, ""


def _ask(session: Session, draft: Draft, publish_at: datetime | None, *, by: Actor, now: datetime) -> None:
    draft.state, draft.asked_id, draft.due_at = DraftState.WAITING_APPROVAL, new_id(), publish_at
    session.flush()
    payload = {"draft": str(draft.id), "author": str(draft.author_id)}
    emit(session, EventKind.APPROVAL_ASKED, draft.asked_id, now, payload=payload)
    assert draft.incident_id is not None, "only drafts about an incident are sent off"
    record(session, by, "draft.approval_asked", ("incident", draft.incident_id), now, draft=str(draft.id))
