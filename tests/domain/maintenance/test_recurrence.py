"""Windows that repeat by a rule, on the wall clock of a zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from statuspage.core.errors import Invalid
from statuspage.domain.maintenance.recurrence import MOST, windows_of

BERLIN = "Europe/Berlin"


def windows(rule: str, first: str, hours: float = 2, zone: str = BERLIN) -> list[tuple[str, str]]:
    """Return begin and end in UTC, as `10-20 00:00`."""
    start = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(zone))
    found = windows_of(rule, start, start + timedelta(hours=hours), zone)
    return [(f"{begin:%m-%d %H:%M}", f"{end:%m-%d %H:%M}") for begin, end in found]


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        (
            "FREQ=WEEKLY;COUNT=3",
            "2026-10-20T02:00",
            [("10-20 00:00", "10-20 02:00"), ("10-27 01:00", "10-27 03:00"), ("11-03 01:00", "11-03 03:00")],
        ),
        ("FREQ=DAILY;COUNT=2", "2026-10-24T01:00", [("10-23 23:00", "10-24 01:00"), ("10-24 23:00", "10-25 02:00")]),
        ("FREQ=DAILY;COUNT=2", "2027-03-27T02:30", [("03-27 01:30", "03-27 03:30"), ("03-28 01:30", "03-28 02:30")]),
        (
            "RRULE:FREQ=WEEKLY;UNTIL=20261027",
            "2026-10-20T02:00",
            [("10-20 00:00", "10-20 02:00"), ("10-27 01:00", "10-27 03:00")],
        ),
        (
            "freq=weekly;until=20261027T010000Z",
            "2026-10-20T02:00",
            [("10-20 00:00", "10-20 02:00"), ("10-27 01:00", "10-27 03:00")],
        ),
        ("FREQ=WEEKLY;UNTIL=20261027T005959Z", "2026-10-20T02:00", [("10-20 00:00", "10-20 02:00")]),
        (
            "FREQ=MONTHLY;BYDAY=3TU;COUNT=2",
            "2026-10-20T02:00",
            [("10-20 00:00", "10-20 02:00"), ("11-17 01:00", "11-17 03:00")],
        ),
    ],
)
def test_what_begins_at_two_begins_at_two_in_summer_and_winter(
    rule: str, first: str, expected: list[tuple[str, str]]
) -> None:
    assert windows(rule, first) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "weekly",
        "FREQ=WEEKLY",
        "FREQ=NEVER;COUNT=2",
        "FREQ=HOURLY;COUNT=2",
        "FREQ=DAILY;BYHOUR=1,2;COUNT=4",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;INTERVAL=0;COUNT=2",
        "FREQ=WEEKLY;COUNT=-1",
        "FREQ=WEEKLY;COUNT=105",
        "FREQ=DAILY;UNTIL=20271231",
        "FREQ=MONTHLY;COUNT=99",
        "FREQ=WEEKLY;BYDAY=WE;COUNT=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=WEEKLY;UNTIL=20261399",
        "FREQ=WEEKLY;UNTIL=20200101",
        "FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=DAILY;COUNT=9",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2",
        "FREQ=WEEKLY;" + "BYDAY=TU;" * 40 + "COUNT=2",
    ],
)
def test_a_rule_without_end_or_sense_is_refused(rule: str) -> None:
    with pytest.raises(Invalid) as refusal:
        windows(rule, "2026-10-20T02:00")
    assert list(refusal.value.fields) == ["recurrence"]


def test_windows_never_overlap() -> None:
    with pytest.raises(Invalid):
        windows("FREQ=DAILY;COUNT=2", "2026-10-20T02:00", hours=25)


def test_a_series_is_bounded() -> None:
    assert len(windows(f"FREQ=WEEKLY;COUNT={MOST}", "2026-10-20T02:00")) == MOST
