"""What the owner chose, as every page wears it; what it wore stays reachable for pages in caches, and then leaves."""

import json

import pytest
from sqlalchemy.orm import Session

from statuspage.domain.branding.actions import BrandDraft, FooterLink, change_branding, keep_image, prepare_image
from statuspage.domain.branding.enums import ImageUse, Scheme
from statuspage.outbox.publications import publications_since
from statuspage.publish.brand import accent_sheet, scheme_sheet, sheet_path
from statuspage.publish.pages import all_paths, is_urgent, render, touched_paths
from tests.kit.cast import Cast
from tests.kit.clock import FrozenClock
from tests.kit.drawing import CLEAR, halves, plate, read, written
from tests.kit.source import text as source
from tests.publish.rendered import ORIGIN, SITE, page, root, text

pytestmark = pytest.mark.soak_on("postgresql")

BLACK = (0, 0, 0, 255)


class Wardrobe:
    """Dresses the page."""

    def __init__(self, session: Session, cast: Cast, clock: FrozenClock) -> None:
        self.session, self.cast, self.clock = session, cast, clock

    def kept(self, data: bytes, use: ImageUse = ImageUse.LOGO) -> str:
        return keep_image(self.session, prepare_image(data, use, "file"), now=self.clock.now()).code

    def dress(self, **wanted: object) -> None:
        draft = BrandDraft(**wanted)  # type: ignore[arg-type]  # fields by name
        change_branding(self.session, draft, by=self.cast.ada, now=self.clock.now())

    def brand_paths(self) -> set[str]:
        return {path for path in all_paths(self.session, self.clock.now()) if path.startswith("/branding/")}


@pytest.fixture
def wardrobe(session: Session, cast: Cast, clock: FrozenClock) -> Wardrobe:
    return Wardrobe(session, cast, clock)


def test_a_page_without_branding_wears_the_mark(session: Session, wardrobe: Wardrobe, clock: FrozenClock) -> None:
    home = root(session, "/", clock.now())
    assert home.xpath("//a[@class='brand']/*[local-name()='svg']") and not home.xpath("//a[@class='brand']//img")
    assert wardrobe.brand_paths() == set()


def test_a_logo_takes_the_place_of_mark_and_name_and_says_the_name(
    session: Session, wardrobe: Wardrobe, clock: FrozenClock
) -> None:
    light = wardrobe.kept(written(plate((360, 84))))
    dark = wardrobe.kept(written(plate((84, 84))))
    wardrobe.dress(logo=light, dark_logo=dark)
    for path in ("/", "/history", "/de/"):
        head = root(session, path, clock.now()).xpath("//a[@class='brand']")[0]
        assert head.xpath("string()").strip().lower() == "status"
        assert [head.xpath(f"string(.//img/@{name})") for name in ("src", "alt", "width", "height")] == [
            f"/branding/{light}.png",
            "Acme",
            "143",
            "33",
        ]
        assert head.xpath("string(.//source/@srcset)") == f"/branding/{dark}.png"
    assert wardrobe.brand_paths() == {f"/branding/{light}.png", f"/branding/{dark}.png"}


def test_a_black_logo_on_nothing_stands_on_a_plate_unless_there_is_a_dark_one(
    session: Session, wardrobe: Wardrobe, clock: FrozenClock
) -> None:
    black = wardrobe.kept(written(halves((80, 20), left=CLEAR, right=BLACK)))
    wardrobe.dress(logo=black)
    assert root(session, "/", clock.now()).xpath("//img[contains(@class, 'needs-light')]")
    wardrobe.dress(logo=black, dark_logo=wardrobe.kept(written(plate())))
    session.info.clear()
    assert not root(session, "/", clock.now()).xpath("//img[contains(@class, 'needs-')]")


def test_an_icon_is_the_face_of_the_page_everywhere(session: Session, wardrobe: Wardrobe, clock: FrozenClock) -> None:
    code = wardrobe.kept(written(plate((200, 200))), ImageUse.ICON)
    wardrobe.dress(icon=code)
    home = root(session, "/", clock.now())
    assert home.xpath("//link[@rel='icon']/@href") == [f"/branding/{code}-32.png"]
    assert home.xpath("//link[@rel='apple-touch-icon']/@href") == [f"/branding/{code}.png"]
    assert home.xpath("//meta[@property='og:image']/@content") == [f"{ORIGIN}/branding/{code}.png"]
    told = json.loads(home.xpath("string(//script[@type='application/ld+json'])"))
    assert told["publisher"] == {"@type": "Organization", "name": "Acme", "logo": f"{ORIGIN}/branding/{code}.png"}
    small, large = (page(session, path, clock.now()) for path in sorted(wardrobe.brand_paths()))
    assert (read(small.body).size, read(large.body).size) == ((32, 32), (180, 180))
    assert dict(large.headers)["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_accent_is_a_stylesheet_of_its_own_behind_the_pages(
    session: Session, wardrobe: Wardrobe, clock: FrozenClock
) -> None:
    wardrobe.dress(accent="#ffd500")
    sheets = root(session, "/", clock.now()).xpath("//link[@rel='stylesheet']/@href")
    assert sheets[-1] == sheet_path("#ffd500") and len(sheets) == 2
    served = page(session, sheets[-1], clock.now())
    assert served.content_type == "text/css; charset=utf-8"
    assert served.body.decode() == accent_sheet("#ffd500")


def test_links_and_words_at_the_foot_are_harmless(session: Session, wardrobe: Wardrobe, clock: FrozenClock) -> None:
    wardrobe.dress(
        links=(FooterLink("<b>Shop</b>", "https://example.com/?a=1&b=\"'"), FooterLink("Mail", "mailto:a@example.com")),
        footer="<script>alert(1)</script> **Acme** [x](javascript:alert(1))",
        privacy_url="https://example.com/privacy",
        imprint_url="https://example.com/imprint",
    )
    foot = root(session, "/", clock.now()).xpath("//footer")[0]
    found = {link.xpath("string()"): link.get("href") for link in foot.xpath(".//a")}
    assert found["<b>Shop</b>"] == "https://example.com/?a=1&b=\"'"
    assert [found["Mail"], found["Privacy"]] == ["mailto:a@example.com", "https://example.com/privacy"]
    assert foot.xpath(".//strong") and not foot.xpath(".//script | .//a[starts-with(@href, 'javascript')]")
    assert {"Datenschutz", "Impressum"} <= set(text(session, "/de/", clock.now()).split())


def test_what_the_page_wore_is_served_until_its_last_look_goes(
    session: Session, wardrobe: Wardrobe, clock: FrozenClock
) -> None:
    wardrobe.dress(accent="#00000f", icon=wardrobe.kept(written(plate()), ImageUse.ICON))
    first = wardrobe.brand_paths()
    for number in range(7):
        wardrobe.dress(accent=f"#00000{number}")
    assert first < wardrobe.brand_paths()
    clock.advance(minutes=60 * 24 * 8)
    wardrobe.dress()
    touched = touched_paths(session, publications_since(session, 0)[-1].touches, clock.now())
    assert first <= touched and not first & wardrobe.brand_paths()
    assert [render(session, path, SITE, clock.now()) for path in first] == [None] * 3


def test_what_pages_wear_is_built_before_them(session: Session, wardrobe: Wardrobe, clock: FrozenClock) -> None:
    wardrobe.dress(accent="#123456", logo=wardrobe.kept(written(plate())))
    ranked = all_paths(session, clock.now())
    assert set(ranked[:2]) == wardrobe.brand_paths()
    assert all(is_urgent(path) for path in ranked[:2])


@pytest.mark.parametrize("path", ["/branding/", "/branding/accent.000000000000.css", f"/branding/{'0' * 24}.png"])
def test_no_other_file_is_there(path: str, session: Session, cast: Cast, clock: FrozenClock) -> None:
    assert render(session, path, SITE, clock.now()) is None


@pytest.mark.parametrize("scheme", Scheme)
def test_a_scheme_can_be_shown_whatever_the_reader_prefers(scheme: Scheme) -> None:
    sheet = scheme_sheet(source("static/css/tokens.css"), "", scheme, ".in")
    paper = {"light": "#fafaf8", "dark": "#111316"}[scheme]
    assert f"color-scheme: {scheme}" in sheet and f"--paper: {paper};" in sheet
    assert "@media" not in sheet and sheet.count("--paper:") == 1
