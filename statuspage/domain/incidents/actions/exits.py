"""Side exits: an incident that is called off, or continues in another one."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line
from statuspage.domain.incidents.actions.affected import release_internally, take_over
from statuspage.domain.incidents.actions.drafts import FIXED_WORDS, Ending, UpdateDraft
from statuspage.domain.incidents.actions.updates import post_update
from statuspage.domain.incidents.enums import IncidentState, PublicStatus
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.rules import OPEN_STATES, may_cancel, may_merge
from statuspage.outbox.actions import publish

_MARKS = re.compile(r"([\\`*_\[\]<>&])")
_ESCAPED = r"\\\1"


def cancel_incident(session: Session, incident: Incident, ending: Ending, *, by: Actor, now: datetime) -> None:
    """Call an open incident off; its effect on components ends now. A public one needs a closing notice.

    Raises `Conflict` when it is not open any more, `Invalid` without a reason or a notice.
    """
    why = clean_line(ending.reason, "reason", limit=500)
    if not may_cancel(incident.state):
        raise Conflict(f"{incident.ref} is {incident.state}; only an open incident is cancelled.")
    say_the_last_word(session, incident, ending, by=by, now=now)
    incident.state = IncidentState.CANCELLED
    mark_changed(incident, now)
    record(session, by, "incident.cancelled", ("incident", incident.id), now, reason=why, public=incident.public)
    session.flush()


def merge_incident(
    session: Session,
    incident: Incident,
    into: Incident,
    link: str,
    *,
    notify: bool = True,
    by: Actor,
    now: datetime,
) -> None:
    """Let an incident continue in another open one, whose public page is at `link` (absolute).

    A public one is resolved for customers with "Continues in ...": those who were told of it get that one message,
    nobody is told of anything else. What it holds is held by the other from now on, without a gap.
    Raises `Conflict` when one of them is over or customers could not follow, `Invalid` (field `into`) for itself.
    """
    _refuse_unmergeable(incident, into)
    taken = take_over(session, into, incident, now)
    body = f"{continuation(into.public_title or into.title)}({link})." if incident.public else ""
    ending = Ending(f"Merged into {into.ref}", body, notify, FIXED_WORDS)
    say_the_last_word(session, incident, ending, by=by, now=now)
    incident.state, incident.merged_into = IncidentState.MERGED, into
    for changed in (incident, into):
        mark_changed(changed, now)
    record(session, by, "incident.merged", ("incident", incident.id), now, into=into.ref)
    record(session, by, "incident.merged_in", ("incident", into.id), now, other=incident.ref, components=taken)
    if taken and into.public:
        into.public_changed_at = now
        publish(session, ["site", f"incident:{into.code}", *(f"component:{slug}" for slug in taken)], now)
    session.flush()


def continuation(title: str) -> str:
    """Return how a merged incident names the one it continues in, up to the address."""
    return f"Continues in [{_MARKS.sub(_ESCAPED, title)}]"


def _refuse_unmergeable(incident: Incident, into: Incident) -> None:
    if incident.id == into.id:
        raise Invalid({"into": "An incident cannot continue in itself. Name another one."})
    if not may_merge(incident.state, incident.publicly_open, into.state):
        over = incident if into.state in OPEN_STATES else into
        raise Conflict(f"{over.ref} is {over.state}; only what is going on is merged, and into an open incident.")
    if incident.kind is not into.kind:
        raise Conflict("A drill and a real incident stay apart.")
    if incident.public and not into.publicly_open:
        raise Conflict(f"Customers cannot follow to {into.ref}: publish an update there first.")


def say_the_last_word(session: Session, incident: Incident, ending: Ending, *, by: Actor, now: datetime) -> None:
    """Resolve for customers with the closing notice, or end an internal incident's hold on its components.

    Raises `Invalid` (field `body`) when customers know of it and would hear nothing, or the reverse.
    """
    if not incident.public:
        if ending.body:
            raise Invalid({"body": "Customers know nothing of this incident: leave the notice empty."})
        release_internally(session, incident, now)
        return
    if not ending.body:
        raise Invalid({"body": "Customers have read of this incident: write the notice that closes it."})
    notice = UpdateDraft(
        body=ending.body, status=PublicStatus.RESOLVED, notify=ending.notify, clearance=ending.clearance
    )
    post_update(session, incident, notice, by=by, now=now)
