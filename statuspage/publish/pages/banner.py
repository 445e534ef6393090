"""The state of everything in one sentence a person would say. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from statuspage.core.languages import Speech, marked
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.rules import badness, worst
from statuspage.domain.incidents.enums import Impact, PublicStatus
from statuspage.publish.facts.components import Catalogue, ComponentFact
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact


@dataclass(frozen=True)
class _Sentences:
    """What is said of one service, of one whose name may be a plural, of two, of several and of all."""

    one: str
    plural: str
    two: str
    several: str
    all: str


_IS = {
    ComponentStatus.DEGRADED_PERFORMANCE: _Sentences(
        marked("%(name)s is degraded"),
        marked("%(name)s: degraded"),
        marked("%(one)s and %(other)s are degraded"),
        marked("%(count)s services are degraded"),
        marked("All services are degraded"),
    ),
    ComponentStatus.PARTIAL_OUTAGE: _Sentences(
        marked("%(name)s is partly down"),
        marked("%(name)s: partly down"),
        marked("%(one)s and %(other)s are partly down"),
        marked("%(count)s services are partly down"),
        marked("All services are partly down"),
    ),
    ComponentStatus.MAJOR_OUTAGE: _Sentences(
        marked("%(name)s is down"),
        marked("%(name)s: down"),
        marked("%(one)s and %(other)s are down"),
        marked("%(count)s services are down"),
        marked("All services are down"),
    ),
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


def banner(
    catalogue: Catalogue, incidents: Sequence[IncidentFact], running: Sequence[MaintenanceFact], speech: Speech
) -> Banner:
    """Return what the page says first. While a public incident is open it never says that all is operational."""
    level = worst(component.status for component in catalogue.components)
    if badness(level) > badness(ComponentStatus.UNDER_MAINTENANCE):
        return Banner(level, _impaired(catalogue, level, speech))
    if incidents:
        return _incident_banner(incidents, speech)
    if level is ComponentStatus.UNDER_MAINTENANCE or running:
        return _maintenance_banner(catalogue, running, speech)
    return Banner(ComponentStatus.OPERATIONAL, speech.gettext("All systems operational"))


def _impaired(catalogue: Catalogue, level: ComponentStatus, speech: Speech) -> str:
    hit = [component for component in catalogue.components if component.status is level]
    said = _IS[level]
    if len(hit) == len(catalogue.components) > 1:
        return speech.gettext(said.all)
    if len(hit) == 2:
        return speech.gettext(said.two, one=hit[0].name, other=hit[1].name)
    name = hit[0].name if len(hit) == 1 else _group_of(catalogue, hit)
    if not name:
        return speech.gettext(said.several, count=len(hit))
    # "Card payments" and "Kubernetes" may be plurals: a colon is right either way.
    return speech.gettext(said.plural if name.endswith("s") else said.one, name=name)


def _group_of(catalogue: Catalogue, hit: Sequence[ComponentFact]) -> str:
    """Return the name of the group that is these components, or nothing."""
    return next((group.name for group in catalogue.groups if set(group.components) == set(hit)), "")


def _incident_banner(incidents: Sequence[IncidentFact], speech: Speech) -> Banner:
    level = worst(_LEVEL_OF_IMPACT[incident.impact] for incident in incidents)
    if len(incidents) == 1 and incidents[0].status is PublicStatus.MONITORING:
        return Banner(level, speech.gettext("A fix is in place, we are watching it"))
    working = speech.ngettext("We are working on an incident", "We are working on %(num)s incidents", len(incidents))
    return Banner(level, working)


def _maintenance_banner(catalogue: Catalogue, running: Sequence[MaintenanceFact], speech: Speech) -> Banner:
    level = ComponentStatus.UNDER_MAINTENANCE
    names = _names([component.name for component in catalogue.components if component.status is level], speech)
    until = running[0].ends_at if len(running) == 1 else None
    sentence = speech.gettext("%(names)s: maintenance", names=names) if names else speech.gettext("Maintenance")
    return Banner(level, sentence, until)


def _names(names: Sequence[str], speech: Speech) -> str:
    if len(names) == 2:
        return speech.gettext("%(one)s and %(other)s", one=names[0], other=names[1])
    return "".join(names) if len(names) < 2 else speech.gettext("%(count)s services", count=len(names))
