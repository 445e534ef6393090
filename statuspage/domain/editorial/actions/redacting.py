"""Words that are taken out of an incident for good go from what is still being written about it, too."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.core.passages import read_passage
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.actions import Redaction, TitleRedaction
from statuspage.domain.incidents.actions.redacting import redact_update
from statuspage.domain.incidents.actions.retitling import redact_title
from statuspage.domain.incidents.models import Incident, Removal, Update

_TITLES = ("title", "public_title")
_TEXTS = (*_TITLES, "body", "workaround")


def redact_everywhere(session: Session, update: Update, redaction: Redaction, *, by: Actor, now: datetime) -> Removal:
    """Take words out of an update for good: a passage from every draft about its incident as well, with all of the text
    the draft it came from. Raises as `redact_update` does.
    """
    removal = redact_update(session, update, redaction, by=by, now=now)
    if redaction.passage is None:
        for draft in session.scalars(select(Draft).where(Draft.update_id == update.id)):
            draft.fields, draft.word = {}, None
    else:
        _reword(session, update.incident, read_passage(redaction.passage, "passage").taken_from)
    session.flush()
    return removal


def retitle_everywhere(
    session: Session, incident: Incident, redaction: TitleRedaction, *, by: Actor, now: datetime
) -> None:
    """Put another title in place of one that must not be read any more, in drafts as well. Raises as `redact_title`."""
    old = {incident.public_title, incident.title}
    redact_title(session, incident, redaction, by=by, now=now)
    for draft in session.scalars(select(Draft).where(Draft.incident_id == incident.id)):
        draft.fields = {
            name: [incident.public_title if name in _TITLES and text in old else text for text in texts]
            for name, texts in draft.fields.items()
        }
        if draft.word and draft.word["public_title"] in old:
            draft.word = {**draft.word, "public_title": incident.public_title}
    session.flush()


def _reword(session: Session, incident: Incident, change: Callable[[str], str]) -> None:
    for draft in session.scalars(select(Draft).where(Draft.incident_id == incident.id)):
        typed = {name: [change(text) for text in draft.fields[name]] for name in _TEXTS if name in draft.fields}
        draft.fields = {**draft.fields, **typed}
        if draft.word:
            draft.word = {**draft.word, **{name: change(draft.word[name]) for name in _TEXTS if draft.word.get(name)}}
