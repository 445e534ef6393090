"""Refs that staff say aloud: `INC-2026-0042`, counted per year without gaps."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from statuspage.domain.incidents.models import RefCounter


def next_ref(session: Session, prefix: str, now: datetime) -> str:
    """Return the next ref of the series `prefix` in the UTC year of `now`, under a row lock until the commit."""
    series = f"{prefix}-{now.astimezone(UTC).year}"
    counter = session.get(RefCounter, series, with_for_update=True)
    if counter is None:
        counter = RefCounter(series=series, number=0)
        session.add(counter)
    counter.number += 1
    session.flush()
    return f"{series}-{counter.number:04d}"
