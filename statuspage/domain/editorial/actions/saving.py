"""Keeping what somebody types, throwing it away, forgetting it in the end."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.queries import own_draft
from statuspage.domain.editorial.rules import DONE, KEPT, KEPT_AFTER_THE_END, OPEN
from statuspage.domain.incidents.enums import Approval
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.rules import ENDED_STATES

ECHO = timedelta(minutes=1)
FIELDS_LIMIT = 256 * 1024
_ELSEWHERE = "You are writing this in another window, too. Copy what you need from here, then load the page again."
_SENT = "This draft was sent off or thrown away meanwhile. Load the page again to see what became of it."


@dataclass(frozen=True)
class Typed:
    """A form as it was typed: every field with its values, faulty ones too.

    `draft_id` is the draft it was loaded from and `version` that draft's; None for a form nobody has saved yet.
    """

    fields: dict[str, list[str]]
    draft_id: uuid.UUID | None = None
    version: int | None = None

    @property
    def body(self) -> str:
        """The words themselves."""
        return (self.fields.get("body") or [""])[0]


def save_draft(session: Session, incident: Incident | None, typed: Typed, *, by: Actor, now: datetime) -> Draft:
    """Keep what somebody types about an incident, or (None) about one not declared yet; any approval is void.

    Raises `Conflict` when the same person writes in two places or has sent it off, `Invalid` for far too much text.
    """
    draft = find_draft(session, incident, typed, by=by, now=now)
    if typed.draft_id is None:
        _refuse_second(session, draft, now)
    elif typed.version is not None and typed.version != draft.version:
        raise Conflict(_ELSEWHERE, theirs=draft.body, yours=typed.body)
    fill(draft, typed, now)
    session.add(draft)
    session.flush()
    return draft


def find_draft(session: Session, incident: Incident | None, typed: Typed, *, by: Actor, now: datetime) -> Draft:
    """Return the draft a form belongs to, or a fresh one that is not added yet.

    Raises `NotFound`, or `Conflict` when it is not open any more.
    """
    author_id = by.user_id
    assert author_id is not None, "only people write drafts"
    if typed.draft_id is None:
        incident_id = incident.id if incident else None
        return Draft(
            incident_id=incident_id, author_id=author_id, author_name=by.name, state=DraftState.WRITING,
            fields=typed.fields, begun_at=now, saved_at=now,
        )  # fmt: skip
    draft = own_draft(session, typed.draft_id, author_id)
    if draft.state not in OPEN or (draft.incident_id and incident is None):
        raise Conflict(_SENT)
    return draft


def fill(draft: Draft, typed: Typed, now: datetime) -> None:
    """Put what was typed into a draft. Raises `Invalid` for far too much of it."""
    if len(json.dumps(typed.fields)) > FIELDS_LIMIT:
        raise Invalid({"body": "This is far too long to be kept. Shorten it."})
    draft.fields, draft.word, draft.saved_at = typed.fields, None, now
    draft.due_at = draft.asked_id = None
    draft.approval, draft.approved_by_name, draft.unapproved_reason = Approval.NOT_NEEDED, "", ""


def _refuse_second(session: Session, draft: Draft, now: datetime) -> None:
    """Refuse a first save while the same person writes elsewhere, or when it is the echo of what was just sent off."""
    if other := _being_written(session, draft):
        raise Conflict(_ELSEWHERE, theirs=other.body, yours=draft.body)
    just_sent = _by_author(draft).where(Draft.state.not_in(OPEN), Draft.saved_at > now - ECHO)
    if any(sent.body == draft.body for sent in session.scalars(just_sent)):
        raise Conflict(_SENT)


def _by_author(draft: Draft) -> Select[Draft]:
    about = Draft.incident_id == draft.incident_id if draft.incident_id else Draft.incident_id.is_(None)
    return select(Draft).where(Draft.author_id == draft.author_id, about)


def _being_written(session: Session, draft: Draft) -> Draft | None:
    """Return what the author of a draft writes about the same incident now: that draft, or another one."""
    return session.scalar(_by_author(draft).where(Draft.state == DraftState.WRITING))


def hand_back(session: Session, draft: Draft, reason: str = "", by_name: str = "") -> None:
    """Give a draft back to its author, with a word where there is one to say; it is what they are writing again,
    unless they have begun something else meanwhile."""
    free = not reason and _being_written(session, draft) is None
    draft.state = DraftState.WRITING if free else DraftState.RETURNED
    draft.asked_id = draft.due_at = draft.finished_at = draft.update_id = None
    draft.returned_reason, draft.returned_by_name = reason[:500], by_name
    session.flush()


def discard_draft(session: Session, draft_id: uuid.UUID, *, by: Actor, now: datetime) -> Draft:
    """Throw one's own draft away. Raises `NotFound`, or `Conflict` when it was sent off."""
    assert by.user_id is not None, "only people write drafts"
    draft = own_draft(session, draft_id, by.user_id)
    if draft.state not in OPEN:
        raise Conflict(_SENT)
    draft.state, draft.finished_at = DraftState.DISCARDED, now
    draft.fields, draft.word = {}, None
    session.flush()
    return draft


def forget_drafts(session: Session, now: datetime) -> int:
    """Delete drafts that are done, untouched for thirty days, or about an incident that has ended; return how many.

    Authors keep a day to read why a draft came back. What waits for its instant stays.
    """
    over = select(Incident.id).where(Incident.id == Draft.incident_id, Incident.state.in_(ENDED_STATES)).exists()
    old = or_(
        Draft.saved_at < now - KEPT,
        and_(or_(Draft.state.in_(DONE), over), Draft.saved_at < now - KEPT_AFTER_THE_END),
    )
    gone = delete(Draft).where(old, Draft.state != DraftState.QUEUED).execution_options(synchronize_session=False)
    return cast(CursorResult[Any], session.execute(gone)).rowcount
