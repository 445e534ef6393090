"""Subscribing, confirming, choosing, leaving; and what staff do to the list."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import SUBSCRIBER, Actor
from statuspage.core.db import new_id
from statuspage.core.errors import Conflict, Invalid, NotFound
from statuspage.core.languages import Language, marked
from statuspage.domain.accounts.actions import clean_email
from statuspage.domain.components.queries import components_by_slugs, site_profile
from statuspage.domain.incidents.enums import Impact
from statuspage.domain.incidents.queries import open_public_incidents
from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.models import Confirmation, Subscriber, SubscriberComponent
from statuspage.domain.subscribers.queries import (
    confirmation_or_none,
    endpoint_key,
    newest_confirmation,
    subscriber_by_endpoint,
    subscriber_by_id,
)
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import Channel, EventKind

CONFIRM_WITHIN = timedelta(hours=48)
ASK_AGAIN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Choices:
    """What somebody wants to hear of. `components` None means all; else slugs, at least one. `locale` None leaves the
    language as it is; at first it is the page's own."""

    components: tuple[str, ...] | None = None
    minimum_impact: Impact = Impact.NONE
    maintenance: bool = True
    locale: Language | None = None


def _apply(session: Session, subscriber: Subscriber, choices: Choices, now: datetime) -> None:
    found = components_by_slugs(session, choices.components or ())
    if choices.components is not None and not found:
        raise Invalid({"components": marked("Choose at least one component, or all of them.")})
    if any(not component.public for component in found.values()):
        raise Invalid({"components": marked("Choose from the components on the page.")})
    subscriber.all_components = choices.components is None
    wanted = {component.id for component in found.values()}
    subscriber.chosen = [row for row in subscriber.chosen if row.component_id in wanted]
    known = {row.component_id for row in subscriber.chosen}
    subscriber.chosen += [SubscriberComponent(component=c) for c in found.values() if c.id not in known]
    subscriber.minimum_impact = choices.minimum_impact
    subscriber.maintenance = choices.maintenance
    subscriber.locale = choices.locale or subscriber.locale
    subscriber.updated_at = now


def _new(session: Session, address: str, choices: Choices, now: datetime) -> Subscriber:
    subscriber = Subscriber(
        channel=Channel.EMAIL,
        endpoint=address,
        endpoint_key=endpoint_key(address),
        state=SubscriberState.PENDING,
        chosen=[],
        locale=site_profile(session).locale,
        created_at=now,
    )
    _apply(session, subscriber, choices, now)
    session.add(subscriber)
    session.flush()
    return subscriber


def _ask(session: Session, subscriber: Subscriber, now: datetime) -> None:
    asked = Confirmation(subscriber_id=subscriber.id, created_at=now, expires_at=now + CONFIRM_WITHIN)
    session.add(asked)
    session.flush()
    emit(session, EventKind.SUBSCRIBER_CONFIRM, asked.id, now, thread_id=subscriber.id)


def request_subscription(session: Session, email: str, choices: Choices, *, now: datetime) -> None:
    """Ask the owner of an address to confirm, at most once in 24 hours; the answer never tells whether it is known.

    A confirmed address stays exactly as it is. Raises `Invalid` for no mail address or unknown components.
    """
    address = clean_email(email)
    known = subscriber_by_endpoint(session, Channel.EMAIL, address)
    if known is None:
        _ask(session, _new(session, address, choices, now), now)
        return
    if known.state is SubscriberState.CONFIRMED:
        return
    _apply(session, known, choices, now)
    asked = newest_confirmation(session, known.id)
    if asked is None or now - asked.created_at >= ASK_AGAIN_AFTER:
        _ask(session, known, now)


def confirm_subscription(session: Session, confirmation_id: uuid.UUID, *, now: datetime) -> Subscriber:
    """Confirm; doing it twice changes nothing. What is going on now is told at once.

    Raises `NotFound` when the link is too old.
    """
    asked = confirmation_or_none(session, confirmation_id, now)
    if asked is None:
        raise NotFound("This link is too old or used up. Subscribe again to get a new one.")
    subscriber = subscriber_by_id(session, asked.subscriber_id)
    if subscriber.state is SubscriberState.PENDING:
        _confirm(subscriber, now)
        record(session, SUBSCRIBER, "subscriber.confirmed", ("subscriber", subscriber.id), now)
        _tell_what_is_going_on(session, subscriber, now)
    return subscriber


def _tell_what_is_going_on(session: Session, subscriber: Subscriber, now: datetime) -> None:
    """Let the newcomer have the last word about each open incident; who wants to hear of which is for delivery."""
    for incident in open_public_incidents(session):
        said = next((update for update in incident.updates if update.public and not update.retracted_at), None)
        if said is not None:
            payload = {"subscriber": str(subscriber.id), "update": str(said.id)}
            emit(session, EventKind.INCIDENT_CURRENT, new_id(), now, thread_id=incident.id, payload=payload)


def _confirm(subscriber: Subscriber, now: datetime) -> None:
    subscriber.state, subscriber.confirmed_at, subscriber.updated_at = SubscriberState.CONFIRMED, now, now


def change_choices(
    session: Session, subscriber_id: uuid.UUID, choices: Choices, *, by: Actor = SUBSCRIBER, now: datetime
) -> Subscriber:
    """Change what a subscriber hears of. Raises `NotFound`, `Invalid`."""
    subscriber = subscriber_by_id(session, subscriber_id)
    _apply(session, subscriber, choices, now)
    record(session, by, "subscriber.changed", ("subscriber", subscriber.id), now)
    return subscriber


def unsubscribe(session: Session, subscriber_id: uuid.UUID, *, by: Actor = SUBSCRIBER, now: datetime) -> None:
    """Forget a subscriber at once; doing it twice changes nothing."""
    found = session.get(Subscriber, subscriber_id)
    if found is not None:
        session.delete(found)
        record(session, by, "subscriber.left", ("subscriber", subscriber_id), now)


def add_subscriber(
    session: Session, email: str, choices: Choices, *, confirmed: bool, by: Actor, now: datetime
) -> Subscriber:
    """Add somebody for staff: confirmed at once when they agreed elsewhere, else asked by mail.

    Raises `Conflict` when the address is known, `Invalid` for bad fields.
    """
    address = clean_email(email, "endpoint")
    if subscriber_by_endpoint(session, Channel.EMAIL, address):
        raise Conflict("This address is on the list already.")
    subscriber = _new(session, address, choices, now)
    if confirmed:
        _confirm(subscriber, now)
    else:
        _ask(session, subscriber, now)
    record(session, by, "subscriber.added", ("subscriber", subscriber.id), now, confirmed=confirmed)
    return subscriber


def remove_subscriber(session: Session, subscriber_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Take somebody off the list for staff. Raises `NotFound`."""
    if session.get(Subscriber, subscriber_id) is None:
        raise NotFound("This subscriber is gone already.")
    unsubscribe(session, subscriber_id, by=by, now=now)


def expire_unconfirmed(session: Session, now: datetime) -> int:
    """Forget addresses whose owners were asked more than 48 hours ago and never confirmed; return how many."""
    still_asked = select(Confirmation.subscriber_id).where(Confirmation.expires_at > now)
    stale = delete(Subscriber).where(Subscriber.state == SubscriberState.PENDING, Subscriber.id.not_in(still_asked))
    return len(session.execute(stale.returning(Subscriber.id)).all())
