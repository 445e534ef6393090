"""Reading what a message says: an event's facts as they stand when it is written.

A message is written moments before it is sent, so a correction or a redaction made meanwhile is already in it. The
title is the one the thread began with. Only components customers may know are named.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from statuspage.core.languages import Speech
from statuspage.core.links import Links
from statuspage.delivery.messages.facts import ApprovalFacts, Facts, FollowUpFacts, NoticeFacts
from statuspage.delivery.messages.stories import incident_facts, maintenance_facts, quotes
from statuspage.domain.accounts.models import AccountLink, User
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.models import Incident, Update
from statuspage.domain.subscribers.models import Confirmation, Subscriber
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event


def read_facts(
    session: Session, event: Event, links: Links, speech: Speech, *, earlier: Sequence[uuid.UUID] = ()
) -> Facts | None:
    """Return what the message of `event` says, or None when there is nothing left to say.

    `earlier` are events of the same thread that this message overtook and therefore quotes, oldest first.
    """
    if event.kind.startswith("incident."):
        return incident_facts(session, event, links, speech, quotes(session, earlier, speech))
    if event.kind.startswith("maintenance."):
        return maintenance_facts(session, event, links, speech, quotes(session, earlier, speech))
    if event.kind is EventKind.SUBSCRIBER_CONFIRM:
        asked = session.get(Confirmation, event.subject_id)
        return NoticeFacts(_minutes(asked.created_at, asked.expires_at)) if asked else None
    if event.kind in (EventKind.ACCOUNT_INVITE, EventKind.ACCOUNT_RESET):
        return _account_facts(session, event)
    if event.kind is EventKind.APPROVAL_ASKED:
        return _asked_facts(session, event)
    if event.kind is EventKind.APPROVAL_WAIVED:
        return _waived_facts(session, event)
    if event.kind is EventKind.REPORT_FOLLOW_UP:
        return _follow_up_facts(session, event, links)
    return NoticeFacts()


def locale_of(session: Session, event: Event) -> str:
    """Return the locale of the one subscriber whom `event` asks to confirm; nothing for every other event."""
    asked = session.get(Confirmation, event.subject_id) if event.kind is EventKind.SUBSCRIBER_CONFIRM else None
    subscriber = session.get(Subscriber, asked.subscriber_id) if asked else None
    return subscriber.locale if subscriber else ""


def _follow_up_facts(session: Session, event: Event, links: Links) -> FollowUpFacts:
    incident = session.get(Incident, uuid.UUID(event.payload["incident"]))
    if incident is None or not incident.public:
        return FollowUpFacts()
    return FollowUpFacts(incident.public_title or "", links.incident(incident.code))


def _asked_facts(session: Session, event: Event) -> ApprovalFacts | None:
    draft = session.get(Draft, uuid.UUID(event.payload["draft"]))
    if draft is None or draft.incident is None or draft.asked_id != event.subject_id:
        return None  # it was decided or taken back meanwhile
    path = f"incidents/drafts/{draft.id}"
    return ApprovalFacts(draft.author_name, draft.incident.ref, draft.incident.title, path)


def _waived_facts(session: Session, event: Event) -> ApprovalFacts:
    update = session.get_one(Update, event.subject_id)
    incident, path = update.incident, f"incidents/{update.incident.ref}#update-{update.code}"
    return ApprovalFacts(update.author_name, incident.ref, incident.title, path, update.unapproved_reason)


def _account_facts(session: Session, event: Event) -> NoticeFacts | None:
    link = session.get(AccountLink, event.subject_id)
    user = session.get(User, link.user_id) if link and link.user_id else None
    if link is None or user is None or link.used_at is not None:
        return None
    return NoticeFacts(_minutes(link.created_at, link.expires_at), role=user.role)


def _minutes(start: datetime, end: datetime) -> int:
    return (end - start) // timedelta(minutes=1)
