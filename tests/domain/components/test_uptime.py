"""Days and percentages from intervals."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.components.enums import ComponentStatus as S
from statuspage.domain.components.uptime import Day, Span, day_bounds, days_of, flatten, mean_days, percent

BORN = datetime(2026, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


def days(spans: list[Span], count: int = 2, **more: object) -> list[Day]:
    dates = [MONDAY.date() + timedelta(days=n) for n in range(count)]
    settings = {"born": BORN, "until": MONDAY + timedelta(days=count), **more}
    return days_of(spans, dates, "UTC", **settings)


def span(level: S, start_minute: float, length: float | None) -> Span:
    start = MONDAY + timedelta(minutes=start_minute)
    return Span(level, start, None if length is None else start + timedelta(minutes=length))


def test_one_clean_day_and_one_with_864_seconds_of_partial_outage_make_99_85_percent() -> None:
    assert percent(days([span(S.PARTIAL_OUTAGE, 60, 864 / 60)])) == "99.85"


def test_a_percentage_is_cut_and_never_rounded_up_to_a_hundred() -> None:
    assert percent(days([span(S.MAJOR_OUTAGE, 60, 1 / 60)])) == "99.99"


@pytest.mark.parametrize("level", [S.DEGRADED_PERFORMANCE, S.UNDER_MAINTENANCE])
def test_degraded_and_maintenance_are_shown_but_do_not_count(level: S) -> None:
    found = days([span(level, 60, 120)])
    assert (percent(found), found[0].worst, found[0].seconds[level]) == ("100.00", level, 7200)


def test_overlapping_intervals_count_once_at_the_worst_level() -> None:
    overlapping = [span(S.MAJOR_OUTAGE, 0, 60), span(S.PARTIAL_OUTAGE, 30, 60)]
    assert days(overlapping)[0].seconds == {S.MAJOR_OUTAGE: 3600, S.PARTIAL_OUTAGE: 1800}


def test_an_open_interval_counts_until_now() -> None:
    found = days([span(S.MAJOR_OUTAGE, 0, None)], until=MONDAY + timedelta(hours=6))
    assert found[0].seconds == {S.MAJOR_OUTAGE: 6 * 3600}
    assert not found[1].has_data


def test_an_interval_over_midnight_is_split_between_the_days() -> None:
    found = days([span(S.MAJOR_OUTAGE, 23 * 60, 120)])
    assert [day.seconds.get(S.MAJOR_OUTAGE) for day in found] == [3600, 3600]


def test_days_before_a_component_existed_are_no_data() -> None:
    found = days([], born=MONDAY + timedelta(days=1))
    assert [day.has_data for day in found] == [False, True]


def test_without_any_data_there_is_no_percentage() -> None:
    assert percent(days([], born=MONDAY + timedelta(days=9))) is None


def test_downtime_inside_an_excused_window_is_shown_but_not_counted() -> None:
    excused = [(MONDAY + timedelta(minutes=60), MONDAY + timedelta(minutes=90))]
    found = days([span(S.MAJOR_OUTAGE, 60, 60)], excused=excused)
    assert (found[0].seconds[S.MAJOR_OUTAGE], found[0].weighted) == (3600, 1800 * 1_000_000 * 100)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 16), 24)]
)
def test_days_are_those_of_the_zone(day: date, hours: int) -> None:
    start, end = day_bounds(day, "Europe/Berlin")
    assert end - start == timedelta(hours=hours)


def test_a_group_is_the_mean_of_its_children_that_had_data() -> None:
    down = days([span(S.MAJOR_OUTAGE, 0, 24 * 60)])
    unborn = days([], born=MONDAY + timedelta(days=1))
    group = mean_days([down, days([]), unborn])
    assert [percent([day]) for day in group] == ["50.00", "100.00"]


spans = st.lists(st.builds(span, st.sampled_from(list(S)[1:]), st.integers(0, 3000), st.integers(1, 500)), max_size=8)


@given(spans)
def test_flattened_pieces_never_overlap_and_cover_what_the_spans_cover(found: list[Span]) -> None:
    until = MONDAY + timedelta(days=2)
    pieces = flatten(found, until)
    assert all(a[2] <= b[1] for a, b in itertools.pairwise(pieces))
    minutes = {m for s in found for m in range(2880) if s.start <= MONDAY + timedelta(minutes=m) < (s.end or until)}
    covered = sum((end - start for _, start, end in pieces), timedelta())
    assert covered == timedelta(minutes=len(minutes))
