"""The settings about languages, and what the public page makes of them."""

from tests.kit.browser import StrictBrowser

PLACE = "/admin/settings/languages"


def test_a_language_is_taken_away_and_given_back(ben: StrictBrowser, client: StrictBrowser) -> None:
    assert client.get("/de/uptime").root.get("lang") == "de"
    assert "Saved" in ben.submit(ben.get(PLACE), "Save", show_de=None).text
    assert client.get("/de/uptime").path == "/uptime", "who kept the address finds the page"
    assert not client.get("/uptime").root.xpath("//a[@hreflang]")
    ben.submit(ben.get(PLACE), "Save", show_de="yes")
    assert client.get("/uptime").root.xpath("//footer//a[@hreflang='de' and @lang='de']/@href") == ["/de/uptime"]


def test_a_page_whose_staff_write_german_is_german_at_plain_addresses(
    ben: StrictBrowser, client: StrictBrowser
) -> None:
    ben.submit(ben.get(PLACE), "Save", own="de")
    assert "Verfügbarkeit" in client.get("/uptime").text
    assert client.get("/en/uptime").root.get("lang") == "en"
    assert client.get("/de/uptime").path == "/uptime"


def test_a_stale_change_shows_what_stands(ben: StrictBrowser) -> None:
    stale = ben.get(PLACE)
    ben.submit(ben.get(PLACE), "Save", show_de=None)
    clash = ben.submit(stale, "Save", own="de")
    assert clash.status == 409
    assert "Languages now" in clash.text
    assert "Saved" in ben.submit(clash, "Save").text
