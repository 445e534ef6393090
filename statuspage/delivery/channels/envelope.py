"""What a channel is handed: a finished message and where it goes."""

from dataclasses import dataclass
from typing import Protocol

from statuspage.outbox.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message to one recipient; addresses are ASCII, lines of `message` end in CRLF.

    `name` is the same each time this message is sent and sorts by when it was written.
    """

    sender: str
    recipient: str
    message: bytes
    name: str


class Transport(Protocol):
    """What every way of sending mail offers; used by one thread."""

    def send(self, envelope: Envelope, following: Envelope | None = None) -> Outcome:
        """Hand over one message and say what became of it; faults of the other side are outcomes, not
        exceptions. `following` is what comes next, if nothing comes between: it may be announced, but not sent."""
        ...

    def close(self) -> None:
        """Let go of connections; the next `send` opens what it needs."""
        ...
