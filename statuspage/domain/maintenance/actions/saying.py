"""What planning and progress share: saying something, holding components, having pages rebuilt."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actor import Actor
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.impact import set_impact
from statuspage.domain.components.queries import CauseRef
from statuspage.domain.maintenance.models import Maintenance, MaintenanceUpdate
from statuspage.domain.maintenance.rules import DONE
from statuspage.outbox.actions import publish


def say(
    session: Session, maintenance: Maintenance, body: str, *, notify: bool, by: Actor, now: datetime
) -> MaintenanceUpdate:
    """Add an update in the status that stands."""
    said = MaintenanceUpdate(
        maintenance=maintenance,
        status=maintenance.status,
        body=body,
        notify=notify,
        published_at=now,
        author_name=by.name,
    )
    session.add(said)
    session.flush()
    return said


def publish_maintenance(session: Session, maintenance: Maintenance, now: datetime, extra: Iterable[str] = ()) -> None:
    """Have the pages of a maintenance and of its components rebuilt."""
    maintenance.public_changed_at = now
    mark_changed(maintenance, now)
    slugs = {*extra, *(row.component.slug for row in maintenance.components)}
    touches = ["site", f"maintenance:{maintenance.code}", *(f"component:{slug}" for slug in slugs)]
    publish(session, touches, now)
    session.flush()


def refuse_stale(maintenance: Maintenance, seen: int | None, yours: str = "") -> None:
    """Raise `Conflict` with both texts when the maintenance moved on since version `seen`."""
    if seen is not None and seen != maintenance.version:
        theirs = maintenance.updates[0].body if maintenance.updates else maintenance.title
        raise Conflict("Somebody changed this maintenance meanwhile. Compare, then repeat.", theirs=theirs, yours=yours)


def hold_components(session: Session, maintenance: Maintenance, now: datetime) -> None:
    """Let a running maintenance hold its components, and one that is over free them."""
    level = ComponentStatus.UNDER_MAINTENANCE if maintenance.running else ComponentStatus.OPERATIONAL
    if maintenance.running and maintenance.started_at is None:
        maintenance.started_at = now
    if maintenance.status in DONE and maintenance.finished_at is None:
        maintenance.finished_at = now
    for row in maintenance.components:
        cause = CauseRef(Cause.MAINTENANCE, maintenance.id)
        set_impact(session, row.component_id, level, now, of=cause, public=True)
