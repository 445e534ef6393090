"""The state of everything in one sentence a person would say. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.rules import badness, worst
from statuspage.domain.incidents.enums import Impact, PublicStatus
from statuspage.publish.facts.components import Catalogue, ComponentFact
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact

_IS = {
    ComponentStatus.DEGRADED_PERFORMANCE: "degraded",
    ComponentStatus.PARTIAL_OUTAGE: "partly down",
    ComponentStatus.MAJOR_OUTAGE: "down",
}
_LEVEL_OF_IMPACT = {
    Impact.NONE: ComponentStatus.DEGRADED_PERFORMANCE,
    Impact.MINOR: ComponentStatus.DEGRADED_PERFORMANCE,
    Impact.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
}


@dataclass(frozen=True)
class Banner:
    """The sentence, the level whose sign and hue it wears, and for maintenance the instant it lasts until."""

    level: ComponentStatus
    sentence: str
    until: datetime | None = None


def banner(catalogue: Catalogue, incidents: Sequence[IncidentFact], running: Sequence[MaintenanceFact]) -> Banner:
    """Return what the page says first. While a public incident is open it never says that all is operational."""
    level = worst(component.status for component in catalogue.components)
    if badness(level) > badness(ComponentStatus.UNDER_MAINTENANCE):
        return Banner(level, _impaired(catalogue, level))
    if incidents:
        return _incident_banner(incidents)
    if level is ComponentStatus.UNDER_MAINTENANCE or running:
        return _maintenance_banner(catalogue, running)
    return Banner(ComponentStatus.OPERATIONAL, "All systems operational")


def _impaired(catalogue: Catalogue, level: ComponentStatus) -> str:
    hit = [component for component in catalogue.components if component.status is level]
    if len(hit) == len(catalogue.components) > 1:
        return f"All services are {_IS[level]}"
    return f"{_subject(catalogue, hit)} {_IS[level]}"


def _subject(catalogue: Catalogue, hit: Sequence[ComponentFact]) -> str:
    if len(hit) > 2:
        for group in catalogue.groups:
            if set(group.components) == set(hit):
                return _one(group.name)
        return f"{len(hit)} services are"
    if len(hit) == 1:
        return _one(hit[0].name)
    return f"{hit[0].name} and {hit[1].name} are"


def _one(name: str) -> str:
    """Return a name as the subject of "partly down". One that may be a plural ("Card payments", "Kubernetes") gets a
    colon, which is right either way."""
    return f"{name}:" if name.endswith("s") else f"{name} is"


def _incident_banner(incidents: Sequence[IncidentFact]) -> Banner:
    level = worst(_LEVEL_OF_IMPACT[incident.impact] for incident in incidents)
    if len(incidents) > 1:
        return Banner(level, f"We are working on {len(incidents)} incidents")
    if incidents[0].status is PublicStatus.MONITORING:
        return Banner(level, "A fix is in place, we are watching it")
    return Banner(level, "We are working on an incident")


def _maintenance_banner(catalogue: Catalogue, running: Sequence[MaintenanceFact]) -> Banner:
    level = ComponentStatus.UNDER_MAINTENANCE
    names = _names(component.name for component in catalogue.components if component.status is level)
    until = running[0].ends_at if len(running) == 1 else None
    return Banner(level, f"{names}: maintenance" if names else "Maintenance", until)


def _names(names: Iterable[str]) -> str:
    found = list(names)
    return " and ".join(found) if len(found) <= 2 else f"{len(found)} services"
