"""How statuses combine, as tables."""

import pytest

from statuspage.domain.components.enums import ComponentStatus as S
from statuspage.domain.components.rules import page_status, worst

OK, MAINT, DEGRADED, PARTIAL, MAJOR = S


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], OK),
        ([OK, OK], OK),
        ([OK, MAINT], MAINT),
        ([MAINT, DEGRADED], DEGRADED),
        ([PARTIAL, DEGRADED, OK], PARTIAL),
        ([PARTIAL, MAJOR], MAJOR),
    ],
)
def test_the_worst_status_wins(statuses: list[S], expected: S) -> None:
    assert worst(statuses) is expected


@pytest.mark.parametrize(
    ("statuses", "indicator", "description"),
    [
        ([], "none", "All Systems Operational"),
        ([OK], "none", "All Systems Operational"),
        ([MAINT], "maintenance", "Service Under Maintenance"),
        ([DEGRADED], "minor", "Partially Degraded Service"),
        ([PARTIAL], "major", "Partial System Outage"),
        ([MAJOR], "critical", "Major System Outage"),
        ([OK, MAINT], "maintenance", "Service Under Maintenance"),
        ([OK, DEGRADED], "minor", "Partially Degraded Service"),
        ([DEGRADED, DEGRADED], "minor", "Degraded System Service"),
        ([DEGRADED, MAINT], "minor", "Partially Degraded Service"),
        ([OK, PARTIAL], "minor", "Minor Service Outage"),
        ([PARTIAL, PARTIAL], "major", "Partial System Outage"),
        ([OK, MAJOR], "major", "Partial System Outage"),
        ([MAJOR, MAJOR], "critical", "Major System Outage"),
        ([OK, OK, PARTIAL], "minor", "Minor Service Outage"),
        ([OK] * 537 + [MAJOR] * 7, "major", "Partial System Outage"),
    ],
)
def test_the_page_is_worded_as_the_v2_api_words_it(statuses: list[S], indicator: str, description: str) -> None:
    assert page_status(statuses) == (indicator, description)
