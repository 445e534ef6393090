"""Badges: a state one can read without colours, in a picture that does no harm to the page it stands on."""

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from statuspage.core.languages import Language, speech
from statuspage.domain.components.actions import ComponentDraft, change_component, set_manual_status
from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.publish.pages import render
from statuspage.publish.pages.badges import LOOKS, svg
from tests.kit.cast import Cast, declare, says
from tests.kit.clock import FrozenClock
from tests.publish.pages.test_tokens import contrast
from tests.publish.rendered import SITE, document, page

pytestmark = pytest.mark.soak_on("postgresql")

EN = speech(Language.EN)
NS = {"s": "http://www.w3.org/2000/svg"}
HOSTILE = [
    '</title><script>alert(1)</script>"&',
    "a\x00b\ufffe\x1b]",
    "\u202egnp.exe",
    "決済" * 60,
    "<" * 120,
    "é" * 120,
]


def title(picture: bytes | str) -> str:
    root = etree.fromstring(picture)
    assert root.get("role") == "img"
    said = root.findtext("s:title", namespaces=NS)
    assert said == root.get("aria-label")
    return str(said)


def test_each_state_has_a_word_a_sign_and_a_ground_of_its_own() -> None:
    assert set(LOOKS) == set(ComponentStatus)
    for what in ("word", "sign", "ground", "colour"):
        assert len({getattr(look, what) for look in LOOKS.values()}) == len(LOOKS), what
    for status, look in LOOKS.items():
        assert contrast("#ffffff", look.ground) >= 4.5, status
        assert title(svg("API", status, EN)) == f"API: {look.word}"


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_makes_a_small_picture_of_text_alone(name: str) -> None:
    drawn = svg(name, ComponentStatus.PARTIAL_OUTAGE, EN)
    root = etree.fromstring(drawn.encode())
    assert {etree.QName(one).localname for one in root.iter()} == {"svg", "title", "rect", "path", "g", "text"}
    assert len(drawn.encode()) < 2000
    assert not [one for one in root.iter() if {"style", "href"} & set(one.attrib)], "the policy allows no inline style"


def test_text_stays_inside_the_picture() -> None:
    for name in ("I", "mmmmmmmmmmmmm", "Card payments (EU)", "決済サービス"):
        root = etree.fromstring(svg(name, ComponentStatus.MAJOR_OUTAGE, EN))
        left, right = root.findall(".//s:text", NS)
        assert float(left.get("x")) + float(left.get("textLength")) < float(right.get("x"))
        assert float(right.get("x")) + float(right.get("textLength")) < float(root.get("width"))


def test_the_badges_follow_what_is_published(session: Session, cast: Cast, clock: FrozenClock) -> None:
    assert title(page(session, "/badge.svg", clock.now()).body) == "Acme: operational"
    set_manual_status(session, "mail", ComponentStatus.PARTIAL_OUTAGE, by=cast.ben, now=clock.now())
    session.expire_all()
    assert title(page(session, "/badge.svg", clock.now()).body) == "Acme: partial outage"
    assert title(page(session, "/components/mail/badge.svg", clock.now()).body) == "Mail: partial outage"
    assert title(page(session, "/components/web/badge.svg", clock.now()).body) == "Web: operational"
    assert document(session, "/badge.json", clock.now()) == {
        "schemaVersion": 1,
        "label": "Acme",
        "message": "partial outage",
        "color": "orange",
    }


def test_an_open_incident_without_components_is_not_operational(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    declare(session, cast.ben, clock.now(), components=(), update=says("We are looking."))
    session.expire_all()
    assert document(session, "/api/v2/status.json", clock.now())["status"]["indicator"] == "none"
    assert document(session, "/badge.json", clock.now())["message"] != "operational"


def test_an_internal_component_has_no_badge(session: Session, cast: Cast, clock: FrozenClock) -> None:
    hidden = ComponentDraft("Web", visibility=Visibility.INTERNAL)
    change_component(session, "web", hidden, version=None, by=cast.ada, now=clock.now())
    session.flush()
    assert render(session, "/components/web/badge.svg", SITE, clock.now()) is None
