"""What a channel answers about one message. Values, never exceptions: whoever sends has to look at each of
them.

The schedule, the 24 hours and the second try after `Uncertain` belong to `delivery.retry`; a channel only
reports what the other side said.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side took responsibility. `receipt` is what it said, for the person who has to ask it."""

    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Retry:
    """Not taken, and worth another try: after `after`, or by the schedule when the other side named no time.

    `unreachable` says that no conversation came about at all: whoever sends pauses before the next message.
    """

    reason: str
    after: timedelta | None = None
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """Refused for good: this message will never reach this address."""

    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Handed over, but the answer was lost (RFC 1047): it may have been taken."""

    reason: str


Outcome = Delivered | Retry | Gone | Uncertain
