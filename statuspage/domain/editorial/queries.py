"""Reading what is not published yet. Drafts about restricted incidents are left out like the incidents themselves."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from statuspage.core.errors import NotFound
from statuspage.domain.accounts.enums import Right
from statuspage.domain.accounts.queries import people_who_may
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.rules import OPEN, SENT
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import Reader
from statuspage.domain.incidents.queries.readers import visible_to
from statuspage.domain.incidents.rules import ENDED_STATES

_GONE = "This draft is gone: it was forgotten, or is not yours to see. Go back to the incident."


def is_due(now: datetime) -> ColumnElement[bool]:
    """The condition that a draft goes out now, or that nothing more can be said about its incident."""
    over = select(Incident.id).where(
        Incident.id == Draft.incident_id, or_(Incident.state.in_(ENDED_STATES), Incident.restricted)
    )
    return and_(Draft.state == DraftState.QUEUED, or_(Draft.due_at <= now, over.exists()))


def anything_to_publish(session: Session, now: datetime) -> bool:
    """Tell whether a draft is due to go out. Reads, writes nothing."""
    return session.scalar(select(Draft.id).where(is_due(now)).limit(1)) is not None


def draft_by_id(session: Session, draft_id: uuid.UUID, reader: Reader) -> Draft:
    """Return a draft about an incident that `reader` may know of, with the incident. Raises `NotFound`."""
    query = select(Draft).join(Draft.incident).where(Draft.id == draft_id, visible_to(reader))
    found = session.scalar(query.options(joinedload(Draft.incident)).execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_GONE)
    return found


def own_draft(session: Session, draft_id: uuid.UUID, author_id: uuid.UUID) -> Draft:
    """Return a draft of its author. Raises `NotFound`."""
    found = session.scalar(select(Draft).where(Draft.id == draft_id, Draft.author_id == author_id))
    if found is None:
        raise NotFound(_GONE)
    return found


def drafts_about(session: Session, incident_id: uuid.UUID) -> Sequence[Draft]:
    """Return what is written about an incident and not published, what goes out first at the top."""
    query = select(Draft).where(Draft.incident_id == incident_id, Draft.state.in_((*OPEN, *SENT)))
    return session.scalars(query.order_by(Draft.due_at.is_(None), Draft.due_at, Draft.id)).all()


def written_declaration(session: Session, author_id: uuid.UUID) -> Draft | None:
    """Return the declaration somebody has begun to write."""
    query = select(Draft).where(
        Draft.author_id == author_id, Draft.incident_id.is_(None), Draft.state == DraftState.WRITING
    )
    return session.scalar(query)


def waiting_drafts(session: Session, reader: Reader, *, limit: int = 50) -> Sequence[Draft]:
    """Return what was sent off and is not out yet, or came back with a word, with its incident, oldest first."""
    came_back = and_(Draft.state == DraftState.RETURNED, Draft.returned_reason != "")
    query = select(Draft).join(Draft.incident).where(or_(Draft.state.in_(SENT), came_back), visible_to(reader))
    return session.scalars(query.options(joinedload(Draft.incident)).order_by(Draft.id).limit(limit)).all()


def latest_words(session: Session, incident: Incident) -> str:
    """Return what was last said or sent off about an incident: the other half of a conflict."""
    sent = [draft for draft in drafts_about(session, incident.id) if draft.state in SENT]
    newest = max(sent, key=lambda draft: draft.saved_at, default=None)
    said = incident.updates[0] if incident.updates else None
    if newest and (said is None or newest.saved_at >= said.created_at):
        return newest.body
    return said.current.body if said else incident.title


def may_speak(session: Session, user_id: uuid.UUID) -> bool:
    """Tell whether somebody may publish now."""
    return any(person.id == user_id for person in people_who_may(session, Right.PUBLISH))


def is_alone(session: Session, author_id: uuid.UUID | None) -> bool:
    """Tell whether nobody but the author could approve an update."""
    return all(person.id == author_id for person in people_who_may(session, Right.PUBLISH))
