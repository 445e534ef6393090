"""When this host last agreed with its database: what `/freshness.json` answers from memory."""

import json
from datetime import datetime

from statuspage.core.clock import Clock, rfc3339


class Freshness:
    """Remembers the instant of the last agreement; the follower sets it, the door reports it.

    `since` is what earlier processes of this host left behind: the time of the store's generation, or None.
    """

    def __init__(self, clock: Clock, since: datetime | None = None) -> None:
        self._clock = clock
        self.agreed_at = since

    def agree(self) -> None:
        """Note that the stored pages show what the database holds right now."""
        self.agreed_at = self._clock.now()

    def report(self) -> bytes:
        """Return the JSON document: `agreed_at` (RFC 3339, UTC) and `age_seconds`, by this host's clock;
        null if never."""
        agreed_at = self.agreed_at
        if agreed_at is None:
            return b'{"agreed_at": null, "age_seconds": null}\n'
        age = max(0, int((self._clock.now() - agreed_at).total_seconds()))
        return json.dumps({"agreed_at": rfc3339(agreed_at), "age_seconds": age}).encode() + b"\n"
