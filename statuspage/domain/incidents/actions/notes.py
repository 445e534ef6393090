"""Updates for the team: notes, and moves of the internal state."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.core.errors import Invalid
from statuspage.domain.incidents.actions.affected import apply_components
from statuspage.domain.incidents.actions.drafts import UpdateDraft
from statuspage.domain.incidents.actions.milestones import add_if_missing
from statuspage.domain.incidents.enums import UpdateVisibility
from statuspage.domain.incidents.models import Incident, Update
from statuspage.domain.incidents.rules import may_move, milestones_between


def new_update(incident: Incident, draft: UpdateDraft, by: Actor, now: datetime) -> Update:
    """Return the row of an update, not yet added. Raises `Invalid` for a displayed time that is still to come."""
    display_at = draft.display_at or now
    if display_at > now:
        raise Invalid({"display_at": "The displayed time cannot lie in the future."})
    return Update(
        incident=incident,
        visibility=draft.visibility,
        notify=draft.notify,
        display_at=display_at,
        created_at=now,
        author_id=by.user_id,
        author_name=by.name,
    )


def post_note(session: Session, incident: Incident, draft: UpdateDraft, *, by: Actor, now: datetime) -> Update:
    """Add an internal note or status. Raises `Invalid` when it would change what customers see."""
    if draft.components and incident.public:
        raise Invalid({"components": "Customers see these components: change them with a public update."})
    update = new_update(incident, draft, by, now)
    session.add(update)
    update.notify = False
    if draft.visibility is UpdateVisibility.INTERNAL_STATUS:
        if draft.state is None or not may_move(incident.state, draft.state):
            raise Invalid({"state": f"Choose a state after {incident.state}."})
        update.state = draft.state
        reached = milestones_between(incident.state, draft.state)
        incident.state = draft.state
        add_if_missing(session, incident, reached, now, by=by, now=now)
    session.flush()
    apply_components(session, incident, update, draft.components, at=now)
    return update
