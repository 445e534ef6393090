"""`/components/<slug>/uptime.json` and `.csv`: the days behind the bars, for whoever wants to count anew.

One row a day, oldest first, in the page's zone. A row says how long each level lasted and how much downtime was counted
(with the weights of the page, without what announced maintenance excuses), in whole seconds. How much of today has
passed does not stand in it, so that the files of a calm day do not change every few minutes.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.uptime import Day, day_bounds, percent
from statuspage.publish.facts.components import ComponentFact
from statuspage.publish.facts.uptime import BAR_DAYS, days_by_component
from statuspage.publish.reading import Reading
from statuspage.publish.records import OPEN_TO_ALL, Page
from statuspage.publish.visit import Visit

CSV = "text/csv; charset=utf-8"
JSON = "application/json; charset=utf-8"
_LEVELS = tuple(reversed(ComponentStatus))[:-1]
_WEIGHTED = 100_000_000  # microseconds times percent, in a second


def uptime_json(visit: Visit, component: ComponentFact) -> Page | None:
    """Return the days of a component with what they are counted by, or None when its uptime is not shown."""
    if not component.showcase:
        return None
    counting = visit.reading.profile.counting
    shape = {
        "component": {"id": component.code, "name": component.name, "slug": component.slug},
        "time_zone": visit.site.timezone,
        "weights": {str(level): weight for level, weight in counting.weights.items()},
        "notice_hours": counting.notice_hours,
        "days": list(_rows(_days(visit, component))),
    }
    body = json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode()
    return Page(visit.path, JSON, body, _changed_at(visit, component), OPEN_TO_ALL)


def uptime_csv(visit: Visit, component: ComponentFact) -> Page | None:
    """Return the same days as lines that a spreadsheet reads, or None when its uptime is not shown."""
    if not component.showcase:
        return None
    text = io.StringIO()
    written = csv.writer(text)
    written.writerow(["date", "uptime_percent", "counted_seconds", *(f"{level}_seconds" for level in _LEVELS)])
    for row in _rows(_days(visit, component)):
        written.writerow([row["date"], row["uptime"], row["counted_seconds"], *row["seconds"].values()])
    name = ("Content-Disposition", f'attachment; filename="uptime-{component.slug}.csv"')
    return Page(visit.path, CSV, text.getvalue().encode(), _changed_at(visit, component), (*OPEN_TO_ALL, name))


def moved(session: Session, facts: Reading, since: datetime, as_of: datetime) -> set[str]:
    """Return the slugs whose present day reads differently as of two instants of the same day of the page's zone."""
    shown = [one for one in facts.catalogue.components if one.showcase]
    zone, counting = facts.profile.timezone, facts.profile.counting
    today = [as_of.astimezone(ZoneInfo(zone)).date()]
    before = days_by_component(session, shown, today, zone, since, counting=counting)
    after = days_by_component(session, shown, today, zone, as_of, counting=counting)
    return {one.slug for one in shown if list(_rows(before[one.id])) != list(_rows(after[one.id]))}


def _days(visit: Visit, component: ComponentFact) -> Sequence[Day]:
    return visit.recent_days[component.id][-BAR_DAYS:]


def _rows(days: Sequence[Day]) -> Iterator[dict[str, Any]]:
    for day in days:
        number = percent([day])
        yield {
            "date": day.date.isoformat(),
            "uptime": float(number) if number else None,
            "counted_seconds": round(day.weighted / _WEIGHTED),
            "seconds": {str(level): round(day.seconds.get(level, 0)) for level in _LEVELS},
        }


def _changed_at(visit: Visit, component: ComponentFact) -> datetime:
    begun = day_bounds(visit.today, visit.site.timezone)[0]
    return max(begun, component.updated_at, component.hold.since if component.hold else begun)
