"""Who will be told, and whether anybody is there to tell them: what stands on and beside the button that publishes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from statuspage.domain.subscribers.enums import SubscriberState
from statuspage.domain.subscribers.queries import Audience, audience_size, subscriber_counts
from statuspage.outbox.duties import last_seen, worker_is_alive
from statuspage.web.kit.current import now, session

if TYPE_CHECKING:
    from statuspage.domain.components.models import Component
    from statuspage.domain.incidents.enums import Impact


class Named(Protocol):
    """A component as an incident or a maintenance names it."""

    component_id: uuid.UUID
    component: "Component"


@dataclass(frozen=True)
class Reach:
    """How many mails a word leads to; `waiting` says that no worker is there to send them, which was last seen at
    `worker_seen_at` (None before the first)."""

    mails: int
    waiting: bool
    worker_seen_at: datetime | None


def reach(mails: int) -> Reach:
    """Return the truth about `mails` mails that are about to be written."""
    waiting = mails > 0 and not worker_is_alive(session(), now())
    return Reach(mails, waiting, last_seen(session()) if waiting else None)


def reach_about(named: Iterable[Named], impact: "Impact | None") -> Reach:
    """Return how many hear of the public ones among `named` at this impact; None means maintenance."""
    public = frozenset(row.component_id for row in named if row.component.public)
    return reach(audience_size(session(), Audience(public, impact, now())))


def reach_of_all() -> Reach:
    """Return how many subscribers there are: before anybody chose what it is about."""
    return reach(subscriber_counts(session()).get(SubscriberState.CONFIRMED, 0))
