"""Changing an incident's facts: words, severity, roles, times."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict
from statuspage.core.text import clean_line, clean_text
from statuspage.domain.accounts.queries import user_by_id
from statuspage.domain.incidents.actions.drafts import IncidentChange
from statuspage.domain.incidents.actions.milestones import add_milestones
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.rules import worse_severity
from statuspage.outbox.actions import publish


def change_incident(
    session: Session, incident: Incident, change: IncidentChange, *, by: Actor, now: datetime
) -> Incident:
    """Change an incident's facts. Raises `Conflict` when it moved on since `seen_version`, `Invalid` for bad fields."""
    if change.seen_version is not None and change.seen_version != incident.version:
        raise Conflict("Somebody changed this incident meanwhile. Load it again and repeat your change.")
    changed = _apply_words(incident, change)
    if change.severity and change.severity is not incident.severity:
        changed["severity"] = [incident.severity, change.severity]
        incident.severity = change.severity
        incident.severity_peak = worse_severity(incident.severity_peak, change.severity)
    for role in ("lead_id", "communications_id"):
        wanted = getattr(change, role)
        if wanted is not None:
            setattr(incident, role, user_by_id(session, wanted).id)
            changed[role] = str(wanted)
    if change.milestones:
        add_milestones(session, incident, dict(change.milestones), by=by, now=now)
        changed["milestones"] = [kind for kind, _ in change.milestones]
    mark_changed(incident, now)
    record(session, by, "incident.changed", ("incident", incident.id), now, **changed)
    if incident.public and change.public_title is not None:
        incident.public_changed_at = now
        publish(session, ["site", f"incident:{incident.code}"], now)
    session.flush()
    return incident


def _apply_words(incident: Incident, change: IncidentChange) -> dict[str, object]:
    changed: dict[str, object] = {}
    for name in ("title", "public_title", "closure_code"):
        text = getattr(change, name)
        if text is not None:
            setattr(incident, name, clean_line(text, name, limit=60 if name == "closure_code" else 200))
            changed[name] = True
    if change.resolution_text is not None:
        incident.resolution_text = clean_text(change.resolution_text, "resolution_text", required=False)
        changed["resolution_text"] = True
    for name in ("category", "resolution_kind"):
        if getattr(change, name) is not None:
            setattr(incident, name, getattr(change, name))
            changed[name] = getattr(change, name)
    return changed
