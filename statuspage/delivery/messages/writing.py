"""One event in one language, written once: facts, letter, bytes with gaps for each recipient."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy.orm import Session

from statuspage.core.languages import speech, spoken
from statuspage.core.links import Links
from statuspage.delivery.messages.facts import SiteFacts
from statuspage.delivery.messages.loading import read_facts
from statuspage.delivery.messages.marks import Marks, Pattern
from statuspage.delivery.messages.mime import compose
from statuspage.delivery.messages.rendering import write_letter
from statuspage.domain.components.queries import site_profile
from statuspage.outbox.enums import EventKind
from statuspage.outbox.models import Event


@dataclass(frozen=True)
class Written:
    """A message ready to be filled in; `subject_id` is what its event is about, `stamp` when it happened, for names of
    files."""

    pattern: Pattern
    kind: EventKind
    subject_id: uuid.UUID
    stamp: str


@dataclass(frozen=True)
class Writer:
    """Writes as the installation behind `links`, from the address `sender`."""

    links: Links
    sender: str

    def write(
        self, session: Session, event_id: uuid.UUID, locale: str, earlier: Sequence[uuid.UUID] = ()
    ) -> Written | None:
        """Return the message of an event in `locale` (empty: the page's own), or None when nothing is left to say.

        `earlier` are the events this message overtook and quotes.
        """
        event = session.get_one(Event, event_id)
        profile = site_profile(session)
        own = speech(spoken(locale or profile.locale))
        facts = read_facts(session, event, self.links, own, earlier=earlier)
        if facts is None:
            return None
        site = SiteFacts(profile.name, profile.timezone, self.links, self.sender)
        marks = Marks()
        letter = write_letter(event.kind, own, facts, site, event.created_at, marks=marks)
        stamp = f"{event.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return Written(compose(letter, marks), event.kind, event.subject_id, stamp)
