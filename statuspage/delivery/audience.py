"""Who is told of an event.

Updates of incidents and maintenance go to subscribers confirmed before the publication instant whose choices match;
what ends a story goes to everybody who was told of it, too; corrections and retractions go to those who got the
original; what is going on to the one who has just confirmed; what needs a second person to those who may publish; the
question whether it is fixed to who left an address with a report; everything else to the one person it is about.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from statuspage.delivery.queries import Recipient, reporters_page, told_count, told_page
from statuspage.domain.accounts.enums import Right
from statuspage.domain.accounts.models import AccountLink, User
from statuspage.domain.accounts.queries import people_who_may
from statuspage.domain.components.enums import Visibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.subscribers.models import Confirmation, Subscriber
from statuspage.domain.subscribers.queries import Audience, audience_page, audience_sizes
from statuspage.outbox.enums import Channel, EventKind, Lane
from statuspage.outbox.models import Event

_AFTERWARDS = (EventKind.INCIDENT_CORRECTED, EventKind.INCIDENT_RETRACTED)
_ENDING = (EventKind.INCIDENT_RESOLVED, EventKind.MAINTENANCE_COMPLETED, EventKind.MAINTENANCE_CANCELLED)
_ACCOUNT = (EventKind.ACCOUNT_INVITE, EventKind.ACCOUNT_RESET)


@dataclass(frozen=True)
class Told:
    """Those who were sent the message about `subject_id`."""

    subject_id: uuid.UUID


def is_story(kind: EventKind) -> bool:
    """Tell whether an event is about an incident or a maintenance and goes to subscribers."""
    return kind.startswith(("incident.", "maintenance."))


def lane_of(kind: EventKind) -> Lane:
    """Return the queue an event's messages wait in: a question to hundreds holds up neither news nor passwords."""
    if is_story(kind):
        return Lane.LIVE
    return Lane.BULK if kind is EventKind.REPORT_FOLLOW_UP else Lane.ACCOUNT


def recipients(session: Session, event: Event, *, after: uuid.UUID | None, limit: int) -> Sequence[Recipient]:
    """Return up to `limit` recipients of `event` by id, after the id `after`."""
    if is_story(event.kind):
        return _subscribers(session, event, after, limit)
    if event.kind.startswith("approval."):
        return _approvers(session, event, after, limit)
    if event.kind is EventKind.REPORT_FOLLOW_UP:
        return reporters_page(session, event.subject_id, after=after, limit=limit)
    found = _one_person(session, event)
    return [found] if found and after is None else []


def _subscribers(session: Session, event: Event, after: uuid.UUID | None, limit: int) -> Sequence[Recipient]:
    addressed = addressees(session, event)
    if addressed is None:
        return []
    if isinstance(addressed, Told):
        return told_page(session, addressed.subject_id, after=after, limit=limit)
    return [Recipient(*found) for found in audience_page(session, addressed, after=after, limit=limit)]


def addressees(session: Session, event: Event) -> Audience | Told | None:
    """Return which subscribers an event about an incident or a maintenance goes to, or None when that is gone."""
    if event.kind in _AFTERWARDS:
        return Told(uuid.UUID(event.payload["update"]) if "update" in event.payload else event.subject_id)
    return _audience(session, event)


def head_count(session: Session, addressed: Audience | Told) -> dict[Channel, int]:
    """Return how many of them there are by channel; a channel without any is absent."""
    if isinstance(addressed, Told):
        return told_count(session, addressed.subject_id)
    return audience_sizes(session, addressed)


def _audience(session: Session, event: Event) -> Audience | None:
    told_of = event.thread_id if event.kind in _ENDING else None
    if event.kind.startswith("incident."):
        incident = session.get(Incident, event.thread_id)
        if incident is None:
            return None
        ids = [row.component_id for row in incident.components if row.component.visibility is Visibility.PUBLIC]
        only = uuid.UUID(event.payload["subscriber"]) if event.kind is EventKind.INCIDENT_CURRENT else None
        return Audience(frozenset(ids), incident.impact, event.created_at, told_of, only)
    maintenance = session.get(Maintenance, event.thread_id)
    if maintenance is None:
        return None
    ids = [row.component_id for row in maintenance.components if row.component.visibility is Visibility.PUBLIC]
    return Audience(frozenset(ids), None, event.created_at, told_of)


def _approvers(session: Session, event: Event, after: uuid.UUID | None, limit: int) -> Sequence[Recipient]:
    """Return those who may publish, the author of what it is about left out."""
    found = [Recipient(user.id, user.email) for user in people_who_may(session, Right.PUBLISH)]
    author = event.payload["author"]
    return [one for one in found if str(one.id) != author and (after is None or one.id > after)][:limit]


def _one_person(session: Session, event: Event) -> Recipient | None:
    if event.kind is EventKind.SUBSCRIBER_CONFIRM:
        asked = session.get(Confirmation, event.subject_id)
        subscriber = session.get(Subscriber, asked.subscriber_id) if asked else None
        return Recipient(subscriber.id, subscriber.endpoint) if subscriber else None
    if event.kind in _ACCOUNT:
        link = session.get(AccountLink, event.subject_id)
        user = session.get(User, link.user_id) if link and link.user_id else None
        return Recipient(user.id, user.email) if user else None
    return Recipient(event.subject_id, event.payload["address"])


def current_title(session: Session, event: Event) -> str:
    """Return the title customers see now of the incident or maintenance an event is about."""
    if event.kind.startswith("incident."):
        incident = session.get(Incident, event.thread_id)
        return (incident.public_title or "") if incident else ""
    maintenance = session.get(Maintenance, event.thread_id)
    return maintenance.title if maintenance else ""
