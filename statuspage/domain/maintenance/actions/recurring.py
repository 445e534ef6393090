"""Work that repeats: every window is a maintenance of its own, made some weeks ahead."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import SYSTEM, Actor
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line
from statuspage.domain.components.queries import components
from statuspage.domain.maintenance.actions.drafts import MaintenanceDraft
from statuspage.domain.maintenance.actions.planning import plan_maintenance
from statuspage.domain.maintenance.models import Maintenance, Series
from statuspage.domain.maintenance.recurrence import windows_of

AHEAD = timedelta(days=35)


def plan_series(session: Session, draft: MaintenanceDraft, rule: str, *, by: Actor, now: datetime) -> Maintenance:
    """Announce work that repeats by `rule`; return its first maintenance. Mail announces the first for all.

    Raises `Invalid` as `plan_maintenance` and `windows_of` do.
    """
    rule = clean_line(rule, "recurrence", limit=200)
    series = Series(
        rule=rule,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        timezone=draft.timezone,
        draft={},
        created_at=now,
    )
    session.add(series)
    first = plan_maintenance(session, draft, series=series, by=by, now=now)
    windows = windows_of(rule, draft.starts_at, draft.ends_at, draft.timezone)
    if len(windows) == 1:
        raise Invalid({"recurrence": "This rule makes one window only. Leave it out, or let it repeat."})
    series.draft = {
        "title": first.title,
        "components": [str(row.component_id) for row in first.components],
        "body": first.updates[0].body if first.updates else draft.body,
        "auto_start": draft.auto_start,
        "auto_end": draft.auto_end,
        "notify": draft.notify,
        "reminder_hours": list(first.reminder_hours),
    }
    series.made, series.next_at = 1, windows[1][0]
    session.flush()
    record(session, by, "maintenance.series_planned", ("maintenance", first.id), now, rule=rule, windows=len(windows))
    extend_series(session, now)
    return first


def extend_series(session: Session, now: datetime) -> int:
    """Make the maintenances of every series that begin within `AHEAD`; return how many.

    Each is claimed by one conditional write, so any number of workers may call this at once. Windows that have passed
    meanwhile are left out; a series of which no component is left ends.
    """
    due = select(Series).where(Series.next_at <= now + AHEAD).order_by(Series.id)
    made = 0
    for series in session.scalars(due.execution_options(populate_existing=True)).all():
        windows = windows_of(series.rule, series.starts_at, series.ends_at, series.timezone)
        upto = next((n for n, (start, _) in enumerate(windows) if start > now + AHEAD), len(windows))
        following = windows[upto][0] if upto < len(windows) else None
        for start, end in windows[_claimed(session, series, upto, following) : upto]:
            made += _made(session, series, start, end, now)
    return made


def _claimed(session: Session, series: Series, upto: int, following: datetime | None) -> int:
    """Take the windows up to `upto`; return the number of the first that is ours, `upto` when somebody else was."""
    before = series.made
    claim = update(Series).where(Series.id == series.id, Series.made == before, Series.next_at.is_not(None))
    won = session.execute(claim.values(made=upto, next_at=following).returning(Series.id)).first()
    session.refresh(series)
    return before if won else upto


def _made(session: Session, series: Series, start: datetime, end: datetime, now: datetime) -> int:
    ids = {uuid.UUID(text) for text in series.draft["components"]}
    slugs = tuple(component.slug for component in components(session) if component.id in ids)
    if end <= now or not slugs:
        return 0
    facts = {**series.draft, "components": slugs, "reminder_hours": tuple(series.draft["reminder_hours"])}
    draft = MaintenanceDraft(starts_at=start, ends_at=end, timezone=series.timezone, **facts)
    plan_maintenance(session, draft, series=series, tell=False, by=SYSTEM, now=now)
    return 1


def stop_series(session: Session, maintenance: Maintenance, *, by: Actor, now: datetime) -> None:
    """Make no more maintenances of a series; those there are stay. Raises `Conflict` when nothing repeats."""
    if maintenance.series is None or maintenance.series.next_at is None:
        raise Conflict(f"{maintenance.ref} does not repeat any more. Cancel what is planned one by one.")
    maintenance.series.next_at = None
    session.flush()
    record(session, by, "maintenance.series_stopped", ("maintenance", maintenance.id), now)
