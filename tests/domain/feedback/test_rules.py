"""What readers are asked when, and when many reports suggest something."""

from datetime import UTC, datetime, timedelta

import pytest

from statuspage.domain.feedback.enums import Ask, Suggestion
from statuspage.domain.feedback.rules import Threshold, asked, suggestion, surge_at, takes

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ago(**span: float) -> datetime:
    return NOON - timedelta(**span)


@pytest.mark.parametrize(
    ("resolved_at", "asks"),
    [
        (None, {Ask.HELPFUL}),
        (ago(minutes=-3), {Ask.HELPFUL, Ask.STILL}),  # pages are as of the last full five minutes
        (ago(hours=23, minutes=59), {Ask.HELPFUL, Ask.STILL}),
        (ago(hours=24), {Ask.HELPFUL, Ask.AFTERWARDS}),
        (ago(days=7, hours=23), {Ask.HELPFUL, Ask.AFTERWARDS}),
        (ago(days=8), set()),
    ],
)
def test_what_a_page_asks_follows_from_its_public_end(resolved_at: datetime | None, asks: set[Ask]) -> None:
    assert asked(resolved_at, NOON) == asks


@pytest.mark.parametrize(
    ("ask", "resolved_at", "counts"),
    [
        (Ask.HELPFUL, None, True),
        (Ask.STILL, None, False),
        (Ask.STILL, ago(hours=24, minutes=59), True),
        (Ask.STILL, ago(hours=25, minutes=1), False),
        (Ask.AFTERWARDS, ago(hours=2), False),
        (Ask.AFTERWARDS, ago(days=8, minutes=59), True),
        (Ask.HELPFUL, ago(days=8, hours=2), False),
    ],
)
def test_an_answer_counts_an_hour_longer_than_it_is_asked(ask: Ask, resolved_at: datetime | None, counts: bool) -> None:
    assert takes(ask, resolved_at, NOON) is counts


@pytest.mark.parametrize(
    ("minutes", "reached"),
    [
        ([], None),
        ([0, 1, 2, 3], None),
        ([0, 1, 2, 3, 10], 10),  # exactly the window
        ([0, 1, 2, 3, 10.1], None),
        ([0, 20, 21, 22, 23, 24], 24),
        ([24, 0, 22, 20, 23, 21], 24),
        ([0, 0, 0, 0, 0, 0], 0),
        ([0, 9, 18, 27, 36, 45], None),
    ],
)
def test_five_within_ten_minutes_are_many(minutes: list[float], reached: float | None) -> None:
    times = [NOON + timedelta(minutes=one) for one in minutes]
    assert surge_at(times, Threshold()) == (None if reached is None else NOON + timedelta(minutes=reached))


def test_how_many_are_many_can_be_changed() -> None:
    assert surge_at([NOON, NOON + HOUR], Threshold(reports=2, minutes=60)) == NOON + HOUR
    assert set(Threshold(1, 0).faults()) == set(Threshold(101, 121).faults()) == {"reports", "minutes"}
    assert not Threshold(2, 1).faults()


@pytest.mark.parametrize(
    ("is_open", "resolved_at", "suggested"),
    [
        (True, None, Suggestion.ATTACH),
        (True, ago(hours=1), Suggestion.ATTACH),
        (False, None, Suggestion.DECLARE),
        (False, ago(hours=1), Suggestion.REOPEN),
        (False, ago(hours=24), Suggestion.EITHER),
        (False, ago(days=7), Suggestion.EITHER),
        (False, ago(days=7, seconds=1), Suggestion.DECLARE),
    ],
)
def test_what_many_reports_suggest(is_open: bool, resolved_at: datetime | None, suggested: Suggestion) -> None:
    assert suggestion(is_open, resolved_at, NOON) is suggested
