"""What a message says, as plain values: read once per event by `loading`, written out by `rendering`."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from statuspage.core.languages import SOURCE, Language
from statuspage.core.links import Links
from statuspage.delivery.messages.words import Tone


@dataclass(frozen=True)
class SiteFacts:
    """Who writes. `zone` is an IANA zone, `sender` the address mail comes from, `own` the language staff write in."""

    name: str
    zone: str
    links: Links
    sender: str
    own: Language = SOURCE


@dataclass(frozen=True)
class ComponentFacts:
    """A component customers know, and how it is doing, in words."""

    name: str
    state: str


@dataclass(frozen=True)
class EarlierFacts:
    """An update this recipient has not been sent, because this message overtook it."""

    state: str
    at: datetime
    body: str
    removed_at: datetime | None = None


@dataclass(frozen=True)
class StoryFacts:
    """One word about an incident or a maintenance. `title` is the one its first message had; texts are CommonMark.

    `thread` is the id its messages are threaded by, `code` and `update` the public codes, `status` the public word a
    machine may filter by, `state` the same for people. `note` says why something was corrected or taken back,
    `removed_at` when words were taken out of `body` for good.
    """

    thread: uuid.UUID
    code: str
    update: str
    path: str
    title: str
    status: str
    state: str
    tone: Tone
    impact: str
    body: str
    at: datetime
    started_at: datetime
    ended_at: datetime | None = None
    next_update_at: datetime | None = None
    workaround: str = ""
    note: str = ""
    removed_at: datetime | None = None
    components: tuple[ComponentFacts, ...] = ()
    earlier: tuple[EarlierFacts, ...] = ()


@dataclass(frozen=True)
class NoticeFacts:
    """A message about one person's own account or subscription: `minutes` is how long its link works."""

    minutes: int = 0
    role: str = ""

    @property
    def hours(self) -> int:
        """The same in whole hours."""
        return self.minutes // 60


@dataclass(frozen=True)
class ApprovalFacts:
    """A message to those who approve: whose update it is, about which incident (`title` is the team's), `path` below
    the panel leads there; `reason` is why nobody was asked. The words themselves are read in the panel."""

    author: str
    ref: str
    title: str
    path: str
    reason: str = ""


@dataclass(frozen=True)
class FollowUpFacts:
    """The one question to who reported a problem: `title` and `path` are those of the incident that is over, empty when
    customers know of none."""

    title: str = ""
    path: str = ""


Facts = StoryFacts | NoticeFacts | ApprovalFacts | FollowUpFacts
