"""Which objects stand in which document of the API."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from statuspage.domain.components.rules import page_status
from statuspage.publish.api_v2.objects import (
    Shape,
    component_shape,
    group_shape,
    incident_shape,
    maintenance_shape,
    page_shape,
)
from statuspage.publish.visit import Visit

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Written:
    """A document: its bytes and when something in it last changed."""

    body: bytes
    changed_at: datetime


def document(visit: Visit, name: str) -> Written:
    """Return the document called `name`, one of `DOCUMENTS`. They all move with the page's last publication."""
    changed_at = visit.reading.published_at
    return _written({"page": page_shape(visit, changed_at), **DOCUMENTS[name](visit)}, changed_at)


def incident_document(visit: Visit, code: str) -> Written | None:
    """Return one published incident, or None; it moves with its own last public change only."""
    fact = visit.reading.incident(code)
    if fact is None:
        return None
    shape = {"page": page_shape(visit, fact.changed_at), "incident": incident_shape(visit, fact)}
    return _written(shape, fact.changed_at)


def _written(shape: Shape, changed_at: datetime) -> Written:
    return Written(json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode(), changed_at)


def _status(visit: Visit) -> Shape:
    indicator, description = page_status(component.status for component in visit.catalogue.components)
    return {"status": {"indicator": indicator, "description": description}}


def component_shapes(visit: Visit) -> list[Shape]:
    """Return every public component, and every group as the row that clients expect, by position."""
    shapes = [component_shape(visit, one, None) for one in visit.catalogue.alone]
    for group in visit.catalogue.groups:
        shapes.append(group_shape(visit, group))
        shapes += [component_shape(visit, one, group.code) for one in group.components]
    return sorted(shapes, key=lambda shape: (shape["position"], not shape["group"], shape["id"]))


def _components(visit: Visit) -> Shape:
    return {"components": component_shapes(visit)}


def _unresolved(visit: Visit) -> Shape:
    return {"incidents": [incident_shape(visit, fact) for fact in visit.reading.open_incidents]}


def _incidents(visit: Visit) -> Shape:
    return {"incidents": [incident_shape(visit, fact) for fact in visit.reading.newest_incidents]}


def _scheduled(visit: Visit) -> Shape:
    return {"scheduled_maintenances": [maintenance_shape(visit, fact) for fact in visit.reading.newest_maintenances]}


def _upcoming(visit: Visit) -> Shape:
    return {"scheduled_maintenances": [maintenance_shape(visit, fact) for fact in visit.reading.coming]}


def _active(visit: Visit) -> Shape:
    return {"scheduled_maintenances": [maintenance_shape(visit, fact) for fact in visit.reading.running]}


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
