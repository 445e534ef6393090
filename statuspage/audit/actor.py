"""Who acts: a person, a token, a subscriber, the shell or the program itself."""

import uuid
from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What sort of actor made a change."""

    USER = "user"
    TOKEN = "token"  # noqa: S105  # names a kind of actor, no secret
    SUBSCRIBER = "subscriber"
    SHELL = "shell"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who makes a change; `name` is what the timeline shows, `id` the user or token behind it."""

    kind: ActorKind
    name: str
    id: uuid.UUID | None = None

    @property
    def user_id(self) -> uuid.UUID | None:
        """The person's id, when a person signed in to the panel acts."""
        return self.id if self.kind is ActorKind.USER else None


SYSTEM = Actor(ActorKind.SYSTEM, "Statuspage")
SHELL = Actor(ActorKind.SHELL, "command line")
SUBSCRIBER = Actor(ActorKind.SUBSCRIBER, "subscriber")
