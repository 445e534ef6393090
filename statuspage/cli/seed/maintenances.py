"""Maintenances of the load test: most of them over, one under way, a few to come. Nobody is reminded of them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.cli.seed.components import Place
from statuspage.cli.seed.refs import Refs
from statuspage.cli.seed.rows import Rows
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.maintenance.enums import MaintenanceStatus
from statuspage.domain.maintenance.models import Maintenance, MaintenanceComponent, MaintenanceUpdate, Window

COMING = (timedelta(days=2), timedelta(days=9))
UNDER_WAY = timedelta(minutes=30)
_CANCELLED = 0.05
_WORDS = {
    MaintenanceStatus.SCHEDULED: "We plan work on {service}. Expect short interruptions.",
    MaintenanceStatus.IN_PROGRESS: "The maintenance has begun.",
    MaintenanceStatus.COMPLETED: "The maintenance is complete.",
    MaintenanceStatus.CANCELLED: "The maintenance does not take place.",
}


@dataclass(frozen=True)
class Work:
    """One maintenance: its window, when it was announced, and how far it has come."""

    starts_at: datetime
    ends_at: datetime
    announced_at: datetime
    status: MaintenanceStatus

    @property
    def ended_at(self) -> datetime | None:
        """When it was over or called off."""
        if self.status is MaintenanceStatus.COMPLETED:
            return self.ends_at
        return self.starts_at - timedelta(hours=12) if self.status is MaintenanceStatus.CANCELLED else None

    @property
    def words(self) -> Iterator[tuple[datetime, MaintenanceStatus]]:
        """What was said and when, oldest first."""
        yield self.announced_at, MaintenanceStatus.SCHEDULED
        if self.status in (MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.COMPLETED):
            yield self.starts_at, MaintenanceStatus.IN_PROGRESS
        if self.ended_at:
            yield self.ended_at, self.status


def write_maintenances(rows: Rows, places: Sequence[Place], refs: Refs, spread: Sequence[datetime]) -> int:
    """Add one maintenance that began at each of `spread` but the last, which is now; return how many there are."""
    works = [*_past(rows, spread[:-1]), *_present(spread[-1])]
    for work in sorted(works, key=lambda one: one.announced_at):
        _write(rows, work, refs.next("MNT", work.announced_at), rows.chance.sample(places, min(3, len(places))))
    return len(works)


def _past(rows: Rows, begins: Sequence[datetime]) -> Iterator[Work]:
    for begin in begins:
        called_off = rows.chance.happens(_CANCELLED)
        status = MaintenanceStatus.CANCELLED if called_off else MaintenanceStatus.COMPLETED
        yield Work(begin, begin + rows.chance.span(30, 240), begin - timedelta(days=7), status)


def _present(now: datetime) -> Iterator[Work]:
    begin = now - UNDER_WAY
    week = timedelta(days=7)
    yield Work(begin, now + timedelta(hours=2), begin - week, MaintenanceStatus.IN_PROGRESS)
    for ahead in COMING:
        yield Work(now + ahead, now + ahead + timedelta(hours=2), now - week, MaintenanceStatus.SCHEDULED)


def _write(rows: Rows, work: Work, ref: str, places: Sequence[Place]) -> None:
    chance, service = rows.chance, places[0].service
    told = list(work.words)
    begun = any(status is MaintenanceStatus.IN_PROGRESS for _, status in told)
    maintenance_id = rows.add(
        Maintenance,
        work.announced_at,
        ref=ref,
        code=chance.code(),
        title=chance.work(service),
        status=work.status,
        starts_at=work.starts_at,
        ends_at=work.ends_at,
        timezone="UTC",
        notify=False,
        published_at=work.announced_at,
        public_changed_at=told[-1][0],
        started_at=work.starts_at if begun else None,
        finished_at=work.ended_at,
        created_at=work.announced_at,
        updated_at=told[-1][0],
    )
    window = {"starts_at": work.starts_at, "ends_at": work.ends_at, "recorded_at": work.announced_at}
    rows.add(Window, work.announced_at, maintenance_id=maintenance_id, **window)
    rows.record(work.announced_at, "maintenance.planned", ("maintenance", maintenance_id))
    author = chance.one("people")
    for at, status in told:
        rows.add(
            MaintenanceUpdate,
            at,
            code=chance.code(),
            maintenance_id=maintenance_id,
            status=status,
            body=_WORDS[status].format(service=service),
            notify=False,
            published_at=at,
            author_name=author,
        )
    for place in places:
        rows.add(MaintenanceComponent, work.announced_at, maintenance_id=maintenance_id, component_id=place.id)
        if begun:
            _hold(rows, place, work, maintenance_id)


def _hold(rows: Rows, place: Place, work: Work, maintenance_id: uuid.UUID) -> None:
    rows.add(
        ImpactInterval,
        work.starts_at,
        component_id=place.id,
        level=ComponentStatus.UNDER_MAINTENANCE,
        started_at=work.starts_at,
        ended_at=work.ended_at,
        public=True,
        cause=Cause.MAINTENANCE,
        cause_id=maintenance_id,
    )
