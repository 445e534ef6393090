"""Runs of quiet days, months, bars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from statuspage.core.languages import Language, speech
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.uptime import Day
from statuspage.publish.pages.bars import bars, troubled, uptime_number
from statuspage.publish.pages.days import Calendar, Happening, by_day, shortened, stretches
from statuspage.publish.pages.months import Month, month_at, parse_month

TODAY = date(2026, 11, 18)
EN, DE = speech(Language.EN), speech(Language.DE)
CALENDAR = Calendar(TODAY, EN)
BERLIN = ZoneInfo("Europe/Berlin")


def happening(at: datetime) -> Happening:
    return Happening("incident", "c", "It broke", "minor", "resolved", at, at, "")


def test_quiet_days_collapse_into_one_line() -> None:
    told = {TODAY - timedelta(days=2): [happening(datetime(2026, 11, 16, 9, tzinfo=UTC))]}
    found = stretches(date(2026, 11, 5), TODAY, told, CALENDAR)
    assert [(one.label, one.words, len(one.happenings)) for one in found] == [
        ("17 \u2013 18 Nov", "No incidents in 2 days.", 0),
        ("Mon 16 Nov", "", 1),
        ("5 \u2013 15 Nov", "No incidents in 11 days.", 0),
    ]


def test_a_run_over_two_months_names_both() -> None:
    assert stretches(date(2026, 10, 30), date(2026, 11, 2), {}, CALENDAR)[0].label == "30 Oct \u2013 2 Nov"


def test_today_says_what_is_open() -> None:
    first = stretches(TODAY, TODAY, {}, replace(CALENDAR, going_on=1))[0]
    assert (first.label, first.words) == ("Today", "One open incident, above.")
    assert stretches(TODAY, TODAY, {}, replace(CALENDAR, going_on=3))[0].words == "3 open incidents, above."


def test_a_day_is_the_page_zones_day() -> None:
    late = happening(datetime(2026, 11, 17, 23, 30, tzinfo=UTC))
    assert list(by_day([late], BERLIN)) == [date(2026, 11, 18)]


def test_long_words_are_cut_between_words() -> None:
    assert shortened("one two three", 9) == "one two \u2026"
    assert shortened("a\n\n b ", 9) == "a b"


@pytest.mark.parametrize(
    ("text", "month"),
    [("2026-11", Month(2026, 11)), ("2026-13", None), ("2026-1", None), ("0000-01", None), ("x", None)],
)
def test_a_month_is_read_strictly(text: str, month: Month | None) -> None:
    assert parse_month(text) == month


def test_months_follow_each_other_over_new_year() -> None:
    december = Month(2026, 12)
    assert (str(december.next), december.next.previous, december.last) == ("2027-01", december, date(2026, 12, 31))
    assert month_at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Europe/Berlin") == Month(2027, 1)


def day(offset: int, *, level: ComponentStatus | None = None, has_data: bool = True) -> Day:
    seconds = {level: 60.0} if level else {}
    observed = timedelta(days=1) if has_data else timedelta(0)
    return Day(TODAY - timedelta(days=offset), has_data, observed, 0, seconds)


def test_bars_join_days_of_one_level_and_let_trouble_stand_out() -> None:
    days = [day(3, has_data=False), day(2), day(1, level=ComponentStatus.MAJOR_OUTAGE), day(0)]
    drawn = bars(days, ComponentStatus.OPERATIONAL, EN)
    assert drawn.width == 30
    assert dict(drawn.paths) == {"no_data": "M0 29H6", "operational": "M8 22H14M24 22H30", "major_outage": "M16 16H22"}
    assert drawn.summary == "Last 4 days: 100\u00a0% uptime, trouble on one day, last on 17 Nov."


def test_what_goes_on_now_shows_today_before_a_minute_was_measured() -> None:
    drawn = bars([day(1), day(0)], ComponentStatus.PARTIAL_OUTAGE, EN)
    assert drawn.ongoing
    assert dict(drawn.paths)["partial_outage"] == "M8 18H14"


def test_announced_work_is_no_trouble() -> None:
    days = [day(1, level=ComponentStatus.UNDER_MAINTENANCE), day(0, level=ComponentStatus.DEGRADED_PERFORMANCE)]
    assert [one.date for one in troubled(days)] == [TODAY]
    assert bars(days[:1], ComponentStatus.OPERATIONAL, EN).summary.endswith("no trouble.")


@pytest.mark.parametrize(
    ("value", "printed"),
    [("100.00", "100\u00a0%"), ("99.99", "99.99\u00a0%"), ("0.00", "0.00\u00a0%"), (None, "\u2013")],
)
def test_uptime_has_the_digits_that_are_honest(value: str | None, printed: str) -> None:
    assert uptime_number(value, EN) == printed


def test_days_and_numbers_are_german_in_german() -> None:
    calendar = Calendar(TODAY, DE, going_on=2)
    told = {TODAY - timedelta(days=2): [happening(datetime(2026, 11, 16, 9, tzinfo=UTC))]}
    found = stretches(date(2026, 10, 30), TODAY, told, calendar)
    assert [(one.label, one.words) for one in found] == [
        ("Heute", "2 offene Störungen, siehe oben."),
        ("Di., 17. Nov.", "Keine Störungen."),
        ("Mo., 16. Nov.", ""),
        ("30. Okt. \u2013 15. Nov.", "Keine Störungen in 17 Tagen."),
    ]
    drawn = bars([day(1, level=ComponentStatus.PARTIAL_OUTAGE), day(0)], ComponentStatus.OPERATIONAL, DE)
    assert drawn.summary == "Letzte 2 Tage: 100\u00a0% verfügbar, Störung an einem Tag, zuletzt am 17. Nov."
    assert uptime_number("99.85", DE) == "99,85\u00a0%"
