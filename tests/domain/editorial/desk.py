"""What the tests of drafts share: an open incident, a word about it, sending it off."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.domain.editorial.actions import Sending, Typed, Word, send_draft
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.actions.clearing import change_publishing
from statuspage.domain.incidents.enums import PublicStatus, Severity
from statuspage.domain.incidents.models import Incident, Update
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.domain.incidents.rules import Publishing
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event
from tests.kit.cast import Cast, declare, says

REF = "INC-2026-0001"


def opened(session: Session, cast: Cast, now: datetime, *gated: Severity, **changes: Any) -> Incident:
    """Declare "Checkout fails" for customers, with ten seconds to undo; `gated` severities need a second person."""
    incident = declare(session, cast.ben, now, **changes)
    change_publishing(session, Publishing(10, frozenset(gated)), by=cast.ada, now=now)
    return incident_by_ref(session, incident.ref, EVERYTHING)


def word(body: str = "It was route B.", **more: Any) -> Word:
    return Word(says(body, PublicStatus.IDENTIFIED, **more))


def typed(body: str = "It was route B.", **more: Any) -> Typed:
    return Typed({"body": [body], "status": ["identified"], "level.web": ["partial_outage"]}, **more)


def send(session: Session, by: Actor, now: datetime, body: str = "It was route B.", **more: Any) -> Draft:
    """Send an update of the open incident off."""
    given = {"word": word(body), "typed": typed(body), **more}
    return send_draft(session, incident_by_ref(session, REF, EVERYTHING), Sending(**given), by=by, now=now)


def bodies(session: Session) -> list[str]:
    """Return what customers were told, oldest first."""
    said = session.scalars(select(Update).where(Update.published_at.is_not(None)).order_by(Update.id))
    return [update.current.body for update in said]


def events(session: Session, kind: EventKind) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)))
