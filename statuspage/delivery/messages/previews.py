"""A message as its readers will get it, before anybody gets it: for whoever is about to publish."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.core.links import Links
from statuspage.delivery.messages.facts import SiteFacts
from statuspage.delivery.messages.loading import read_facts
from statuspage.delivery.messages.marks import Marks
from statuspage.delivery.messages.rendering import write_letter
from statuspage.domain.components.queries import site_profile
from statuspage.outbox.models import Event

GAP = "…"  # stands for each recipient's own links


@dataclass(frozen=True)
class Preview:
    """What a mail says: its subject and its text."""

    subject: str
    text: str


def preview_of(session: Session, subject_id: uuid.UUID, links: Links, sender: str) -> Preview | None:
    """Return the mail that the newest event about `subject_id` leads to, or None when nobody is told of it.

    Works on what is written but not committed: ask, show, roll back.
    """
    event = session.scalar(select(Event).where(Event.subject_id == subject_id).order_by(Event.id.desc()).limit(1))
    if event is None:
        return None
    profile = site_profile(session)
    facts = read_facts(session, event, links, profile.locale)
    if facts is None:
        return None
    marks = Marks()
    site = SiteFacts(profile.name, profile.timezone, links, sender)
    letter = write_letter(event.kind, profile.locale, facts, site, event.created_at, marks=marks)
    pieces = marks.split(letter.text)
    return Preview(letter.subject, "".join(GAP if place % 2 else piece for place, piece in enumerate(pieces)))
