"""Pages in two languages: where they stand, what they say, how they name each other."""

from datetime import timedelta

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from statuspage.core.languages import Language
from statuspage.domain.components.profile import LanguagesDraft, change_languages
from statuspage.domain.incidents.actions import post_update
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.publish.pages import all_paths, is_urgent, render, touched_paths
from statuspage.publish.pages.routes import is_translated
from tests.kit.cast import Cast, declare, plan, says
from tests.kit.clock import FrozenClock
from tests.kit.pages import text_of
from tests.publish.rendered import SITE, page, root, text

pytestmark = pytest.mark.soak_on("postgresql")

ORIGIN = "https://status.example.com"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def german(session: Session, cast: Cast, clock: FrozenClock, *others: Language) -> None:
    draft = LanguagesDraft(Language.DE, frozenset(others))
    change_languages(session, draft, by=cast.ada, now=clock.now())
    session.info.clear()


def test_every_page_for_people_has_its_twin_and_nothing_else_has(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    declare(session, cast.ben, clock.now())
    plan(session, cast.ben, clock.now())
    every = all_paths(session, clock.now())
    twins = {path for path in every if path.startswith("/de/")}
    html = {path for path in every if page(session, path, clock.now()).content_type.startswith("text/html")}
    assert {f"/de{path}" for path in html - twins - {"/embed.html"}} == twins
    assert every[-len(twins) :] == [path for path in every if path in twins], "the site's own language comes first"
    assert not any(is_urgent(path) for path in twins)


def test_each_says_which_language_it_is_in_and_where_the_others_are(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    for plain in ("/", "/uptime", "/history/2026-11", f"/incidents/{incident.code}"):
        for path, language in ((plain, "en"), (f"/de{plain}", "de")):
            made = root(session, path, clock.now())
            assert made.get("lang") == language
            assert ("Content-Language", language) in page(session, path, clock.now()).headers
            assert made.xpath("//link[@rel='canonical']/@href") == [ORIGIN + path]
            alternates = {one.get("hreflang"): one.get("href") for one in made.xpath("//link[@hreflang]")}
            assert alternates == {"en": ORIGIN + plain, "de": f"{ORIGIN}/de{plain}", "x-default": ORIGIN + plain}
            (switch,) = made.xpath("//footer//a[@hreflang]")
            other = ("/de" + plain, "Deutsch", "de") if language == "en" else (plain, "English", "en")
            assert (switch.get("href"), switch.text, switch.get("lang")) == other


def test_links_of_a_page_stay_in_its_language(session: Session, cast: Cast, clock: FrozenClock) -> None:
    declare(session, cast.ben, clock.now())
    plan(session, cast.ben, clock.now())
    for path in all_paths(session, clock.now()):
        if path.startswith("/de/"):
            links = root(session, path, clock.now()).xpath("//a[not(@hreflang)]/@href[starts-with(., '/')]")
            assert [link for link in links if is_translated(link.partition("#")[0])] == [], path


def test_the_frame_is_german_and_the_words_of_staff_say_that_they_are_not(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    incident = declare(session, cast.ben, clock.now())
    post_update(session, incident, says("Fixed it.", PublicStatus.RESOLVED), by=cast.ben, now=clock.advance(minutes=65))
    session.expire_all()
    made = root(session, f"/de/incidents/{incident.code}", clock.now())
    said = text_of(made)
    for words in ("Behoben", "behoben, Dauer 1 h 05 min", "Wird untersucht", "18. Nov. 2026, 14:05 MEZ"):
        assert words in said
    for words in ("Checkout fails", "Fixed it."):
        (held,) = made.xpath(f"//main//*[text()='{words}']/ancestor-or-self::*[@lang][1]")
        assert held.get("lang") == "en", words
    assert not root(session, f"/incidents/{incident.code}", clock.now()).xpath("//body//*[@lang][not(@hreflang)]")


def test_a_german_site_is_german_at_plain_addresses_and_for_machines(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    declare(session, cast.ben, clock.now())
    german(session, cast, clock, Language.EN)
    assert "Wir arbeiten an" in text(session, "/", clock.now()) or "Ausfall" in text(session, "/", clock.now())
    assert root(session, "/en/", clock.now()).get("lang") == "en"
    assert render(session, "/de/", SITE, clock.now()) is None
    for path in ("/updates.rss", "/history.atom", "/feed.json"):
        feed = page(session, path, clock.now()).body.decode()
        assert "Wird untersucht" in feed
        assert "/en/" not in feed
    assert '"language":"de"' in page(session, "/feed.json", clock.now()).body.decode().replace(" ", "")


def test_a_language_that_is_not_shown_is_not_there(session: Session, cast: Cast, clock: FrozenClock) -> None:
    german(session, cast, clock)
    assert not [path for path in all_paths(session, clock.now()) if path.startswith(("/de/", "/en/"))]
    assert render(session, "/en/", SITE, clock.now()) is None
    assert not root(session, "/", clock.now()).xpath("//*[@hreflang]")
    assert "/en/uptime" in touched_paths(session, ["everything"], clock.now()), "or it would stay where it was"


@pytest.mark.parametrize("path", ["/fr/", "/de", "/de/api/v2/status.json", "/de/updates.rss", "/de/de/", "/en/"])
def test_there_is_nothing_under_other_prefixes(session: Session, cast: Cast, clock: FrozenClock, path: str) -> None:
    assert render(session, path, SITE, clock.now()) is None


def test_the_sitemap_lists_every_language_of_a_page_with_all_of_them(
    session: Session, cast: Cast, clock: FrozenClock
) -> None:
    declare(session, cast.ben, clock.now() - timedelta(days=1))
    sitemap = etree.fromstring(page(session, "/sitemap.xml", clock.now()).body)
    found = {
        one.findtext("s:loc", namespaces=SITEMAP): one.xpath("x:link/@href", namespaces=SITEMAP)
        for one in sitemap.findall("s:url", SITEMAP)
    }
    twins = [f"{ORIGIN}/uptime", f"{ORIGIN}/de/uptime"]
    assert found[twins[0]] == found[twins[1]] == twins
    german(session, cast, clock)
    assert b"xhtml:link" not in page(session, "/sitemap.xml", clock.now()).body
