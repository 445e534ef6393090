"""Components and groups: adding, changing, ordering, setting a status by hand."""

from collections.abc import Callable

import pytest

from statuspage.domain.components.queries import components
from tests.kit.browser import StrictBrowser
from tests.kit.cast import ADA
from tests.web.admin.conftest import Behind

Staff = Callable[[str], StrictBrowser]


def _order(behind: Behind) -> list[str]:
    with behind.reading() as session:
        return [row.slug for row in components(session)]


def test_a_component_is_added_to_a_group(ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.get("/admin/components/new")
    page = ben.submit(page, "Add component", name="Checkout", description="Where one pays", group="platform")
    assert "Checkout is added." in page.text
    assert "Checkout" in client.get("/").text


def test_an_internal_component_is_not_on_the_page(ben: StrictBrowser, client: StrictBrowser) -> None:
    ben.submit(ben.get("/admin/components/new"), "Add component", name="Ledger", visibility="internal")
    assert "Ledger" not in client.get("/").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"slug": "Not An Address"}, "slug"),
        ({"slug": "web"}, "slug"),
        ({"description": "d" * 501}, "description"),
    ],
)
def test_bad_input_names_its_field_and_keeps_the_rest(typed: dict[str, str], field: str, ben: StrictBrowser) -> None:
    fine = {"name": "Checkout", "description": "Where one pays"}
    page = ben.submit(ben.get("/admin/components/new"), "Add component", **{**fine, **typed})
    assert page.status == 422
    assert page.root.xpath(f"//input[@id='f-{field}' and @aria-invalid='true']")
    kept = {**fine, **typed}
    assert page.root.xpath("//input[@name='description']/@value") == [kept["description"]]


def test_lines_in_a_name_become_one(ben: StrictBrowser, behind: Behind) -> None:
    page = ben.get("/admin/components/new")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    ben.post(page.path, {"csrf_token": token, "name": "Pay\r\nments\x00", "visibility": "public"})
    with behind.reading() as session:
        assert "Pay ments" in [row.name for row in components(session)]


def test_a_stale_edit_shows_what_stands_now(ben: StrictBrowser, staff: Staff) -> None:
    ours, ada = ben.get("/admin/components/web/edit"), staff(ADA)
    ada.submit(ada.get(ours.path), "Save", name="Website")
    clash = ben.submit(ours, "Save", name="Web pages", description="Everything with a page")
    assert clash.status == 409
    assert "Website" in clash.text
    assert clash.root.xpath("//input[@name='name']/@value") == ["Web pages"]
    assert "Web pages is saved." in ben.submit(clash, "Save").text


def test_components_move_by_buttons_within_their_group(ben: StrictBrowser, behind: Behind) -> None:
    assert _order(behind) == ["web", "api", "mail"]
    page = ben.submit(ben.get("/admin/components"), "Move API up")
    assert _order(behind) == ["api", "web", "mail"]
    page = ben.submit(page, "Move API up")  # first already
    ben.submit(page, "Move Mail up")  # alone outside a group
    assert _order(behind) == ["api", "web", "mail"]


def test_groups_are_added_renamed_moved_and_removed(ben: StrictBrowser, client: StrictBrowser, behind: Behind) -> None:
    page = ben.submit(ben.get("/admin/components/groups/new"), "Add group", name="Shop")
    assert "Empty, so the page does not show it." in page.text
    page = ben.submit(page, "Move Shop up")
    ben.submit(ben.get("/admin/components/groups/shop/edit"), "Save", name="Till")
    ben.submit(ben.get("/admin/components/new"), "Add component", name="Terminals", group="shop")
    text = client.get("/").text
    assert text.index("Till") < text.index("Platform")
    ben.submit(ben.get("/admin/components/groups/shop/edit"), "Remove Till")
    assert "Till" not in client.get("/").text
    assert "Terminals" in client.get("/").text


def test_a_status_set_by_hand_shows_and_asks_for_an_incident(ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.get("/admin/components")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    page = ben.post("/admin/components/mail/status", {"csrf_token": token, "status": "major_outage"})
    assert "Declare an incident to tell customers" in page.text
    assert "set by us at 13:00" in page.text
    assert "Major outage" in client.get("/").text
    link = page.root.xpath("//li[@id='component-mail']//a[contains(., 'Declare an incident')]/@href")[0]
    assert ben.get(link).root.xpath("//select[@name='level.mail']/option[@selected]/@value") == ["major_outage"]


def test_an_unknown_status_is_refused(ben: StrictBrowser) -> None:
    page = ben.get("/admin/components")
    token = page.root.xpath("//input[@name='csrf_token']/@value")[0]
    assert ben.post("/admin/components/mail/status", {"csrf_token": token, "status": "on_fire"}).status == 422


def test_a_component_is_archived(ben: StrictBrowser, client: StrictBrowser) -> None:
    ben.submit(ben.get("/admin/components/mail/edit"), "Archive Mail")
    assert "Mail" not in client.get("/").texts("//*[@class='name']")
    assert ben.get("/admin/components/mail/edit").status == 404
