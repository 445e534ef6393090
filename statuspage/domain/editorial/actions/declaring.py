"""Declaring an incident with a first public notice: sent off from the panel, or public at once."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.domain.editorial.actions.sending import Sending, send_draft
from statuspage.domain.editorial.models import Draft
from statuspage.domain.incidents.actions import FIXED_WORDS, IncidentDraft, declare_incident
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import publishing
from statuspage.domain.wording.filling import is_unedited_first_notice


def declare_and_send(
    session: Session, declaration: IncidentDraft, sending: Sending, *, by: Actor, now: datetime
) -> tuple[Incident, Draft]:
    """Declare an incident for the team now, and send its first public update off; customers will read the internal
    title where no other is given.

    Raises as `declare_incident` and `send_draft`; then nothing was declared.
    """
    title = declaration.public_title or declaration.title
    inside = replace(declaration, update=None, public_title=title)
    incident = declare_incident(session, inside, by=by, now=now)
    return incident, send_draft(session, incident, sending, by=by, now=now)


def clear_first_notice(session: Session, declaration: IncidentDraft, *, by: Actor, now: datetime) -> IncidentDraft:
    """Return a declaration that is to be public at once, cleared if nobody edited its first notice, a template's.

    Raises as `declare_incident`.
    """
    said = declaration.update
    if said is None or said.clearance or declaration.severity not in publishing(session).approval:
        return declaration
    trial = session.begin_nested()
    try:
        incident = declare_incident(session, replace(declaration, update=None), by=by, now=now)
        untouched = is_unedited_first_notice(session, incident, said)
    finally:
        trial.rollback()
    return replace(declaration, update=replace(said, clearance=FIXED_WORDS)) if untouched else declaration
