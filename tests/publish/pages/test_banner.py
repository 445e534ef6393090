"""The one sentence at the top, as a table."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from statuspage.core.languages import Language, speech
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.incidents.enums import Impact, PublicStatus
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.publish.facts.components import Catalogue, ComponentFact, GroupFact, Hold
from statuspage.publish.facts.incidents import IncidentFact
from statuspage.publish.facts.maintenances import MaintenanceFact
from statuspage.publish.pages.banner import banner

EN, DE = speech(Language.EN), speech(Language.DE)
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
OK, WORK, SLOW, PART, DOWN = ComponentStatus


def component(name: str, status: ComponentStatus = OK) -> ComponentFact:
    hold = None if status is OK else Hold(status, NOW, Cause.INCIDENT, None)
    return ComponentFact(uuid.uuid4(), "c", name.lower(), name, "", 1, None, True, NOW, NOW, NOW, hold)


def catalogue(*alone: ComponentFact, **groups: tuple[ComponentFact, ...]) -> Catalogue:
    headed = [GroupFact(uuid.uuid4(), "g", name, name, "", 1, NOW, NOW, members) for name, members in groups.items()]
    return Catalogue(tuple(headed), alone)


def incident(status: PublicStatus = PublicStatus.INVESTIGATING, impact: Impact = Impact.MINOR) -> IncidentFact:
    return IncidentFact(uuid.uuid4(), "i", "It is slow", status, impact, NOW, NOW, NOW, None, "", (), ())


def work(ends_at: datetime = NOW) -> MaintenanceFact:
    status = MaintenanceStatus.IN_PROGRESS
    return MaintenanceFact(uuid.uuid4(), "m", "Work", status, NOW, ends_at, NOW, None, NOW, NOW, (), ())


@pytest.mark.parametrize(
    ("shown", "sentence", "level"),
    [
        (catalogue(), "All systems operational", OK),
        (catalogue(component("API"), component("Web")), "All systems operational", OK),
        (catalogue(component("API", PART), component("Web")), "API is partly down", PART),
        (catalogue(component("API", DOWN), component("Web", SLOW)), "API is down", DOWN),
        (catalogue(component("API", SLOW), component("Web", SLOW), component("X")), "API and Web are degraded", SLOW),
        (catalogue(component("API", DOWN)), "API is down", DOWN),
        (catalogue(component("Card payments", PART), component("X")), "Card payments: partly down", PART),
        (catalogue(component("API", DOWN), component("Web", DOWN)), "All services are down", DOWN),
        (catalogue(*(component(n, PART) for n in "ABC"), component("D")), "3 services are partly down", PART),
        (catalogue(component("D"), Shop=tuple(component(n, DOWN) for n in "ABC")), "Shop is down", DOWN),
        (catalogue(component("D"), Shop=(component("A", SLOW), component("B"))), "A is degraded", SLOW),
    ],
)
def test_the_sentence_names_what_is_worst(shown: Catalogue, sentence: str, level: ComponentStatus) -> None:
    said = banner(shown, [], [], EN)
    assert (said.sentence, said.level) == (sentence, level)


@pytest.mark.parametrize(
    ("incidents", "sentence", "level"),
    [
        ([incident()], "We are working on an incident", SLOW),
        ([incident(impact=Impact.NONE)], "We are working on an incident", SLOW),
        ([incident(PublicStatus.MONITORING, Impact.MAJOR)], "A fix is in place, we are watching it", PART),
        ([incident(), incident(impact=Impact.CRITICAL)], "We are working on 2 incidents", DOWN),
    ],
)
def test_an_open_incident_is_never_called_operational(
    incidents: list[IncidentFact], sentence: str, level: ComponentStatus
) -> None:
    said = banner(catalogue(component("API")), incidents, [], EN)
    assert (said.sentence, said.level) == (sentence, level)


def test_running_work_says_until_when() -> None:
    said = banner(catalogue(component("Mail", WORK), component("Web")), [], [work(NOW + timedelta(hours=2))], EN)
    assert (said.sentence, said.level, said.until) == ("Mail: maintenance", WORK, NOW + timedelta(hours=2))


def test_several_works_do_not_promise_one_end() -> None:
    said = banner(catalogue(component("Mail", WORK), component("Web", WORK)), [], [work(), work()], EN)
    assert (said.sentence, said.until) == ("Mail and Web: maintenance", None)


def test_an_outage_outranks_maintenance() -> None:
    said = banner(catalogue(component("Mail", WORK), component("Web", SLOW)), [], [work()], EN)
    assert said.sentence == "Web is degraded"


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (catalogue(component("API")), "Alle Systeme in Betrieb"),
        (catalogue(component("Kasse", PART), component("X")), "Kasse: Teilausfall"),
        (
            catalogue(component("API", SLOW), component("Web", SLOW), component("X")),
            "API und Web: eingeschränkte Leistung",
        ),
        (catalogue(*(component(n, DOWN) for n in "ABC"), component("D")), "Ausfall von 3 Diensten"),
        (catalogue(component("API", DOWN), component("Web", DOWN)), "Alle Dienste sind ausgefallen"),
        (catalogue(component("Mail", WORK), component("Web", WORK), component("X")), "Mail und Web: Wartung"),
    ],
)
def test_the_sentence_is_german_in_german(shown: Catalogue, sentence: str) -> None:
    assert banner(shown, [], [], DE).sentence == sentence


def test_work_on_incidents_is_said_in_german() -> None:
    assert banner(catalogue(), [incident()], [], DE).sentence == "Wir arbeiten an einer Störung"
    assert banner(catalogue(), [incident(), incident()], [], DE).sentence == "Wir arbeiten an 2 Störungen"
