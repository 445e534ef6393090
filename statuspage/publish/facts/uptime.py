"""What the days of public components were like, from published impact alone."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from statuspage.domain.components.queries import public_intervals
from statuspage.domain.components.uptime import Counting, Day, Span, day_bounds, days_of
from statuspage.domain.maintenance.queries import excused_windows
from statuspage.publish.facts.components import ComponentFact

BAR_DAYS = 90
RECENT_DAYS = 93  # the bars, and three whole calendar months


def last_days(today: date, count: int = BAR_DAYS) -> list[date]:
    """Return `count` days up to and including `today`, oldest first."""
    return [today - timedelta(days=back) for back in range(count - 1, -1, -1)]


def days_by_component(
    session: Session,
    components: Sequence[ComponentFact],
    dates: Sequence[date],
    zone: str,
    as_of: datetime,
    *,
    counting: Counting,
) -> dict[uuid.UUID, list[Day]]:
    """Return each of `dates` (ascending, in `zone`) for each component, measured up to `as_of` and counted so.

    Two queries, whatever the number of components. Downtime inside maintenance announced in time is not counted.
    """
    if not dates:
        return {component.id: [] for component in components}
    since, until = day_bounds(dates[0], zone)[0], day_bounds(dates[-1], zone)[1]
    ids = [component.id for component in components]
    intervals = public_intervals(session, ids, since, until)
    excused = excused_windows(session, ids, since, counting.notice)
    return {
        component.id: days_of(
            [Span(row.level, row.started_at, row.ended_at) for row in intervals.get(component.id, [])],
            dates,
            zone,
            born=component.started_at,
            until=as_of,
            weights=counting.weights,
            excused=excused.get(component.id, ()),
        )
        for component in components
    }
