"""The words of a draft as they will be published: carried out, tried out, kept as JSON."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.core.errors import Conflict
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import (
    Clearance,
    ComponentImpact,
    IncidentChange,
    UpdateDraft,
    change_incident,
    post_update,
)
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.incidents.models import Incident, Update
from statuspage.outbox.actions import PUBLISHED


@dataclass(frozen=True)
class Word:
    """A public update, and the title customers will read should they know none yet."""

    update: UpdateDraft
    public_title: str | None = None

    def cleared(self, clearance: Clearance | None) -> "Word":
        """Return the same word with `clearance`, whatever version of the incident its author saw."""
        return replace(self, update=replace(self.update, seen_version=None, clearance=clearance))


def carry_out(session: Session, incident: Incident, word: Word, *, by: Actor, now: datetime) -> Update:
    """Publish a word now; the first one of an internal incident brings its public title along.

    Raises `Invalid`, `Conflict` as `post_update` does.
    """
    draft = word.update
    if incident.public_title is None and word.public_title is not None:
        change = IncidentChange(public_title=word.public_title, seen_version=draft.seen_version)
        change_incident(session, incident, change, by=by, now=now)
        draft = replace(draft, seen_version=None)
    return post_update(session, incident, draft, by=by, now=now)


def try_out(session: Session, incident: Incident, word: Word, *, by: Actor, now: datetime) -> None:
    """Find out whether a word could be published at `now`, and take everything back. Raises as `carry_out`."""
    before = session.info.get(PUBLISHED)
    trial = session.begin_nested()
    try:
        carry_out(session, incident, word, by=by, now=now)
    finally:
        trial.rollback()
        session.info.pop(PUBLISHED, None)
        if before:
            session.info[PUBLISHED] = before


def as_json(word: Word) -> dict[str, Any]:
    """Return a word as JSON; who cleared it is kept on the draft."""
    draft = word.update
    return {
        "body": draft.body,
        "status": draft.status,
        "components": [[impact.slug, impact.status] for impact in draft.components],
        "next_update_at": _written(draft.next_update_at),
        "workaround": draft.workaround,
        "notify": draft.notify,
        "display_at": _written(draft.display_at),
        "public_title": word.public_title,
    }


def from_json(kept: dict[str, Any]) -> Word:
    """Return a word that was kept as JSON. Raises `Conflict` for one that cannot be read any more."""
    try:
        draft = UpdateDraft(
            body=kept["body"],
            status=PublicStatus(kept["status"]) if kept["status"] else None,
            components=tuple(ComponentImpact(slug, ComponentStatus(level)) for slug, level in kept["components"]),
            next_update_at=_read(kept["next_update_at"]),
            workaround=kept["workaround"],
            notify=kept["notify"],
            display_at=_read(kept["display_at"]),
        )
        return Word(draft, kept["public_title"])
    except (KeyError, TypeError, ValueError) as fault:
        raise Conflict("What was kept of this update cannot be read. Open it, look at it and send it again.") from fault


def _written(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
