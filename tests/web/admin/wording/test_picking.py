"""Beginning with a template, without a script: the form comes back with everything typed kept."""

from collections.abc import Callable

import pytest

from statuspage.audit.actor import SYSTEM
from statuspage.core.languages import Language
from statuspage.domain.accounts.enums import Role
from statuspage.domain.components.queries import site_profile
from statuspage.domain.incidents.actions import IncidentChange, change_incident
from statuspage.domain.incidents.enums import Category
from statuspage.domain.incidents.queries import EVERYTHING, incident_by_ref
from statuspage.domain.wording.actions import TemplateDraft, create_template
from statuspage.domain.wording.enums import Purpose, TemplateStatus
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import CLEO, add_user
from tests.kit.clock import FrozenClock
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]
USE = "Use template"


@pytest.fixture
def own(behind: Behind, settled: object, clock: FrozenClock) -> Callable[..., str]:
    """Write a template and return its id."""

    def write(**more: object) -> str:
        facts = {"name": "Ours", "purpose": Purpose.UPDATE, "language": Language.EN, "body": "x", **more}
        with behind.writing() as session:
            return str(create_template(session, TemplateDraft(**facts), by=SYSTEM, now=clock.now()).id)

    return write


def _body(page: Answer) -> str:
    return page.texts("//textarea[@name='body']")[0]


def _chosen(page: Answer) -> str:
    return page.texts("//select[@name='template']//option[@selected]")[0]


def _id(page: Answer, name: str) -> str:
    return str(page.root.xpath(f"//select[@name='template']//option[text()='{name}']/@value")[0])


def test_the_best_match_for_the_status_is_proposed(ben: StrictBrowser, declared: Answer) -> None:
    assert _chosen(declared) == "Investigating"
    shelves = declared.root.xpath("//select[@name='template']/optgroup/@label")
    assert shelves == ["Investigating", "Identified", "Monitoring", "Resolved"]


def test_the_category_moves_its_templates_to_the_front(
    ben: StrictBrowser, declared: Answer, behind: Behind, clock: FrozenClock
) -> None:
    with behind.writing() as session:
        incident = incident_by_ref(session, "INC-2026-0001", EVERYTHING)
        change_incident(session, incident, IncidentChange(category=Category.NETWORK), by=SYSTEM, now=clock.now())
    page = ben.get("/admin/incidents/INC-2026-0001")
    assert _chosen(page) == "Investigating, network"
    firsts = page.texts("//select[@name='template']/optgroup/option[1]")
    assert firsts == [f"{one}, network" for one in ("Investigating", "Identified", "Monitoring", "Resolved")]


def test_a_template_fills_the_composer_and_keeps_what_was_typed(
    ben: StrictBrowser, declared: Answer, clock: FrozenClock
) -> None:
    clock.advance(minutes=38)
    typed = {"status": "resolved", "workaround": "Pay by transfer.", "template": _id(declared, "Resolved")}
    page = ben.submit(declared, USE, {"level.api": "partial_outage"}, **typed)
    assert page.status == 200
    assert _body(page) == "The trouble with Web and API is over. It began at 13:00 CET and lasted 38 min."
    assert page.root.xpath("//input[@name='workaround']/@value") == ["Pay by transfer."]
    assert page.root.xpath("//select[@name='level.api']/option[@selected]/@value") == ["partial_outage"]
    assert "“Resolved” is in the text." in page.text
    assert _chosen(page) == "Resolved"


def test_another_template_replaces_an_untouched_one_and_no_words_of_ours(ben: StrictBrowser, declared: Answer) -> None:
    first = ben.submit(declared, USE, template=_id(declared, "Investigating"))
    second = ben.submit(first, USE, template=_id(first, "Identified, change"))
    assert _body(second).startswith("We have found the cause: a change of ours.")
    mine = ben.submit(second, USE, body="Our own words.", template=_id(second, "Identified"))
    assert _body(mine) == "Our own words."
    assert "Your words stand." in mine.text
    both = ben.submit(mine, USE, body="Our own words.", append="yes", template=_id(mine, "Identified"))
    assert _body(both).startswith("Our own words. We have found the cause of the trouble with Web")
    again = ben.submit(both, USE, append="yes")
    assert _body(again) == _body(both)


def test_a_placeholder_without_a_value_stays_visible_and_is_named(
    ben: StrictBrowser, own: Callable[..., str], declared: Answer
) -> None:
    chosen = own(body="Next word by {{ next_update }}.")
    room = ben.get("/admin/incidents/INC-2026-0001")
    page = ben.submit(room, USE, template=chosen, next_update_at="")
    assert _body(page) == "Next word by {{ next_update }}."
    assert "Fill in {{ next_update }}." in page.texts("//*[@data-picked]")[0]
    promised = ben.submit(page, USE, template=chosen, next_update_at="2026-11-18T14:30")
    assert _body(promised) == "Next word by 14:30 CET."


def test_damaged_fields_beside_it_do_not_stop_a_template(ben: StrictBrowser, declared: Answer) -> None:
    page = ben.submit(declared, USE, {"next_update_at": "soon"}, template=_id(declared, "Identified"))
    assert page.status == 200
    assert page.root.xpath("//input[@name='next_update_at']/@value") == ["soon"]


def test_a_template_that_is_gone_is_named(ben: StrictBrowser, declared: Answer) -> None:
    token = declared.root.xpath("//input[@name='csrf_token']/@value")[0]
    path = "/admin/incidents/INC-2026-0001/wording"
    page = ben.post(path, {"csrf_token": token, "template": "gone", "body": "Kept."})
    assert page.status == 422
    assert "There is no template “gone”" in page.texts("//*[@id='e-template']")[0]
    assert _body(page) == "Kept."


def test_the_declaring_screen_begins_with_the_templates_notices(ben: StrictBrowser, own: Callable[..., str]) -> None:
    own(
        name="Ours first", purpose=Purpose.FIRST, status=TemplateStatus.INVESTIGATING, severity="sev1",
        title="Trouble with {{ components }}", body="{{ components }}: down since {{ started }}.",
    )  # fmt: skip
    page = ben.get("/admin/incidents/new")
    assert _body(page).startswith("Many customers are affected.")
    assert _chosen(page) == "First notice: many customers"
    filled = ben.submit(page, USE, {"level.web": "major_outage"}, template=_id(page, "Ours first"))
    assert _body(filled) == "Web: down since 13:00 CET."
    assert filled.root.xpath("//input[@name='public_title']/@value") == ["Trouble with Web"]
    assert filled.path == "/admin/incidents/new/wording"
    sent = ben.submit(filled, "Declare and publish to page and 1 subscriber")
    assert sent.h1 == "Trouble with Web"
    assert sent.path.startswith("/admin/incidents/INC-2026-0001")


def test_a_title_of_ours_is_never_replaced(ben: StrictBrowser, own: Callable[..., str]) -> None:
    chosen = own(name="Ours first", purpose=Purpose.FIRST, title="Theirs", body="Words.")
    page = ben.get("/admin/incidents/new")
    filled = ben.submit(page, USE, public_title="Checkout fails", template=chosen)
    assert filled.root.xpath("//input[@name='public_title']/@value") == ["Checkout fails"]


def test_planning_takes_title_text_length_and_components(ben: StrictBrowser, own: Callable[..., str]) -> None:
    chosen = own(
        name="Mail servers", purpose=Purpose.MAINTENANCE, title="Work on {{ components }}", length_minutes=150,
        body="From {{ start }} to {{ end }}.", components=("mail",),
    )  # fmt: skip
    page = ben.get("/admin/maintenance/new")
    assert _body(page).startswith("We are working on the parts named here.")
    filled = ben.submit(page, USE, template=chosen, starts_at="2026-11-30T22:00", ends_at="2026-11-30T23:00")
    assert filled.root.xpath("//input[@name='title']/@value") == ["Work on Mail"]
    assert _body(filled) == "From 30 November 2026, 22:00 CET to 1 December 2026, 00:30 CET."
    assert filled.root.xpath("//input[@name='ends_at']/@value") == ["2026-12-01T00:30"]
    assert filled.root.xpath("//input[@name='component'][@checked]/@value") == ["mail"]
    moved = ben.submit(filled, USE, ends_at="2026-12-01T03:00", component=["web"])
    assert moved.root.xpath("//input[@name='ends_at']/@value") == ["2026-12-01T03:00"]
    assert moved.root.xpath("//input[@name='title']/@value") == ["Work on Web"]
    done = ben.submit(filled, "Announce to page and 1 subscriber")
    assert done.h1 == "Work on Mail"


def test_the_steps_of_maintenance_have_their_templates(ben: StrictBrowser) -> None:
    page = ben.get("/admin/maintenance/new")
    work = ben.submit(page, "Announce to page and 1 subscriber", title="New mail servers", component="mail")
    assert not work.root.xpath("//select[@name='template']//option[@selected]"), "nothing fits mere talk"
    begun = ben.submit(work, USE, status="in_progress", template=_id(work, "Maintenance: begun"))
    assert _body(begun).startswith("The work has begun. It is planned to go on until ")
    assert begun.root.xpath("//input[@name='status'][@checked]/@value") == ["in_progress"]


def test_rights_are_those_of_the_form(staff: Staff, behind: Behind, clock: FrozenClock, declared: Answer) -> None:
    with behind.writing() as session:
        add_user(session, "rae@example.com", Role.RESPONDER, clock.now())
    paths = ("incidents/new/wording", "maintenance/new/wording")
    for who, allowed in ((CLEO, []), ("rae@example.com", ["incidents/new/wording"])):
        browser = staff(who)
        token = browser.get("/admin/").root.xpath("//input[@name='csrf_token']/@value")[0]
        for path in paths:
            expected = 422 if path in allowed else 403
            assert browser.post(f"/admin/{path}", {"csrf_token": token, "template": "gone"}).status == expected


def test_a_german_page_is_offered_german_templates(ben: StrictBrowser, behind: Behind) -> None:
    with behind.writing() as session:
        site_profile(session).locale = "de"
    page = ben.get("/admin/incidents/new")
    assert _body(page).startswith("Viele Kundinnen und Kunden sind betroffen.")
    assert _chosen(page) == "Erste Meldung: viele betroffen"
    first, others = page.root.xpath("//select[@name='template']/optgroup")
    assert len(first) == 4
    assert len(others) == 8
    used = ben.submit(page, USE, {"level.web": "major_outage"}, template=_id(page, "Ursache unbekannt"))
    assert _body(used).startswith("Seit 13:00 Uhr MEZ gibt es eine Störung. Betroffen: Web.")
