"""Reading the profile, components and their intervals."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session, selectinload

from statuspage.core.errors import Invalid, NotFound
from statuspage.core.languages import Editions, Language, marked
from statuspage.core.sentences import sentence
from statuspage.domain.components.enums import Cause, ComponentStatus, Visibility
from statuspage.domain.components.models import Component, ComponentGroup, ImpactInterval, SiteProfile
from statuspage.domain.components.rules import worst
from statuspage.domain.components.uptime import Counting


def site_profile(session: Session) -> SiteProfile:
    """Return the page's profile. Raises `NotFound` before `statuspage db upgrade` has made it."""
    profile = session.get(SiteProfile, 1)
    if profile is None:
        raise NotFound("The database has no page yet. Run `statuspage db upgrade`.")
    return profile


def editions(session: Session) -> Editions:
    """Return the languages the page is shown in. Raises `NotFound` like `site_profile`."""
    profile = site_profile(session)
    shown = profile.languages.split()
    return Editions(profile.locale, tuple(one for one in Language if one in shown and one != profile.locale))


def counting(session: Session) -> Counting:
    """Return how downtime counts on this page. Raises `NotFound` like `site_profile`."""
    profile = site_profile(session)
    return Counting(
        major=profile.weight_major,
        partial=profile.weight_partial,
        degraded=profile.weight_degraded,
        maintenance=profile.weight_maintenance,
        notice_hours=profile.notice_hours,
    )


def groups(session: Session) -> Sequence[ComponentGroup]:
    """Return every group in its order."""
    return session.scalars(select(ComponentGroup).order_by(ComponentGroup.position, ComponentGroup.id)).all()


def group_by_slug(session: Session, slug: str) -> ComponentGroup:
    """Return a group. Raises `NotFound`."""
    group = session.scalar(select(ComponentGroup).where(ComponentGroup.slug == slug))
    if group is None:
        raise NotFound(f"There is no group {slug}.")
    return group


def components(
    session: Session, *, public_only: bool = False, archived: bool = False, grouped: bool = False
) -> Sequence[Component]:
    """Return components in their order, `grouped` with their groups; without archived ones unless asked for."""
    wanted = select(Component).order_by(Component.position, Component.id)
    if grouped:
        wanted = wanted.options(selectinload(Component.group))
    if not archived:
        wanted = wanted.where(Component.archived_at.is_(None))
    if public_only:
        wanted = wanted.where(Component.visibility == Visibility.PUBLIC)
    return session.scalars(wanted).all()


def component_by_slug(session: Session, slug: str) -> Component:
    """Return a component that is not archived. Raises `NotFound`."""
    found = session.scalar(select(Component).where(Component.slug == slug, Component.archived_at.is_(None)))
    if found is None:
        raise NotFound(f"There is no component {slug}.")
    return found


def components_by_slugs(session: Session, slugs: Iterable[str], field: str = "components") -> dict[str, Component]:
    """Return components by slug. Raises `Invalid` naming `field` when one is unknown or archived."""
    wanted = set(slugs)
    query = select(Component).where(Component.slug.in_(wanted), Component.archived_at.is_(None))
    found = {component.slug: component for component in session.scalars(query)}
    missing = sorted(wanted - found.keys())
    if missing:
        text = marked("There is no component %(names)s. See the list of components.")
        raise Invalid({field: sentence(text, names=", ".join(missing))})
    return found


def open_intervals(session: Session, *, public_only: bool) -> Sequence[ImpactInterval]:
    """Return every interval that has not ended."""
    wanted = select(ImpactInterval).where(ImpactInterval.ended_at.is_(None)).order_by(ImpactInterval.id)
    return session.scalars(wanted.where(ImpactInterval.public) if public_only else wanted).all()


def component_names(session: Session) -> Sequence[Row[str, str]]:
    """Return slug and name of every component in their order, without archived ones; for lists to choose from."""
    wanted = select(Component.slug, Component.name).where(Component.archived_at.is_(None))
    return session.execute(wanted.order_by(Component.position, Component.id)).all()


def impaired_components(session: Session) -> list[tuple[Component, list[ImpactInterval]]]:
    """Return components in their order that something open holds, public or not, with what holds them."""
    query = (
        select(Component, ImpactInterval)
        .join(ImpactInterval, ImpactInterval.component_id == Component.id)
        .where(ImpactInterval.ended_at.is_(None), Component.archived_at.is_(None))
        .order_by(Component.position, Component.id, ImpactInterval.id)
    )
    found: dict[Component, list[ImpactInterval]] = {}
    for component, interval in session.execute(query):
        found.setdefault(component, []).append(interval)
    return list(found.items())


def holds_components(session: Session, count: int) -> bool:
    """Tell whether there are at least `count` components."""
    wanted = select(Component.id).where(Component.archived_at.is_(None)).limit(count)
    return len(session.scalars(wanted).all()) == count


def current_statuses(session: Session, *, public_only: bool = True) -> dict[uuid.UUID, ComponentStatus]:
    """Return the status of every impaired component: the worst of its open intervals. Absent means operational."""
    levels: dict[uuid.UUID, list[ComponentStatus]] = {}
    for interval in open_intervals(session, public_only=public_only):
        levels.setdefault(interval.component_id, []).append(interval.level)
    return {component_id: worst(found) for component_id, found in levels.items()}


@dataclass(frozen=True)
class CauseRef:
    """What an interval comes from: a manual setting (`id` None), an incident or a maintenance."""

    cause: Cause
    id: uuid.UUID | None = None


MANUAL = CauseRef(Cause.MANUAL)


def open_interval_of(session: Session, component_id: uuid.UUID, of: CauseRef) -> ImpactInterval | None:
    """Return the open interval a cause has on a component."""
    return session.scalar(
        select(ImpactInterval).where(
            ImpactInterval.component_id == component_id,
            ImpactInterval.ended_at.is_(None),
            ImpactInterval.cause == of.cause,
            ImpactInterval.cause_id.is_(None) if of.id is None else ImpactInterval.cause_id == of.id,
        )
    )


def last_end_of(session: Session, component_id: uuid.UUID, of: CauseRef) -> datetime | None:
    """Return when what `of` held of a component last ended, or None; what was voided is left out."""
    query = select(func.max(ImpactInterval.ended_at)).where(
        ImpactInterval.component_id == component_id,
        ImpactInterval.cause == of.cause,
        ImpactInterval.cause_id == of.id if of.id else ImpactInterval.cause_id.is_(None),
        ImpactInterval.voided_at.is_(None),
    )
    return session.scalar(query)


def interval_by_id(session: Session, component: Component, interval_id: uuid.UUID | str) -> ImpactInterval:
    """Return an interval of a component. Raises `NotFound`."""
    try:
        found = session.get(ImpactInterval, uuid.UUID(str(interval_id)))
    except ValueError:
        found = None
    if found is None or found.component_id != component.id:
        raise NotFound(f"{component.name} has no such interval. See the list of its intervals.")
    return found


def intervals_page(
    session: Session, component_id: uuid.UUID, *, before: uuid.UUID | None = None, limit: int = 50
) -> Sequence[ImpactInterval]:
    """Return intervals of a component, voided and internal ones too, the last entered first, older than `before`."""
    wanted = select(ImpactInterval).where(ImpactInterval.component_id == component_id)
    if before:
        wanted = wanted.where(ImpactInterval.id < before)
    return session.scalars(wanted.order_by(ImpactInterval.id.desc()).limit(limit)).all()


def siblings_of(session: Session, interval: ImpactInterval) -> Sequence[ImpactInterval]:
    """Return the other intervals that the cause of `interval` has on its component; voided ones do not count."""
    wanted = select(ImpactInterval).where(
        ImpactInterval.component_id == interval.component_id,
        ImpactInterval.id != interval.id,
        ImpactInterval.cause == interval.cause,
        ImpactInterval.cause_id.is_not_distinct_from(interval.cause_id),
        ImpactInterval.voided_at.is_(None),
    )
    return session.scalars(wanted).all()


def public_intervals(
    session: Session, component_ids: Iterable[uuid.UUID], since: datetime, until: datetime
) -> dict[uuid.UUID, list[ImpactInterval]]:
    """Return the public intervals that touch the time from `since` to `until`, by component, oldest first."""
    query = (
        select(ImpactInterval)
        .where(
            ImpactInterval.component_id.in_(list(component_ids)),
            ImpactInterval.public,
            ImpactInterval.voided_at.is_(None),
            ImpactInterval.started_at < until,
            or_(ImpactInterval.ended_at.is_(None), ImpactInterval.ended_at > since),
        )
        .order_by(ImpactInterval.started_at, ImpactInterval.id)
    )
    found: dict[uuid.UUID, list[ImpactInterval]] = {}
    for interval in session.scalars(query):
        found.setdefault(interval.component_id, []).append(interval)
    return found
