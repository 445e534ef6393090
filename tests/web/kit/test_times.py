"""Local times as they are typed, and the instants they mean."""

from datetime import UTC, datetime

import pytest

from statuspage.core.errors import Invalid
from statuspage.web.kit.times import read_local, write_local

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "zone", "instant"),
    [
        ("2026-11-21T14:30", BERLIN, "2026-11-21T13:30"),
        ("2026-07-21T14:30", BERLIN, "2026-07-21T12:30"),
        ("2026-10-25T02:30", BERLIN, "2026-10-25T00:30"),  # occurs twice: the first
        ("2026-11-21T14:30:00Z", BERLIN, "2026-11-21T14:30"),
        (" 2026-11-21T14:30 ", "UTC", "2026-11-21T14:30"),
    ],
)
def test_a_wall_time_means_an_instant(typed: str, zone: str, instant: str) -> None:
    assert read_local(typed, zone, "at") == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["2026-03-29T02:30", "tomorrow", "2026-13-01T00:00", "14:30", "2026-11-21T14:30\r\n1"]
)
def test_what_is_no_time_names_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_local(typed, BERLIN, "starts_at")
    assert list(refused.value.fields) == ["starts_at"]


def test_an_empty_field_is_no_time() -> None:
    assert read_local("  ", BERLIN, "at") is None


def test_an_instant_is_shown_as_it_was_typed() -> None:
    assert write_local(datetime(2026, 11, 21, 13, 30, tzinfo=UTC), BERLIN) == "2026-11-21T14:30"
    assert write_local(None, BERLIN) == ""
