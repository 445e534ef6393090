"""Changing the profile, groups and components."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.clock import rfc3339
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.ids import public_code
from statuspage.core.languages import Language
from statuspage.core.text import clean_line, clean_link, slug_of
from statuspage.domain.components.enums import Cause, ComponentStatus, Visibility
from statuspage.domain.components.impact import set_impact
from statuspage.domain.components.models import Component, ComponentGroup, SiteProfile
from statuspage.domain.components.queries import (
    MANUAL,
    component_by_slug,
    components,
    components_by_slugs,
    group_by_slug,
    groups,
    open_intervals,
)
from statuspage.outbox.actions import publish


@dataclass(frozen=True)
class ComponentDraft:
    """What a component is to be. `group` is a group's slug; an empty `slug` is made from the name.

    `owner_team` and `runbook_url` are internal. Uptime counts from `started_at` (aware); None means now for a new
    component and leaves it for one there is.
    """

    name: str
    slug: str = ""
    description: str = ""
    group: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    showcase_uptime: bool = True
    owner_team: str = ""
    runbook_url: str = ""
    started_at: datetime | None = None


def seed_profile(session: Session, name: str, timezone: str, locale: Language, *, now: datetime) -> None:
    """Make the page's profile when there is none."""
    if session.get(SiteProfile, 1) is None:
        session.add(SiteProfile(id=1, name=name, timezone=timezone, locale=locale, created_at=now))


def _checked_slug(session: Session, draft: str, name: str, kind: type[Component] | type[ComponentGroup]) -> str:
    slug = slug_of(draft or name) or public_code()
    if draft and slug != draft:
        raise Invalid({"slug": f"Use lower-case letters, digits and hyphens, as in {slug}."})
    taken = session.scalar(select(func.count()).select_from(kind).where(kind.slug == slug))
    if taken and draft:
        raise Invalid({"slug": "Another one has this address already, or had it and is archived. Choose another."})
    return f"{slug[:47]}-{public_code()}" if taken else slug


def _touched(component: Component) -> list[str]:
    return [f"component:{component.slug}", "site"]


def _renamed(component: Component) -> list[str]:
    """What shows a component's name, address, place or description: every story that names it, too."""
    return [*_touched(component), "everything"]


def create_component(session: Session, draft: ComponentDraft, *, by: Actor, now: datetime) -> Component:
    """Add a component at the end of its group. Raises `Invalid`."""
    name = clean_line(draft.name, "name", limit=120)
    position = (session.scalar(select(func.max(Component.position))) or 0) + 1
    component = Component(
        slug=_checked_slug(session, draft.slug, name, Component),
        name=name,
        description=clean_line(draft.description, "description", limit=500, required=False),
        group=_group(session, draft.group),
        position=position,
        visibility=draft.visibility,
        showcase_uptime=draft.showcase_uptime,
        owner_team=clean_line(draft.owner_team, "owner_team", limit=120, required=False),
        runbook_url=clean_link(draft.runbook_url, "runbook_url"),
        started_at=_checked_start(draft.started_at or now, now),
        created_at=now,
        updated_at=now,
    )
    session.add(component)
    session.flush()
    record(session, by, "component.created", ("component", component.id), now, name=name)
    publish(session, _touched(component), now)
    return component


def _checked_start(started_at: datetime, now: datetime) -> datetime:
    if started_at > now:
        raise Invalid({"started_at": "A component exists since now at the latest. Choose a day that has begun."})
    return started_at


def _group(session: Session, slug: str | None) -> ComponentGroup | None:
    return group_by_slug(session, slug) if slug else None


def change_component(
    session: Session, slug: str, draft: ComponentDraft, *, version: int | None, by: Actor, now: datetime
) -> Component:
    """Change a component. Raises `Invalid`, or `Conflict` when `version` is not the one that stands."""
    component = component_by_slug(session, slug)
    if version is not None and version != component.version:
        raise Conflict("Somebody changed this component meanwhile.", theirs=component, yours=draft)
    before, stood = _renamed(component), _facts(component)
    component.name = clean_line(draft.name, "name", limit=120)
    if draft.slug and draft.slug != component.slug:
        component.slug = _checked_slug(session, draft.slug, component.name, Component)
    component.description = clean_line(draft.description, "description", limit=500, required=False)
    component.group = _group(session, draft.group)
    component.visibility = draft.visibility
    component.showcase_uptime = draft.showcase_uptime
    component.owner_team = clean_line(draft.owner_team, "owner_team", limit=120, required=False)
    component.runbook_url = clean_link(draft.runbook_url, "runbook_url")
    component.started_at = _checked_start(draft.started_at or component.started_at, now)
    mark_changed(component, now)
    session.flush()
    were = {name: value for name, value in stood.items() if value != _facts(component)[name]}
    record(session, by, "component.changed", ("component", component.id), now, name=component.name, were=were)
    publish(session, [*before, *_renamed(component)], now)
    return component


def _facts(component: Component) -> dict[str, str]:
    """What an audit line keeps of a component as it was."""
    return {
        "name": component.name,
        "slug": component.slug,
        "description": component.description,
        "group": component.group.slug if component.group else "",
        "visibility": component.visibility.value,
        "showcase_uptime": "yes" if component.showcase_uptime else "no",
        "owner_team": component.owner_team,
        "runbook_url": component.runbook_url,
        "started_at": rfc3339(component.started_at),
    }


def archive_component(session: Session, slug: str, *, by: Actor, now: datetime) -> None:
    """Take a component off the page; its history stays. Raises `Conflict` while something open holds it."""
    component = component_by_slug(session, slug)
    held = [i for i in open_intervals(session, public_only=False) if i.component_id == component.id]
    if any(interval.cause is not Cause.MANUAL for interval in held):
        raise Conflict(f"{component.name} is part of an open incident or maintenance. End that first.")
    set_impact(session, component.id, ComponentStatus.OPERATIONAL, now, of=MANUAL, public=component.public)
    component.archived_at = now
    mark_changed(component, now)
    record(session, by, "component.archived", ("component", component.id), now)
    publish(session, _renamed(component), now)


def set_manual_status(session: Session, slug: str, status: ComponentStatus, *, by: Actor, now: datetime) -> Component:
    """Set a component's status by hand; an open incident or maintenance may still hold it lower."""
    component = component_by_slug(session, slug)
    set_impact(session, component.id, status, now, of=MANUAL, public=component.public)
    mark_changed(component, now)
    record(session, by, "component.status_set", ("component", component.id), now, status=status)
    publish(session, _touched(component), now)
    return component


def order_components(session: Session, slugs: Sequence[str], *, by: Actor, now: datetime) -> None:
    """Put components into the order of `slugs`; those not named follow in their old order. Raises `Invalid`."""
    named = components_by_slugs(session, slugs)
    rest = [component for component in components(session) if component.slug not in named]
    for position, component in enumerate([*(named[slug] for slug in slugs), *rest], start=1):
        component.position = position
    if named:
        first = named[slugs[0]]
        record(session, by, "component.ordered", ("component", first.id), now, order=list(slugs))
        publish(session, ["site", "everything"], now)


def create_group(session: Session, name: str, description: str = "", *, by: Actor, now: datetime) -> ComponentGroup:
    """Add a group at the end. Raises `Invalid`."""
    name = clean_line(name, "name", limit=120)
    position = (session.scalar(select(func.max(ComponentGroup.position))) or 0) + 1
    group = ComponentGroup(
        slug=_checked_slug(session, "", name, ComponentGroup),
        name=name,
        description=clean_line(description, "description", limit=500, required=False),
        position=position,
        created_at=now,
        updated_at=now,
    )
    session.add(group)
    session.flush()
    record(session, by, "group.created", ("group", group.id), now, name=name)
    publish(session, ["site"], now)
    return group


def change_group(
    session: Session, slug: str, name: str, description: str, *, by: Actor, now: datetime
) -> ComponentGroup:
    """Rename a group. Raises `Invalid`."""
    group = group_by_slug(session, slug)
    group.name = clean_line(name, "name", limit=120)
    group.description = clean_line(description, "description", limit=500, required=False)
    group.updated_at = now
    record(session, by, "group.changed", ("group", group.id), now, name=group.name)
    publish(session, ["site", "everything"], now)
    return group


def order_groups(session: Session, slugs: Sequence[str], *, by: Actor, now: datetime) -> None:
    """Put groups into the order of `slugs`; those not named follow in their old order. Raises `NotFound`."""
    named = [group_by_slug(session, slug) for slug in slugs]
    rest = [group for group in groups(session) if group not in named]
    for position, group in enumerate([*named, *rest], start=1):
        group.position = position
    if named:
        record(session, by, "group.ordered", ("group", named[0].id), now, order=list(slugs))
        publish(session, ["site"], now)


def delete_group(session: Session, slug: str, *, by: Actor, now: datetime) -> None:
    """Take a heading away; its components stay on the page without one. Raises `NotFound`."""
    group = group_by_slug(session, slug)
    for component in list(group.components):
        component.group = None
    session.flush()
    session.delete(group)
    record(session, by, "group.deleted", ("group", group.id), now, name=group.name)
    publish(session, ["site", "everything"], now)
