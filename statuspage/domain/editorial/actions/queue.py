"""What waits for its instant: carried out when it is due, earlier by hand, or taken back before."""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor, ActorKind
from statuspage.core.errors import Conflict, Refused
from statuspage.domain.editorial.actions.saving import hand_back
from statuspage.domain.editorial.actions.words import carry_out, from_json
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.queries import is_due, may_speak
from statuspage.domain.editorial.rules import SENT, due_after_undo
from statuspage.domain.incidents.actions import FIXED_WORDS, Clearance
from statuspage.domain.incidents.enums import Approval
from statuspage.domain.incidents.models import Incident, Update
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref, open_promises, publishing

_ON_ITS_WAY = "This went out a moment ago, or somebody took it back. Load the page again to see what became of it."

_RESTORED = "Restored from a backup: this may have gone out since. Look at the page before you send it again."


def due_of(session: Session, incident: Incident, chosen: datetime | None, now: datetime) -> datetime:
    """Return when an update sent off at `now` goes out: at the `chosen` instant, else after the time to undo it."""
    if chosen is not None and chosen > now:
        return chosen
    promise = open_promises(session, [incident.id]).get(incident.id)
    return due_after_undo(now, publishing(session).undo_seconds, promise.due_at if promise else None)


def publish_due(session: Session, now: datetime) -> int:
    """Publish what is due; return how many drafts went out or came back to their authors.

    Each is claimed by one conditional write, so any number of followers and workers may call this at once. One that
    cannot be published any more comes back with the reason and holds up no other.
    """
    due = session.scalars(select(Draft.id).where(is_due(now)).order_by(Draft.due_at, Draft.id)).all()
    return sum(_claim(session, draft_id, is_due(now), now) is not None for draft_id in due)


def publish_draft(session: Session, draft: Draft, *, by: Actor, now: datetime) -> Draft:
    """Publish a queued draft now; its author stays its author.

    If it cannot be published any more it comes back to them: look at its state. Raises `Conflict` when it went out or
    was taken back meanwhile.
    """
    claimed = _claim(session, draft.id, Draft.state == DraftState.QUEUED, now)
    if claimed is None:
        raise Conflict(_ON_ITS_WAY)
    if by.user_id != claimed.author_id and claimed.incident_id:
        record(session, by, "draft.hastened", ("incident", claimed.incident_id), now, draft=str(claimed.id))
    return claimed


def _claim(session: Session, draft_id: uuid.UUID, still: ColumnElement[bool], now: datetime) -> Draft | None:
    """Publish one draft if `still` holds; None when somebody else was faster."""
    claim = update(Draft).where(Draft.id == draft_id, still)
    claim = claim.values(state=DraftState.PUBLISHED, finished_at=now, version=Draft.version + 1)
    claim = claim.returning(Draft.id).execution_options(synchronize_session=False)
    if session.execute(claim).first() is None:
        return None
    draft = session.get_one(Draft, draft_id, populate_existing=True)
    incident = incident_by_ref(session, session.get_one(Incident, draft.incident_id).ref, EVERYTHING)
    try:
        with session.begin_nested():
            draft.update_id = _publish(session, incident, draft, now).id
            session.flush()
    except Refused as fault:
        session.refresh(draft)
        hand_back(session, draft, reason=fault.message)
        record(session, _author(draft), "draft.came_back", ("incident", incident.id), now, draft=str(draft.id))
    return draft


def _publish(session: Session, incident: Incident, draft: Draft, now: datetime) -> Update:
    if not may_speak(session, draft.author_id):
        raise Conflict(f"{draft.author_name} may not publish any more. Somebody else has to send this.")
    if draft.word is None:
        raise Conflict("Nothing was kept of this update. Write it again.")
    cleared = from_json(draft.word).cleared(_clearance(draft))
    return carry_out(session, incident, cleared, by=_author(draft), now=now)


def rehearse(session: Session, draft: Draft, now: datetime) -> Update:
    """Publish a draft that was sent off, in a session that nobody commits: for looking at it. Raises `Conflict`,
    `Invalid` when it could not go out at `now`."""
    if draft.word is None or draft.incident is None:
        raise Conflict(_ON_ITS_WAY)
    at = max(now, draft.due_at) if draft.due_at else now
    return carry_out(session, draft.incident, from_json(draft.word).cleared(FIXED_WORDS), by=_author(draft), now=at)


def _clearance(draft: Draft) -> Clearance | None:
    if draft.approval is Approval.NOT_NEEDED:
        return None  # should its severity need a second person by now, it comes back
    return Clearance(draft.approval, draft.approved_by_name, draft.unapproved_reason)


def _author(draft: Draft) -> Actor:
    return Actor(ActorKind.USER, draft.author_name, draft.author_id)


def withdraw_draft(session: Session, draft: Draft, *, by: Actor, now: datetime) -> Draft:
    """Take back what was sent off before it went out; its author goes on writing.

    Raises `Conflict` when it went out, or somebody else took it back.
    """
    claim = update(Draft).where(Draft.id == draft.id, Draft.state.in_(SENT), Draft.version == draft.version)
    claim = claim.values(version=Draft.version + 1, saved_at=now).returning(Draft.id)
    if session.execute(claim.execution_options(synchronize_session=False)).first() is None:
        raise Conflict(_ON_ITS_WAY)
    session.refresh(draft)
    others = by.user_id != draft.author_id
    hand_back(session, draft, f"{by.name} took this back before it went out." if others else "", by.name)
    assert draft.incident_id is not None, "only drafts about an incident are sent off"
    record(session, by, "draft.withdrawn", ("incident", draft.incident_id), now, draft=str(draft.id))
    return draft


def set_aside_waiting(session: Session) -> int:
    """Give back everything that was sent off and is not out, in a database restored from a backup: it may have gone out
    since. Return how many."""
    waiting = session.scalars(select(Draft).where(Draft.state.in_(SENT))).all()
    for draft in waiting:
        hand_back(session, draft, _RESTORED)
    return len(waiting)
