"""Languages: which there are, how they say texts, times and durations."""

from datetime import UTC, date, datetime, timedelta

import pytest
from jinja2 import DictLoader, Environment

from statuspage.core.formats import day, duration, instant, percentage
from statuspage.core.languages import Language, speech, spoken
from statuspage.core.templating import prepare, speaking
from statuspage.core.words import ALONE, INSIDE, word

EN, DE = speech(Language.EN), speech(Language.DE)
AT = datetime(2026, 11, 21, 13, 18, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("en-GB", "en"), ("fr", "en"), ("", "en"), ("deutsch", "en")],
)
def test_a_locale_is_spoken_in_its_language_or_in_english(locale: str, language: str) -> None:
    assert spoken(locale) == language


def test_a_language_is_called_as_its_speakers_call_it() -> None:
    assert [language.own_name for language in Language] == ["English", "Deutsch"]


@pytest.mark.parametrize(
    ("form", "english", "german"),
    [
        ("time", "14:18 CET", "14:18 MEZ"),
        ("short", "21 Nov, 14:18 CET", "21. Nov., 14:18 MEZ"),
        ("long", "21 Nov 2026, 14:18 CET", "21. Nov. 2026, 14:18 MEZ"),
        ("weekday", "Sat 21 Nov, 14:18 CET", "Sa., 21. Nov., 14:18 MEZ"),
        ("weekday_long", "Sat 21 Nov 2026, 14:18 CET", "Sa., 21. Nov. 2026, 14:18 MEZ"),
    ],
)
def test_instants_are_written_as_each_language_writes_them(form: str, english: str, german: str) -> None:
    assert instant(AT, BERLIN, EN, form, named=True) == english
    assert instant(AT, BERLIN, DE, form, named=True) == german


@pytest.mark.parametrize(
    ("at", "zone", "shown"),
    [
        (AT.replace(month=7), BERLIN, "15:18 MESZ"),
        (AT, "UTC", "13:18 UTC"),
        (AT, "Asia/Riyadh", "16:18 UTC+03"),
        (AT, "America/New_York", "08:18 EST"),
    ],
)
def test_zones_have_german_names_where_germans_use_them(at: datetime, zone: str, shown: str) -> None:
    assert instant(at, zone, DE, "time", named=True) == shown


@pytest.mark.parametrize(
    ("form", "english", "german"),
    [
        ("day", "1", "1."),
        ("short", "1 Mar", "1. März"),
        ("long", "1 Mar 2026", "1. März 2026"),
        ("weekday", "Sun 1 Mar", "So., 1. März"),
        ("month", "March 2026", "März 2026"),
        ("short_month", "Mar 2026", "März 2026"),
    ],
)
def test_days_are_written_as_each_language_writes_them(form: str, english: str, german: str) -> None:
    assert day(date(2026, 3, 1), EN, form) == english
    assert day(date(2026, 3, 1), DE, form) == german


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.5, "weniger als 1 min"), (65, "1 h 05 min"), (1440, "1 Tag"), (1621, "1 Tag 3 h"), (4501, "3 Tage 3 h")],
)
def test_durations_are_german_in_german(minutes: float, words: str) -> None:
    assert duration(timedelta(minutes=minutes), DE) == words


def test_percentages_keep_their_digits_and_get_the_separator_of_the_language() -> None:
    assert percentage("99.850", EN) == "99.850\u00a0%"
    assert percentage("99.850", DE) == "99,850\u00a0%"


def test_every_state_has_a_word_alone_and_inside_a_sentence() -> None:
    assert ALONE.keys() == INSIDE.keys()
    assert word("partial_outage", EN) == "Partial outage"
    assert word("partial_outage", EN, inside=True) == "partial outage"
    assert word("partial_outage", DE, inside=True) == "Teilausfall"
    assert word("degraded_performance", DE, inside=True) == "eingeschränkte Leistung"


def test_an_environment_speaks_its_language_even_inside_imported_macros() -> None:
    templates = {
        "parts.html": "{% macro said(name) %}{{ _('Resolved') }} {{ name | word(inside=true) }}{% endmacro %}",
        "page.html": "{% from 'parts.html' import said %}{{ said('resolved') }} {{ at | instant('UTC', 'short') }}",
    }
    english = prepare(Environment(loader=DictLoader(templates), autoescape=True))
    german = speaking(english, Language.DE)
    for _ in range(2):  # neither takes the other's compiled template
        assert english.get_template("page.html").render(at=AT) == "Resolved resolved 21 Nov, 13:18"
        assert german.get_template("page.html").render(at=AT) == "Behoben behoben 21. Nov., 13:18"


def test_what_fills_a_gap_is_escaped() -> None:
    environment = prepare(
        Environment(loader=DictLoader({"x": "{{ _('%(name)s is here', name=name) }}"}), autoescape=True)
    )
    assert environment.get_template("x").render(name="<b>") == "&lt;b&gt; is here"
