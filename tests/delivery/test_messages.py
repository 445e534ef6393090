"""How messages read: plain text in a terminal, HTML in any client, and what must never stand in them."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import html5lib
import pytest

from statuspage.core.languages import Language, speech
from statuspage.delivery.messages.facts import ComponentFacts, SiteFacts
from statuspage.delivery.messages.rendering import wrapped
from statuspage.delivery.messages.words import moment
from statuspage.outbox.enums import EventKind
from tests.delivery.stock import BEGAN, LISTS, SITE, parsed, part, story, written

OPENED = EventKind.INCIDENT_OPENED
EN, DE = speech(Language.EN), speech(Language.DE)
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", EventKind)
def test_plain_text_fits_a_terminal(kind: EventKind, language: Language) -> None:
    text = part(written(kind, language=language), "plain")
    long = [line for line in text.splitlines() if len(line) > 72 and "https://" not in line]
    assert long == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", EventKind)
def test_html_is_well_formed_and_asks_nobody_for_anything(kind: EventKind, language: Language) -> None:
    html = part(written(kind, language=language), "html")
    html5lib.HTMLParser(strict=True).parse(html)
    assert not re.search(r"<(?:script|img|link|iframe|form|object)|url\(|@import|<style>\s*</style>", html)
    assert set(re.findall(r'href="(https?://[^/"]+)', html)) <= {
        "https://status.example.com",
        "https://docs.example.com",
    }
    assert "prefers-color-scheme: dark" in html
    assert 'name="color-scheme" content="light dark"' in html
    assert not re.search(r"\{\{|\}\}|\{%|None", html)


@pytest.mark.parametrize("kind", LISTS)
def test_both_parts_tell_the_same_facts(kind: EventKind) -> None:
    raw = written(kind)
    links = ("/subscriptions/" + "M" * 43, "/unsubscribe/" + "U" * 43, "k3v9x2m4p7qa")
    for form in ("plain", "html"):
        said = part(raw, form)
        for fact in (parsed(raw)["Subject"].partition(": ")[2], "18 Nov 2026, 14:03 CET (13:03 UTC)", *links):
            assert fact in said, form


def test_the_promise_and_the_advice_stand_in_both_parts() -> None:
    raw = written(OPENED)
    for form in ("plain", "html"):
        said = part(raw, form)
        assert "Next update by" in said
        assert "18 Nov 2026, 14:43 CET (13:43 UTC)" in said
        assert "What you can do" in said
        assert "API: partial outage" in said


def test_markup_of_people_is_words_in_the_text_and_harmless_in_the_html() -> None:
    body = "Hello <script>alert(1)</script> **bold** <img src=x onerror=y> [x](javascript:alert(1))"
    raw = written(OPENED, story(body=body, title="<b>Title</b> & more", workaround="<i>do</i>"))
    html, text = part(raw, "html"), part(raw, "plain")
    assert "<script>alert" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "&lt;b&gt;Title&lt;/b&gt; &amp; more" in html
    assert "&lt;i&gt;do&lt;/i&gt;" in html
    assert "INVESTIGATING: <b>Title</b> & more" in text
    assert "**" not in text


def test_styles_reach_what_people_wrote() -> None:
    paragraph = re.search(r"<p [^>]*>Requests to the", part(written(OPENED), "html"))
    assert paragraph is not None
    assert "margin" in paragraph[0]


def test_a_confirmation_repeats_nothing_anybody_could_have_chosen() -> None:
    marked = SiteFacts("Buy pills now", SITE.zone, SITE.links, SITE.sender)
    raw = written(EventKind.SUBSCRIBER_CONFIRM, site=marked)
    assert all("pills" not in part(raw, form) for form in ("plain", "html"))
    assert "pills" not in parsed(raw)["Subject"]


@pytest.mark.parametrize(
    ("zone", "at", "shown"),
    [
        ("UTC", NOON, "18 Nov 2026, 12:00 UTC"),
        ("Europe/Berlin", NOON, "18 Nov 2026, 13:00 CET (12:00 UTC)"),
        ("Europe/Berlin", NOON.replace(month=7), "18 Jul 2026, 14:00 CEST (12:00 UTC)"),
        ("Europe/London", NOON, "18 Nov 2026, 12:00 GMT (UTC)"),
        ("Pacific/Auckland", NOON, "19 Nov 2026, 01:00 NZDT (18 Nov, 12:00 UTC)"),
        ("Asia/Kathmandu", NOON, "18 Nov 2026, 17:45 UTC+0545 (12:00 UTC)"),
    ],
)
def test_an_instant_is_written_in_the_pages_zone_with_utc_beside(zone: str, at: datetime, shown: str) -> None:
    assert moment(at, zone, EN) == shown


@pytest.mark.parametrize(
    ("zone", "at", "shown"),
    [
        ("Europe/Berlin", NOON, "18. Nov. 2026, 13:00 MEZ (12:00 UTC)"),
        ("Europe/Vienna", NOON.replace(month=7), "18. Juli 2026, 14:00 MESZ (12:00 UTC)"),
        ("Pacific/Auckland", NOON, "19. Nov. 2026, 01:00 NZDT (18. Nov., 12:00 UTC)"),
    ],
)
def test_an_instant_is_written_in_german(zone: str, at: datetime, shown: str) -> None:
    assert moment(at, zone, DE) == shown


def test_wrapping_keeps_lists_hanging_and_addresses_whole() -> None:
    address = "https://status.example.com/" + "x" * 80
    text = f"- {'word ' * 20}\nSee {address} for more.\n\nEnd."
    first, second, *rest = wrapped(text).splitlines()
    assert first.startswith("- word")
    assert second.startswith("  word")
    assert any(line.strip() == address for line in rest)
    assert rest[-2:] == ["", "End."]


def test_how_long_it_lasted_is_told_at_the_end() -> None:
    assert "Lasted    1 h 05 min" in part(written(EventKind.INCIDENT_RESOLVED), "plain")
    assert BEGAN.minute == 3


def test_words_of_staff_in_another_language_say_which() -> None:
    facts = story(workaround="Try again.", components=(ComponentFacts("API", "Teilausfall"),))
    german = part(written(OPENED, facts, language=Language.DE), "html")
    for words in ("API errors for some requests</h1>", "Try again.</span>", "API</span>: Teilausfall"):
        assert re.search(rf'lang="en"[^>]*>{re.escape(words)}', german), words
    assert 'lang="en" style' not in part(written(OPENED, facts), "html").replace('<html lang="en"', "")
    own = part(written(OPENED, facts, replace(SITE, own=Language.DE), language=Language.DE), "html")
    assert 'lang="en"' not in own
