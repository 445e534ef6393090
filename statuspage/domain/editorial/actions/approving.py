"""The second person: approving what somebody else wrote, or returning it with a word."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.errors import Conflict, NotAllowed
from statuspage.core.text import clean_line
from statuspage.domain.editorial.actions.queue import due_of, publish_draft
from statuspage.domain.editorial.actions.saving import hand_back
from statuspage.domain.editorial.actions.words import from_json, try_out
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.queries import may_speak
from statuspage.domain.incidents.actions import FIXED_WORDS
from statuspage.domain.incidents.enums import Approval
from statuspage.domain.incidents.models import Incident

_DECIDED = "This was decided or changed meanwhile. Load the page again to see what became of it."


def approve_draft(session: Session, draft: Draft, seen_version: int | None, *, by: Actor, now: datetime) -> Draft:
    """Approve what somebody else wrote, as it stood in `seen_version`: it goes out after the time to undo it, or at the
    time its author chose.

    Raises `NotAllowed` for the author and for whoever may not publish, `Conflict` when it was decided or changed
    meanwhile or cannot be published any more, `Invalid` when a promised time has passed.
    """
    incident = _decidable(session, draft, by)
    if seen_version != draft.version or draft.word is None:
        raise Conflict(_DECIDED)
    due = due_of(session, incident, draft.due_at, now)
    try_out(session, incident, from_json(draft.word).cleared(FIXED_WORDS), by=by, now=due)
    draft.approval, draft.approved_by_name = Approval.APPROVED, by.name
    draft.state, draft.asked_id, draft.due_at = DraftState.QUEUED, None, due
    session.flush()
    record(session, by, "draft.approved", ("incident", incident.id), now, draft=str(draft.id))
    return publish_draft(session, draft, by=by, now=now) if due <= now else draft


def return_draft(session: Session, draft: Draft, word: str, *, by: Actor, now: datetime) -> Draft:
    """Give what waits for approval back to its author, with a word why. Raises as `approve_draft`, and `Invalid`."""
    why = clean_line(word, "reason", limit=500)
    incident = _decidable(session, draft, by)
    hand_back(session, draft, why, by.name)
    record(session, by, "draft.returned", ("incident", incident.id), now, draft=str(draft.id), reason=why)
    return draft


def _decidable(session: Session, draft: Draft, by: Actor) -> Incident:
    if draft.state is not DraftState.WAITING_APPROVAL or draft.incident is None:
        raise Conflict(_DECIDED)
    if by.user_id == draft.author_id:
        raise NotAllowed("Somebody else has to approve what you wrote. You can take it back.")
    if by.user_id is None or not may_speak(session, by.user_id):
        raise NotAllowed("Only people who may publish approve what is published.")
    return draft.incident
