"""The fixed cast: Ada the admin, Ben the incident manager, Cleo who may only look, Sam who subscribed; the components
Web and API in the group Platform, and Mail on its own; publishing without time to undo it. And the few things that
happen to them in many tests.

    cast = settle(session, now)                                  everybody, in an open transaction
    incident = declare(session, cast.ben, now)                   public: "Checkout fails", Web down
    post_update(session, incident, says("Found it.", IDENTIFIED), by=cast.ben, now=now)
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from statuspage.audit.actor import SYSTEM, Actor, ActorKind
from statuspage.core.db import Database, commit
from statuspage.core.ids import random_token
from statuspage.core.passwords import hash_password
from statuspage.core.secrets import hash_token
from statuspage.domain.accounts.enums import Role
from statuspage.domain.accounts.models import User, UserSession
from statuspage.domain.accounts.queries import user_or_none
from statuspage.domain.components.actions import ComponentDraft, create_component, create_group, seed_profile
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import ComponentImpact, IncidentDraft, UpdateDraft, declare_incident
from statuspage.domain.incidents.enums import PublicStatus, Severity
from statuspage.domain.incidents.models import Incident, PublishingRules
from statuspage.domain.maintenance.actions import MaintenanceDraft, plan_maintenance
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.subscribers.actions import Choices, add_subscriber

PASSWORD = "violet anchors drift slowly"
ADA, BEN, CLEO, SAM = "ada@example.com", "ben@example.com", "cleo@example.com", "sam@example.net"
COMPONENTS = ("web", "api", "mail")


@dataclass(frozen=True)
class Cast:
    """The staff as actors, for `by=`."""

    ada: Actor
    ben: Actor
    cleo: Actor


@cache
def _hashed_password() -> str:
    return hash_password(PASSWORD)  # slow on purpose, so once per process


def add_user(session: Session, email: str, role: Role, now: datetime) -> Actor:
    """Add somebody who signs in with `PASSWORD`, and return them as an actor."""
    name = email.partition("@")[0].capitalize()
    user = User(email=email, email_key=email, name=name, role=role, password_hash=_hashed_password(), created_at=now)
    session.add(user)
    session.flush()
    return Actor(ActorKind.USER, name, user.id)


def settle(session: Session, now: datetime) -> Cast:
    """Bring the whole cast onto the stage; the components stand there since ninety days before `now`."""
    long_ago = now - timedelta(days=90)
    seed_profile(session, "Acme", "Europe/Berlin", "en", now=long_ago)
    platform = create_group(session, "Platform", by=SYSTEM, now=long_ago).slug
    for name, group in (("Web", platform), ("API", platform), ("Mail", None)):
        create_component(session, ComponentDraft(name=name, group=group), by=SYSTEM, now=long_ago)
    add_subscriber(session, SAM, Choices(), confirmed=True, by=SYSTEM, now=long_ago)
    session.add(PublishingRules(id=1, undo_seconds=0, approval_severities=[]))
    return Cast(
        ada=add_user(session, ADA, Role.ADMIN, long_ago),
        ben=add_user(session, BEN, Role.MANAGER, long_ago),
        cleo=add_user(session, CLEO, Role.VIEWER, long_ago),
    )


def says(body: str, status: PublicStatus = PublicStatus.INVESTIGATING, **more: Any) -> UpdateDraft:
    """Return a public update to be posted."""
    return UpdateDraft(body=body, status=status, **more)


def affects(**statuses: ComponentStatus) -> tuple[ComponentImpact, ...]:
    """Return component impacts, as in `affects(web=ComponentStatus.MAJOR_OUTAGE)`."""
    return tuple(ComponentImpact(slug, status) for slug, status in statuses.items())


CHECKOUT = IncidentDraft(title="Checkout fails", severity=Severity.SEV2)


def declare(session: Session, by: Actor, now: datetime, **changes: Any) -> Incident:
    """Declare "Checkout fails", public, Web down; `changes` replace fields of the draft (`update=None`: internal)."""
    components = affects(web=ComponentStatus.MAJOR_OUTAGE)
    opening = says("Payments are declined. We are looking into it.", components=components)
    draft = replace(CHECKOUT, components=components, update=opening)
    return declare_incident(session, replace(draft, **changes), by=by, now=now)


def plan(session: Session, by: Actor, now: datetime, **changes: Any) -> Maintenance:
    """Plan an hour of work on Mail for tomorrow at the same time; `changes` replace fields of the draft."""
    begin = now + timedelta(days=1)
    draft = MaintenanceDraft(
        title="New mail servers",
        components=("mail",),
        starts_at=begin,
        ends_at=begin + timedelta(hours=1),
        timezone="Europe/Berlin",
        body="Mail may be late while we change servers.",
    )
    return plan_maintenance(session, replace(draft, **changes), by=by, now=now)


def opened_session(database: Database, email: str, now: datetime) -> str:
    """Open a session for somebody of the cast and return the token of its cookie."""
    with database.session() as session:
        user, token = user_or_none(session, email), random_token()
        assert user and user.active, f"{email} is not let in"
        session.add(UserSession(token_hash=hash_token(token), user=user, created_at=now, seen_at=now, agent=""))
        commit(session)
    return token
