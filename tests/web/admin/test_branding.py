"""Settings > Branding: files come in clean or not at all, nothing typed is lost, what is seen first is what is had."""

import io
from typing import Any
from urllib.parse import urljoin

import pytest

from statuspage.domain.branding.actions import draft_of
from statuspage.domain.branding.queries import branding_or_none, brandings
from tests.kit.browser import Answer, StrictBrowser
from tests.kit.cast import ADA
from tests.kit.drawing import BLUE, head_of, plate, read, written
from tests.kit.forms import form_with_button
from tests.web.admin.conftest import Behind, Staff

PLACE = "/admin/settings/branding"
PNG = written(plate((360, 84)))


def send(
    browser: StrictBrowser, page: Answer, button: str, files: dict[str, bytes] | None = None, **typed: Any
) -> Answer:
    """Fill in the form, choose files, and press a button."""
    form = form_with_button(page.root, button)
    form.fill(**typed)
    for name in ("logo_file", "dark_logo_file", "icon_file"):
        form.values.pop(name, None)
    parts: dict[str, Any] = dict(form.values)
    parts |= {name: (io.BytesIO(data), f"{name}.png") for name, data in (files or {}).items()}
    return browser.post(urljoin(page.path, form.action), parts, content_type="multipart/form-data")


def faulty(page: Answer) -> list[str]:
    """Return the names of the fields that are marked as wrong."""
    return [str(name) for name in page.root.xpath("//*[@aria-invalid='true']/@name")]


def test_a_saved_look_is_on_every_page(ben: StrictBrowser, client: StrictBrowser) -> None:
    page = send(
        ben,
        ben.get(PLACE),
        "Save",
        {"logo_file": PNG, "icon_file": written(plate((200, 200), BLUE))},
        accent="#fd0",
        label_1="Shop",
        url_1="https://shop.example.com/",
        privacy_url="https://example.com/privacy",
        footer="Run by **Acme**",
    )
    assert "Saved" in page.text
    for path in ("/", "/history", "/subscribe"):
        home = client.get(path)
        logo = home.root.xpath("//a[@class='brand']//img")[0]
        assert (logo.get("alt"), logo.get("width"), logo.get("height")) == ("Acme", "143", "33")
        assert home.link("Shop") == "https://shop.example.com/"
        assert home.link("Privacy") == "https://example.com/privacy"
        assert home.texts("//footer//strong") == ["Acme"]
        icon, touch = home.root.xpath("//link[@rel='icon' or @rel='apple-touch-icon']/@href")
        assert read(client.get(icon).body).size == (32, 32)
        assert read(client.get(touch).body).size == (180, 180)
        sheet = client.get(home.root.xpath("//link[contains(@href, '/branding/accent.')]/@href")[0])
        assert "--accent: #7e6800" in sheet.html or "--accent: #7" in sheet.html
    served = client.get(logo.get("src"))
    assert served.headers["content-type"] == "image/png"
    assert "immutable" in served.headers["cache-control"]
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "cdn-cache-control" not in served.headers


def test_a_refused_file_names_its_field_and_loses_nothing(ben: StrictBrowser, behind: Behind) -> None:
    page = send(
        ben,
        ben.get(PLACE),
        "Save",
        {"logo_file": PNG, "dark_logo_file": b"<svg xmlns='x'/>", "icon_file": head_of(60_000, 60_000)},
        accent="blue",
        footer="Words to keep",
        url_2="nowhere",
    )
    assert page.status == 422
    assert faulty(page) == ["accent", "dark_logo_file", "icon_file", "url_2"]
    assert "Words to keep" in page.html
    assert page.root.xpath("//input[@name='accent']/@value") == ["blue"]
    kept = page.root.xpath("//img[@alt='Logo now']/@src")[0]
    assert read(ben.get(kept).body).size == (360, 84)
    with behind.reading() as session:
        assert branding_or_none(session) is None
    again = send(ben, page, "Save", accent="", url_2="")
    assert "Saved" in again.text
    with behind.reading() as session:
        stands = draft_of(branding_or_none(session))
        assert (stands.logo, stands.dark_logo, stands.icon) == (kept.rpartition("/")[2], "", "")
        assert stands.footer == "Words to keep"


def test_a_stale_look_is_not_saved_and_shows_both(ben: StrictBrowser, staff: Staff) -> None:
    ours, ada = ben.get(PLACE), staff(ADA)
    send(ada, ada.get(PLACE), "Save", accent="#005500", label_1="Ada", url_1="https://example.com/ada")
    clash = send(ben, ours, "Save", {"logo_file": PNG}, accent="#000055")
    assert clash.status == 409
    assert "#005500" in clash.text and "Ada https://example.com/ada" in clash.text
    assert clash.root.xpath("//input[@name='accent']/@value") == ["#000055"]
    assert clash.root.xpath("//img[@alt='Logo now']")
    assert "Saved" in send(ben, clash, "Save").text


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_preview_shows_the_home_page_and_saves_nothing(
    look: str, ben: StrictBrowser, client: StrictBrowser, behind: Behind
) -> None:
    files = {"logo_file": PNG, "dark_logo_file": written(plate((84, 84)))}
    seen = send(ben, ben.get(PLACE), f"Preview in {look}", files, accent="#0a1f5c", footer="Soon")
    assert (seen.status, seen.h1) == (200, "All systems operational")
    assert "Soon" in seen.text
    logo = seen.root.xpath("//a[@class='brand']//img")[0]
    assert logo.get("height") == ("33" if look == "light" else "52")
    assert ben.get(logo.get("src")).headers["content-type"] == "image/png"
    assert not client.get(logo.get("src")).headers["content-type"].startswith("image/")
    sheet = ben.get(f"{PLACE}/sheets/{look}/0a1f5c.css")
    assert f"color-scheme: {look}" in sheet.html
    assert ("--accent: #0a1f5c" if look == "light" else "--accent: #7090d7") in sheet.html
    assert "Soon" not in client.get("/").text
    with behind.reading() as session:
        assert branding_or_none(session) is None


def test_a_refused_preview_says_why(ben: StrictBrowser) -> None:
    page = send(ben, ben.get(PLACE), "Preview in dark", {"icon_file": b"MZ"}, accent="#12")
    assert page.status == 422
    assert faulty(page) == ["accent", "icon_file"]


def test_an_unsaved_picture_is_not_public(ben: StrictBrowser, client: StrictBrowser) -> None:
    seen = send(ben, ben.get(PLACE), "Preview in light", {"logo_file": PNG})
    code = seen.root.xpath("//a[@class='brand']//img/@src")[0].rpartition("/")[2]
    assert client.get(f"/branding/{code}.png").status == 404
    send(ben, ben.get(PLACE), "Save", {"logo_file": PNG})
    assert client.get(f"/branding/{code}.png").status == 200
    assert client.get(f"/branding/{code}.webp").status == client.get(f"/branding/{code}-32.png").status == 404


def test_a_logo_is_removed_and_brought_back(ben: StrictBrowser, client: StrictBrowser, behind: Behind) -> None:
    send(ben, ben.get(PLACE), "Save", {"logo_file": PNG})
    address = client.get("/").root.xpath("//a[@class='brand']//img/@src")[0]
    send(ben, ben.get(PLACE), "Save", remove_logo=True)
    assert not client.get("/").root.xpath("//a[@class='brand']//img")
    assert client.get(address).status == 200, "a page in some cache names it"
    page = ben.submit(ben.get(PLACE), "Bring back look 1")
    assert "Back as it was" in page.text
    assert client.get("/").root.xpath("//a[@class='brand']//img/@src") == [address]
    with behind.reading() as session:
        assert [one.number for one in brandings(session)] == [3, 2, 1]


def test_an_accent_like_a_state_is_warned_of(ben: StrictBrowser) -> None:
    page = send(ben, ben.get(PLACE), "Save", accent="#c00")
    assert "means “down”" in page.text


def test_more_than_any_page_needs_is_turned_away(ben: StrictBrowser) -> None:
    page = ben.post(PLACE, bytes(5 * 1024 * 1024), content_type="multipart/form-data; boundary=x")
    assert page.status == 413


@pytest.mark.parametrize("path", ["sheets/both/nohexa.css", "sheets/blue/000000.css", "images/0000"])
def test_what_is_not_there_is_told(path: str, ben: StrictBrowser) -> None:
    assert ben.get(f"{PLACE}/{path}").status in (404, 422)


def test_a_preview_without_its_form_leads_back(ben: StrictBrowser) -> None:
    assert ben.get(f"{PLACE}/preview").h1 == "Branding"
