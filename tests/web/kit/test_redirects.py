"""Where `next` may lead."""

import pytest

from statuspage.web.kit.redirects import PANEL, safe_next


@pytest.mark.parametrize("wanted", ["/admin/", "/admin/incidents/INC-2026-0001?x=1", "/"])
def test_a_path_of_this_site_is_followed(wanted: str) -> None:
    assert safe_next(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        None,
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "admin",
        "/a\\b",
        "/a\r\nLocation: x",
        "/a b",
        "\t//evil.example",
        "/\x00",
    ],
)
def test_anything_else_leads_to_the_panel(wanted: str | None) -> None:
    assert safe_next(wanted) == PANEL
