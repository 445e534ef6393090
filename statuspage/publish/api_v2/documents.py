"""Which objects stand in which document of the API."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from statuspage.domain.components.rules import page_status
from statuspage.domain.incidents.queries import (
    newest_public_incidents,
    open_public_incidents,
    public_incident_by_code,
)
from statuspage.domain.maintenance.queries import coming_maintenances, newest_maintenances, running_maintenances
from statuspage.outbox.publications import newest_publication_at
from statuspage.publish.api_v2.objects import (
    Shape,
    component_shape,
    group_shape,
    incident_shape,
    maintenance_shape,
    page_shape,
)
from statuspage.publish.facts.incidents import incident_fact
from statuspage.publish.facts.maintenances import maintenance_fact
from statuspage.publish.visit import Visit

MOST = 50
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Written:
    """A document: its bytes and when something in it last changed."""

    body: bytes
    changed_at: datetime


def document(visit: Visit, name: str) -> Written:
    """Return the document called `name`, one of `DOCUMENTS`. They all move with the page's last publication."""
    changed_at = newest_publication_at(visit.session) or visit.profile.created_at
    return _written({"page": page_shape(visit, changed_at), **DOCUMENTS[name](visit)}, changed_at)


def incident_document(visit: Visit, code: str) -> Written | None:
    """Return one published incident, or None; it moves with its own last public change only."""
    row = public_incident_by_code(visit.session, code)
    if row is None:
        return None
    fact = incident_fact(row)
    shape = {"page": page_shape(visit, fact.changed_at), "incident": incident_shape(visit, fact)}
    return _written(shape, fact.changed_at)


def _written(shape: Shape, changed_at: datetime) -> Written:
    return Written(json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode(), changed_at)


def _status(visit: Visit) -> Shape:
    indicator, description = page_status(component.status for component in visit.catalogue.components)
    return {"status": {"indicator": indicator, "description": description}}


def _components(visit: Visit) -> Shape:
    shapes = [component_shape(visit, one, None) for one in visit.catalogue.alone]
    for group in visit.catalogue.groups:
        shapes.append(group_shape(visit, group))
        shapes += [component_shape(visit, one, group.code) for one in group.components]
    return {"components": sorted(shapes, key=lambda shape: (shape["position"], not shape["group"], shape["id"]))}


def _unresolved(visit: Visit) -> Shape:
    rows = open_public_incidents(visit.session)
    return {"incidents": [incident_shape(visit, incident_fact(row)) for row in rows]}


def _incidents(visit: Visit) -> Shape:
    rows = newest_public_incidents(visit.session, MOST)
    return {"incidents": [incident_shape(visit, incident_fact(row)) for row in rows]}


def _scheduled(visit: Visit) -> Shape:
    rows = newest_maintenances(visit.session, MOST)
    return {"scheduled_maintenances": [maintenance_shape(visit, maintenance_fact(row)) for row in rows]}


def _upcoming(visit: Visit) -> Shape:
    rows = coming_maintenances(visit.session, limit=MOST)
    return {"scheduled_maintenances": [maintenance_shape(visit, maintenance_fact(row)) for row in rows]}


def _active(visit: Visit) -> Shape:
    rows = running_maintenances(visit.session)
    return {"scheduled_maintenances": [maintenance_shape(visit, maintenance_fact(row)) for row in rows]}


def _summary(visit: Visit) -> Shape:
    coming = _upcoming(visit)["scheduled_maintenances"] + _active(visit)["scheduled_maintenances"]
    return {**_components(visit), **_unresolved(visit), "scheduled_maintenances": coming, **_status(visit)}


DOCUMENTS: dict[str, Callable[[Visit], Shape]] = {
    "summary.json": _summary,
    "status.json": _status,
    "components.json": _components,
    "incidents.json": _incidents,
    "incidents/unresolved.json": _unresolved,
    "scheduled-maintenances.json": _scheduled,
    "scheduled-maintenances/upcoming.json": _upcoming,
    "scheduled-maintenances/active.json": _active,
}
