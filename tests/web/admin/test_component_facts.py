"""What the staff alone know of a component."""

from statuspage.domain.components.queries import component_by_slug
from tests.kit.browser import StrictBrowser
from tests.web.admin.conftest import Behind


def test_team_runbook_and_start_are_kept_for_the_staff(
    ben: StrictBrowser, client: StrictBrowser, behind: Behind
) -> None:
    typed = {"owner_team": "Payments", "runbook_url": "https://wiki.example.com/web", "started_at": "2026-01-05T09:00"}
    page = ben.submit(ben.get("/admin/components/web/edit"), "Save", **typed)
    assert page.root.xpath("//li[@id='component-web']//a[@href='https://wiki.example.com/web']")
    assert "Payments" in page.text
    again = ben.get("/admin/components/web/edit")
    assert again.root.xpath("//input[@name='started_at']/@value") == ["2026-01-05T09:00"]
    with behind.reading() as session:
        before = component_by_slug(session, "web").started_at
    ben.submit(again, "Save", name="Website")
    with behind.reading() as session:
        assert component_by_slug(session, "web").started_at == before
    assert "Payments" not in client.get("/components/web").html
    assert "wiki.example.com" not in client.get("/components/web").html
