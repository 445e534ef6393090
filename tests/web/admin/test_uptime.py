"""The settings about uptime."""

from tests.kit.browser import StrictBrowser


def test_weights_and_notice_are_set_and_printed(ben: StrictBrowser, client: StrictBrowser) -> None:
    page = ben.submit(ben.get("/admin/settings/uptime"), "Save", partial="40", notice_hours="48")
    assert "Saved" in page.text
    public = client.get("/uptime").text
    assert "Partial outage counts with 40 % of its time." in public
    assert "at least 48 hours before its start" in public


def test_impossible_weights_are_refused_and_kept(ben: StrictBrowser) -> None:
    page = ben.submit(ben.get("/admin/settings/uptime"), "Save", degraded="90", notice_hours="many")
    assert page.status == 422
    assert page.root.xpath("//input[@id='f-notice_hours' and @aria-invalid='true']")
    assert page.root.xpath("//input[@name='degraded']/@value") == ["90"]


def test_a_stale_change_shows_what_stands(ben: StrictBrowser) -> None:
    stale = ben.get("/admin/settings/uptime")
    ben.submit(ben.get("/admin/settings/uptime"), "Save", partial="40")
    clash = ben.submit(stale, "Save", partial="50")
    assert clash.status == 409
    assert "Partial outage now" in clash.text
    assert "Saved" in ben.submit(clash, "Save").text
