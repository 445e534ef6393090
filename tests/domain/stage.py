"""A smaller stage than `tests.kit.cast`, for tests of the domain alone: components without subscribers, one outage."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor, ActorKind
from statuspage.domain.components.actions import ComponentDraft, create_component, create_group, seed_profile
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.models import Component
from statuspage.domain.incidents.actions import UpdateDraft
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.models import Incident
from tests.kit import cast

BEN = Actor(ActorKind.USER, "Ben Okafor")


def profile(session: Session, now: datetime) -> None:
    """Make the page's profile: Acme, in Berlin's time, a hundred days old."""
    seed_profile(session, "Acme", "Europe/Berlin", "en", now=now - timedelta(days=100))
    session.flush()


def components(session: Session, now: datetime) -> dict[str, Component]:
    """Make Web, API and Mail, a hundred days old; Web and API in the group Shop."""
    profile(session, now)
    born = now - timedelta(days=100)
    group = create_group(session, "Shop", by=BEN, now=born)
    drafts = [ComponentDraft("Web", group=group.slug), ComponentDraft("API", group=group.slug), ComponentDraft("Mail")]
    for draft in drafts:
        create_component(session, draft, by=BEN, now=born)
    return {component.slug: component for component in session.scalars(select(Component))}


def outage(
    session: Session,
    now: datetime,
    *,
    public: bool = True,
    severity: Severity = Severity.SEV2,
    slug: str = "api",
    next_update_at: datetime | None = None,
) -> Incident:
    """Declare a partial outage of one component, published with its first notice unless `public` is False."""
    first = UpdateDraft("We are looking into it.", next_update_at=next_update_at) if public else None
    hit = cast.affects(**{slug: ComponentStatus.PARTIAL_OUTAGE})
    return cast.declare(session, BEN, now, title="Payments fail", severity=severity, components=hit, update=first)
