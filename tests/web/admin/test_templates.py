"""Message templates in the panel: found, written, tried out, ordered, switched off, removed, restored."""

from collections.abc import Callable

import pytest

from statuspage.domain.wording.queries import TemplateFilter, template_by_id, templates, usable_template
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import CLEO
from tests.kit.statements import statements
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]
LIST = "/admin/settings/templates"
ROUTE_B = {"name": "Route B", "body": "Route B of {{ components }} is slow.", "status": "identified"}


def _add(ben: StrictBrowser, **typed: str) -> Answer:
    return ben.submit(ben.get(f"{LIST}/new"), "Add template", **{**ROUTE_B, **typed})


def _names(page: Answer) -> list[str]:
    return page.texts("//li[contains(@class, 'template')]//strong")


def test_only_those_who_manage_may_look(staff: Staff) -> None:
    cleo = staff(CLEO)
    for path in ("", "/new"):
        assert cleo.get(LIST + path).status == 403


def test_the_list_shows_the_pages_language_and_is_narrowed_by_its_address(ben: StrictBrowser) -> None:
    page = ben.get(LIST)
    assert len(_names(page)) == 44
    assert "First notice: most customers" in page.text
    assert "Erste Meldung" not in page.text
    assert len(_names(ben.get(f"{LIST}?language="))) == 88
    narrow = ben.get(f"{LIST}?language=de&status=identified&category=network")
    assert _names(narrow) == ["Ursache gefunden, Netz"]
    assert _names(ben.get(f"{LIST}?q=most+customers")) == ["First notice: most customers"]
    assert "No template fits." in ben.get(f"{LIST}?q=zzz").text
    assert len(_names(ben.get(f"{LIST}?status=nonsense"))) == 44


def test_a_template_is_written_and_stands_in_the_list(ben: StrictBrowser, behind: Behind) -> None:
    page = _add(ben)
    assert "“Route B” is added." in page.text
    assert "Your own" in page.text
    with behind.reading() as session:
        row = usable_template(session, "Route B")
        assert (row.body, row.status, row.active) == (ROUTE_B["body"], "identified", True)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"name": ""}, "name", "This is needed."),
        ({"body": "{{ secret }}"}, "body", "There is no placeholder {{ secret }}. These can be used: component,"),
        ({"status": "resolved"}, "status", "choose any, or one of"),
        ({"length_minutes": "an hour"}, "length_minutes", "whole minutes"),
        ({"length_minutes": "60"}, "length_minutes", "Only maintenance notices"),
        ({"title": "Trouble"}, "title", "Only first notices and maintenance notices"),
    ],
)
def test_bad_input_names_its_field_and_keeps_what_was_typed(
    typed: dict[str, str], field: str, sentence: str, ben: StrictBrowser
) -> None:
    page = _add(ben, **{"workaround": "Wait.", **typed})
    assert page.status == 422
    assert page.root.xpath(f"//*[@id='f-{field}' and @aria-invalid='true']")
    assert sentence in page.texts(f"//*[@id='e-{field}']")[0]
    assert page.root.xpath("//input[@name='workaround']/@value") == ["Wait."]
    assert page.texts("//textarea[@name='body']") == [{**ROUTE_B, **typed}["body"]]


def test_a_sample_shows_what_customers_would_read_and_saves_nothing(ben: StrictBrowser, behind: Behind) -> None:
    typed = {**ROUTE_B, "body": "Since {{ started }}, {{ components }}: Cleo will have it fixed by 15:00."}
    page = ben.submit(ben.get(f"{LIST}/new"), "Show a sample", **typed)
    assert page.status == 200
    sample = page.texts("//*[@id='sample']")[0]
    assert "Since 12:22 CET, Web and API" in sample
    assert "Leave names of people out" in sample
    assert page.texts("//textarea[@name='body']") == [typed["body"]]
    german = ben.submit(page, "Show a sample", language="de", body="Seit {{ started }}: {{ components }}. {{ oops }}")
    assert "Seit 12:22 Uhr MEZ: Web und API." in german.text
    assert "There is no placeholder {{ oops }}" in german.text
    with behind.reading() as session:
        assert not templates(session, TemplateFilter(search="Route B"))


def test_a_change_is_saved_and_audited(ben: StrictBrowser) -> None:
    page = ben.click(ben.get(LIST), "First notice: most customers")
    saved = ben.submit(page, "Save", body="Nobody can pay. We are on it.")
    assert "is saved" in saved.text
    assert "Edited" in saved.text
    again = ben.click(saved, "First notice: most customers")
    assert "Nobody can pay." in again.text
    restored = ben.submit(again, "Restore the shipped text")
    assert "Everybody we need is working on it" in restored.texts("//textarea[@name='body']")[0]
    assert "Restore the shipped text" not in restored.text


def test_a_stale_change_shows_both_texts(ben: StrictBrowser) -> None:
    stale = ben.click(ben.get(LIST), "First notice: most customers")
    ben.submit(ben.get(stale.path), "Save", body="Theirs.", severity="sev2")
    clash = ben.submit(stale, "Save", body="Ours.")
    assert clash.status == 409
    assert "Theirs." in clash.texts("//*[@class='clash']")[1]
    assert "Severity now" in clash.text
    assert clash.texts("//textarea[@name='body']") == ["Ours."]
    assert "is saved" in ben.submit(clash, "Save").text


def test_one_is_begun_like_another(ben: StrictBrowser) -> None:
    page = ben.click(ben.get(LIST), "Duplicate First notice: most customers")
    assert page.root.xpath("//input[@name='name']/@value") == ["First notice: most customers, copy"]
    assert "Everybody we need" in page.texts("//textarea[@name='body']")[0]
    assert "is added" in ben.submit(page, "Add template").text


def test_order_is_changed_within_a_purpose_and_stays_narrowed(ben: StrictBrowser) -> None:
    narrow = ben.get(f"{LIST}?purpose=first")
    first, second = _names(narrow)[:2]
    moved = ben.submit(narrow, f"Move {first} down")
    assert moved.path.startswith(f"{LIST}?purpose=first#t-")
    assert _names(moved)[:2] == [second, first]
    assert _names(ben.submit(moved, f"Move {second} up"))[:2] == [second, first]


def test_a_damaged_move_is_refused(ben: StrictBrowser) -> None:
    token = ben.get(LIST).root.xpath("//form[@id='order']//input[@name='csrf_token']/@value")[0]
    for move in ("x:up", ":", "first"):
        assert ben.post(f"{LIST}/order", {"csrf_token": token, "move": move}).status == 422


def test_one_is_switched_off_and_on(ben: StrictBrowser) -> None:
    name = "First notice: few customers"
    off = ben.submit(ben.get(f"{LIST}?purpose=first"), f"Switch off {name}")
    assert "no longer offered" in off.text
    assert _names(ben.get(f"{LIST}?used=off")) == [name]
    assert "offered again" in ben.submit(off, f"Switch on {name}").text


def test_one_is_deleted_and_a_shipped_one_brought_back(ben: StrictBrowser) -> None:
    gone = ben.submit(ben.click(ben.get(LIST), "First notice: few customers"), "Delete template")
    assert len(_names(gone)) == 43
    assert "One shipped template was deleted." in gone.text
    back = ben.submit(gone, "Bring it back")
    assert "One shipped template is back." in back.text
    assert len(_names(back)) == 44


def test_components_and_length_belong_to_a_maintenance_notice(ben: StrictBrowser, behind: Behind) -> None:
    work = {"purpose": "maintenance", "status": "scheduled", "title": "Mail", "length_minutes": "90"}
    _add(ben, **work, component="mail")
    with behind.reading() as session:
        row = usable_template(session, "Route B")
        assert row.length_minutes == 90
        assert [one.component.slug for one in template_by_id(session, row.id).components] == ["mail"]


def test_what_is_written_is_shown_and_never_carried_out(ben: StrictBrowser) -> None:
    page = _add(ben, name="<b>bold</b> & co", body="<script>alert(1)</script> **strong**")
    assert "<b>bold</b> & co" in page.text
    sample = ben.click(page, "<b>bold</b> & co")
    assert not sample.root.xpath("//*[@id='sample']//script")
    assert sample.texts("//*[@id='sample']//strong") == ["strong"]


def test_the_list_costs_the_same_with_more_templates(ben: StrictBrowser) -> None:
    ben.get(LIST)
    with statements() as few:
        ben.get(LIST)
    for number in range(3):
        _add(ben, name=f"More {number}")
    with statements() as many:
        ben.get(LIST)
    assert len(many) == len(few) <= 12
