"""Refs that go on counting where the database stands: `INC-2026-0042`."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from statuspage.domain.incidents.models import RefCounter


class Refs:
    """Counts each series from the number given last; `save` leaves the counters as if every ref had been asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers = {row.series: row.number for row in session.scalars(select(RefCounter))}

    def next(self, prefix: str, at: datetime) -> str:
        """Return the next ref of the series `prefix` in the UTC year of `at`."""
        series = f"{prefix}-{at.astimezone(UTC).year}"
        number = self._numbers[series] = self._numbers.get(series, 0) + 1
        return f"{series}-{number:04d}"

    def save(self) -> None:
        """Write the counters."""
        for series, number in self._numbers.items():
            self._session.merge(RefCounter(series=series, number=number))
