"""A message as its readers will get it, before anybody gets it: for whoever is about to publish.

`announced` reads what is written but not committed; the rest needs no transaction, so the writer rolls back at once
and holds nobody up while the words are laid out.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.languages import Speech, speech, spoken
from statuspage.core.links import Links
from statuspage.delivery.audience import Told, addressees
from statuspage.delivery.messages.chat import ChatCard, write_chat
from statuspage.delivery.messages.facts import Facts, SiteFacts, StoryFacts
from statuspage.delivery.messages.loading import read_facts
from statuspage.delivery.messages.marks import Marks
from statuspage.delivery.messages.rendering import Words, write_words
from statuspage.domain.components.queries import site_profile
from statuspage.domain.subscribers.queries import Audience
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event

GAP = "…"  # stands for each recipient's own links


@dataclass(frozen=True)
class Announcement:
    """What an event says and to whom, as plain values that outlive its transaction."""

    kind: EventKind
    facts: Facts
    addressed: Audience | Told
    site: SiteFacts
    speech: Speech

    @property
    def mail(self) -> Words:
        """The mail; where it differs between recipients stands a gap."""
        marks = Marks()
        words = write_words(self.kind, self.speech, self.facts, self.site, marks=marks)
        pieces = marks.split(words.text)
        return Words(words.subject, "".join(GAP if place % 2 else piece for place, piece in enumerate(pieces)))

    @property
    def chat(self) -> ChatCard | None:
        """The chat card; None for what concerns one person alone."""
        return write_chat(self.facts, self.site, self.speech) if isinstance(self.facts, StoryFacts) else None


def announced(session: Session, subject_id: uuid.UUID, links: Links, sender: str) -> Announcement | None:
    """Return what the newest event about `subject_id` leads to, or None when nobody is told of it.

    Works on what is flushed but not committed: ask, roll back, show.
    """
    event = session.scalar(select(Event).where(Event.subject_id == subject_id).order_by(Event.id.desc()).limit(1))
    addressed = addressees(session, event) if event else None
    if event is None or addressed is None:
        return None
    profile = site_profile(session)
    own = speech(spoken(profile.locale))
    facts = read_facts(session, event, links, own)
    if facts is None:
        return None
    site = SiteFacts(profile.name, profile.timezone, links, sender, own.language)
    return Announcement(event.kind, facts, addressed, site, own)
