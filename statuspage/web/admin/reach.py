"""Who will be told, and whether anybody is there to tell them: what stands on and beside the button that publishes."""

from dataclasses import dataclass
from datetime import datetime

from statuspage.outbox.duties import last_seen, worker_is_alive
from statuspage.web.kit.current import now, session


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
