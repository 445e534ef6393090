"""Facts in the shapes of the Statuspage v2 API: every key is always there."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from statuspage.core.clock import rfc3339
from statuspage.domain.components.enums import ComponentStatus
from statuspage.publish.facts.components import Affected, ComponentFact, GroupFact
from statuspage.publish.facts.incidents import Change, IncidentFact, UpdateFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.visit import Visit

Shape = dict[str, Any]


def instant(at: datetime | None) -> str | None:
    """Return an instant with milliseconds in UTC, or None."""
    return rfc3339(at, milliseconds=True) if at else None


def page_shape(visit: Visit, updated_at: datetime) -> Shape:
    """Return the `page` that stands in every document."""
    return {
        "id": visit.reading.profile.code,
        "name": visit.site.name,
        "url": visit.site.links.base_url.rstrip("/"),
        "time_zone": visit.site.timezone,
        "updated_at": instant(updated_at),
    }


def component_shape(visit: Visit, fact: ComponentFact, group_code: str | None) -> Shape:
    """Return a component with its present status."""
    return {
        "id": fact.code,
        "name": fact.name,
        "status": fact.status,
        "created_at": instant(fact.created_at),
        "updated_at": instant(max(fact.updated_at, fact.hold.since) if fact.hold else fact.updated_at),
        "position": fact.position,
        "description": fact.description or None,
        "showcase": fact.showcase,
        "start_date": visit.day_of(fact.started_at).isoformat(),
        "group_id": group_code,
        "page_id": visit.reading.profile.code,
        "group": False,
        "only_show_if_degraded": False,
    }


def group_shape(visit: Visit, fact: GroupFact) -> Shape:
    """Return a group as the component row that clients expect; its status is that of its worst child."""
    changed = [fact.updated_at, *(component.hold.since for component in fact.components if component.hold)]
    return {
        "id": fact.code,
        "name": fact.name,
        "status": fact.status,
        "created_at": instant(fact.created_at),
        "updated_at": instant(max(changed)),
        "position": fact.position,
        "description": fact.description or None,
        "showcase": False,
        "start_date": None,
        "group_id": None,
        "page_id": visit.reading.profile.code,
        "group": True,
        "only_show_if_degraded": False,
        "components": [component.code for component in fact.components],
    }


def incident_shape(visit: Visit, fact: IncidentFact) -> Shape:
    """Return an incident with its updates, newest first, and its components as they were told last."""
    monitoring = [update.at for update in fact.standing if update.status == "monitoring"]
    return {
        "id": fact.code,
        "name": fact.title,
        "status": fact.status,
        "created_at": instant(fact.published_at),
        "updated_at": instant(fact.changed_at),
        "monitoring_at": instant(monitoring[0] if monitoring else None),
        "resolved_at": instant(fact.resolved_at),
        "impact": fact.impact,
        "shortlink": visit.site.links.absolute(visit.site.links.incident(fact.code)),
        "started_at": instant(fact.started_at),
        "page_id": visit.reading.profile.code,
        "incident_updates": [_update(update, fact.code) for update in fact.updates],
        "components": [_affected(visit, one, fact.changed_at) for one in fact.components],
    }


def maintenance_shape(visit: Visit, fact: MaintenanceFact) -> Shape:
    """Return a maintenance as the incident with a schedule that clients expect."""
    return {
        "id": fact.code,
        "name": fact.title,
        "status": _known(fact.status),
        "created_at": instant(fact.published_at),
        "updated_at": instant(fact.changed_at),
        "monitoring_at": None,
        "resolved_at": instant(fact.finished_at),
        "impact": "maintenance",
        "shortlink": visit.site.links.absolute(visit.site.links.maintenance(fact.code)),
        "started_at": instant(fact.began_at or fact.starts_at),
        "page_id": visit.reading.profile.code,
        "incident_updates": [_update(update, fact.code) for update in fact.updates],
        "components": [_affected(visit, one, fact.changed_at) for one in fact.components],
        "scheduled_for": instant(fact.starts_at),
        "scheduled_until": instant(fact.ends_at),
    }


def _known(status: str) -> str:
    """Return a status that clients know: to them cancelled work is over like any other."""
    return "completed" if status == "cancelled" else status


def _update(fact: UpdateFact, incident_code: str) -> Shape:
    return {
        "id": fact.code,
        "status": _known(fact.status),
        "body": words(fact),
        "incident_id": incident_code,
        "created_at": instant(fact.created_at),
        "updated_at": instant(fact.changed_at),
        "display_at": instant(fact.at),
        "affected_components": [_change(change) for change in fact.changes] or None,
        "deliver_notifications": fact.notified,
        "custom_tweet": None,
        "tweet_id": None,
    }


def words(fact: UpdateFact) -> str:
    """Return what an update says (CommonMark), or that and when it was withdrawn or words were taken out."""
    if fact.retracted_at:
        return f"This update was withdrawn: {fact.retraction_reason}"
    if fact.removed_at is None:
        return fact.body
    at = fact.removed_at.astimezone(UTC)
    removal = fact.removal % {"time": f"{at.day} {at:%b %Y, %H:%M} UTC"}
    return f"{fact.body}\n\n{removal}".strip()


def _change(change: Change) -> Mapping[str, str]:
    one = change.component
    name = f"{one.group} - {one.name}" if one.group else one.name
    return {"code": one.code, "name": name, "old_status": change.before, "new_status": change.after}


def _affected(visit: Visit, one: Affected, told_at: datetime) -> Shape:
    status: ComponentStatus = one.status
    return {
        "id": one.code,
        "name": one.name,
        "status": status,
        "created_at": instant(one.created_at),
        "updated_at": instant(told_at),
        "position": one.position,
        "description": one.description or None,
        "showcase": one.showcase,
        "start_date": visit.day_of(one.started_at).isoformat(),
        "group_id": one.group_code,
        "page_id": visit.reading.profile.code,
        "group": False,
        "only_show_if_degraded": False,
    }
