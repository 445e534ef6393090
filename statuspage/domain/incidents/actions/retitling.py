"""Another title in place of one whose words are to go for good."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line
from statuspage.domain.incidents.actions.drafts import TitleRedaction
from statuspage.domain.incidents.actions.exits import continuation
from statuspage.domain.incidents.actions.redacting import Change, forget_elsewhere, put, read
from statuspage.domain.incidents.models import Incident, Removal
from statuspage.outbox.actions import forget_quotes, publish, rename_thread


def redact_title(session: Session, incident: Incident, redaction: TitleRedaction, *, by: Actor, now: datetime) -> None:
    """Put another public title in place of the one that stands; readers see when, nobody sees what it was.

    It goes from the thread of mails still to be sent and from the words of incidents merged into this one, too. No mail
    is sent. Raises `Conflict` when the incident moved on since `seen_version`, `Invalid` for bad titles and without a
    reason.
    """
    if redaction.seen_version is not None and redaction.seen_version != incident.version:
        raise Conflict("Somebody changed this incident meanwhile. Load it again, then repeat.")
    old = incident.public_title
    if old is None:
        raise Invalid({"public_title": "Customers read no title of it. Change the internal one under the facts."})
    changes = _retitled(incident, old, redaction)
    assert incident.public_title is not None
    why = clean_line(redaction.reason, "reason", limit=500)
    if old in why:
        raise Invalid({"reason": "This repeats what is to go, and it is kept. Say why without those words."})
    mark_changed(incident, now)
    merged = list(session.scalars(select(Incident).where(Incident.merged_into_id == incident.id)))
    for one in merged:
        places = [(version, "body") for update in one.updates for version in update.versions]
        renamed = (read(place).replace(continuation(old), continuation(incident.public_title)) for place in places)
        changes += [change for place, text in zip(places, renamed, strict=True) for change in put(place, text)]
    session.add(Removal(incident_id=incident.id, whole=False, places=len(changes), reason=why, by_name=by.name, at=now))
    record(session, by, "incident.title_redacted", ("incident", incident.id), now, places=len(changes), reason=why)
    rename_thread(session, incident.id, incident.public_title)
    forget_quotes(session, incident.id, old)
    forget_elsewhere(session, [incident, *merged], changes)
    if incident.public:
        incident.title_redacted_at = now
        shown = [one for one in (incident, *merged) if one.public]
        for one in shown:
            one.public_changed_at = now
        publish(session, ["site", *(f"incident:{one.code}" for one in shown)], now)
    session.flush()


def _retitled(incident: Incident, old: str, redaction: TitleRedaction) -> list[Change]:
    """Write the new titles; an internal one that is the same goes with the public one."""
    new = clean_line(redaction.public_title, "public_title")
    if new == old:
        raise Invalid({"public_title": "This is the title that stands. Write another one."})
    same = new if incident.title == old else incident.title
    inside = clean_line(redaction.title, "title") if redaction.title else same
    return [*put((incident, "public_title"), new), *put((incident, "title"), inside)]
