"""One event in one language, written once: facts, letter, bytes with gaps for each recipient."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy.orm import Session

from statuspage.core.languages import speech, spoken
from statuspage.core.links import Links
from statuspage.delivery.messages.facts import SiteFacts
from statuspage.delivery.messages.loading import locale_of, read_facts
from statuspage.delivery.messages.marks import Marks, Pattern
from statuspage.delivery.messages.mime import compose
from statuspage.delivery.messages.rendering import write_letter
from statuspage.domain.components.queries import editions, site_profile
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
        """Return the message of an event in the language of `locale` (empty: the page's own), or None when nothing is
        left to say. Its links lead to pages in that language where the page is shown in it.

        `earlier` are the events this message overtook and quotes.
        """
        event = session.get_one(Event, event_id)
        profile = site_profile(session)
        shown, known = editions(session), locale or locale_of(session, event)
        said = speech(spoken(known) if known else shown.own)
        links = self.links.under(shown.prefix(said.language))
        facts = read_facts(session, event, links, said, earlier=earlier)
        if facts is None:
            return None
        site = SiteFacts(profile.name, profile.timezone, links, self.sender, shown.own)
        marks = Marks()
        letter = write_letter(event.kind, said, facts, site, event.created_at, marks=marks)
        stamp = f"{event.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return Written(compose(letter, marks), event.kind, event.subject_id, stamp)
