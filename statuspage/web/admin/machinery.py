"""Whether what was published really goes out: is a worker alive, what waits, since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.outbox.duties import last_seen, worker_is_alive
from statuspage.outbox.queries import backlog
from statuspage.web.kit.current import now, session

LATE = timedelta(minutes=2)


@dataclass(frozen=True)
class Machinery:
    """The truth about mail: `worker_seen_at` is None before the first worker, `waiting_since` when nothing waits."""

    worker_alive: bool
    worker_seen_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    late: bool

    @property
    def healthy(self) -> bool:
        """Whether nobody has to do anything."""
        return self.worker_alive and not self.late


def machinery() -> Machinery:
    """Return how the worker and the queue of mail are doing."""
    queue = backlog(session())
    return Machinery(
        worker_alive=worker_is_alive(session(), now()),
        worker_seen_at=last_seen(session()),
        waiting=queue.waiting,
        waiting_since=queue.since,
        late=queue.since is not None and now() - queue.since > LATE,
    )
