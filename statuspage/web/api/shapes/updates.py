"""What is said about an incident, the record of it, and who was told."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.incidents.enums import Approval, IncidentState, PublicStatus
from statuspage.web.api.shapes.base import Instant, Shape, Version, Words
from statuspage.web.api.shapes.incidents import Affected

Status = Literal["investigating", "identified", "monitoring", "mitigated", "resolved"]


class Change(Shape):
    """What an update did to a component."""

    slug: str
    status: ComponentStatus
    was: ComponentStatus


class UpdateShape(Shape):
    """Something said about an incident."""

    id: uuid.UUID
    code: str
    visibility: Visibility
    status: PublicStatus | IncidentState | None
    """What customers were told, or the state the team moved to; null for a note."""
    body: str
    workaround: str
    components: list[Change]
    display_at: Instant
    """The time readers see."""
    next_update_at: Instant | None
    notify: bool
    author: str
    created_at: Instant
    edited: bool
    version: int
    """Counts its wordings."""
    retracted_at: Instant | None
    retraction_reason: str
    approval: Approval
    """Why it could go out: most updates need nobody's approval."""
    approved_by: str
    unapproved_reason: str
    redacted_at: Instant | None
    """When words were last taken out of it for good."""


class NewUpdate(Shape):
    """Something to be said."""

    visibility: Visibility
    status: Status | None = None
    """In public: investigating, identified, monitoring or resolved (default: as before). Inside: the state the team
    moves to, one of identified, mitigated, resolved (default: a note)."""
    body: Words = ""
    """Needed unless `template` says it."""
    template: str | None = None
    """Name or id of a template: its words are taken where there is no body, its status where there is none."""
    components: tuple[Affected, ...] = ()
    next_update_at: Instant | None = None
    workaround: str | None = None
    notify: bool = True
    display_at: Instant | None = None
    """An earlier time for readers to see."""
    without_approval: str = ""
    """Why it goes out although its severity needs a second person; those who could have approved get it by mail.
    Without a reason: 409."""
    version: Version = None
    """The incident's version that your words are based on. When it moved on: 409 with both texts."""


class Correction(Shape):
    """New words for an update; readers see that it was edited."""

    body: Words
    reason: str = ""
    notify: bool = False
    version: Version = None


class Retraction(Shape):
    """Why an update is taken back; readers see the reason and the time, not the words."""

    reason: str = "Sent by mistake."


class Redaction(Shape):
    """Words to be taken out for good: a `passage`, or all of it with `whole`."""

    passage: str | None = None
    """Word for word; how the words are set apart does not matter. It goes from every version."""
    whole: bool = False
    reason: str
    """For the team, kept for good: do not repeat the words."""
    version: Version = None
    """The version you have seen: of the wording, of a maintenance its own."""


class TitleRedaction(Shape):
    """Another title in place of one that must not be read any more."""

    public_title: str
    title: str | None = None
    """The internal one; when left out it goes with the public one if both are the same."""
    reason: str
    version: Version = None
    """The incident's version you have seen."""


class MilestoneEntry(Shape):
    """An instant in the incident's life."""

    kind: Literal["milestone"] = "milestone"
    at: Instant
    recorded_at: Instant
    by: str
    milestone: str


class UpdateEntry(Shape):
    """Something that was said."""

    kind: Literal["update"] = "update"
    at: Instant
    by: str
    update: UpdateShape


class DeedEntry(Shape):
    """Something that was done."""

    kind: Literal["action"] = "action"
    at: Instant
    by: str
    action: str
    details: dict[str, object]


Entry = Annotated[MilestoneEntry | UpdateEntry | DeedEntry, Field(discriminator="kind")]


class Timeline(Shape):
    """Everything that happened in an incident, newest first."""

    items: list[Entry]
    next: None = None


class Told(Shape):
    """What became of the messages about one update."""

    id: uuid.UUID
    """The update's id."""
    status: PublicStatus | None
    created_at: Instant
    recipients: int
    sent: int
    waiting: int
    uncertain: int
    failed: int
    left_out: int
    """A newer message said more, or the recipient had left."""
    addressing: bool
    """Recipients are still being added."""
