"""Maintenance: list, announce, read, change, and what is said about it."""

from typing import TYPE_CHECKING

from statuspage.core.errors import Conflict
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.queries import components_by_slugs, site_profile
from statuspage.domain.maintenance.actions import (
    MaintenanceChange,
    MaintenanceDraft,
    MaintenanceUpdateDraft,
    change_maintenance,
    plan_maintenance,
    plan_series,
    post_maintenance_update,
    stop_series,
)
from statuspage.domain.maintenance.queries import maintenance_by_ref, maintenances_page
from statuspage.web.api.pages import cut, page_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes.base import ListQuery, Page
from statuspage.web.api.shapes.maintenances import (
    MaintenancePatch,
    MaintenanceQuery,
    MaintenanceShape,
    MaintenanceUpdateShape,
    NewMaintenance,
    NewMaintenanceUpdate,
)
from statuspage.web.kit.current import by, installation, now, session

if TYPE_CHECKING:
    from statuspage.domain.maintenance.models import Maintenance, MaintenanceUpdate

part = Part("Maintenance", "Work announced to customers. `<ref>` is the ref (MNT-2026-0007) or the public code.")


def maintenance_shape(maintenance: "Maintenance") -> MaintenanceShape:
    """Return the shape of a maintenance whose story is loaded."""
    links = installation().links
    return MaintenanceShape(
        id=maintenance.id,
        ref=maintenance.ref,
        code=maintenance.code,
        url=links.absolute(links.maintenance(maintenance.code)),
        title=maintenance.title,
        status=maintenance.status,
        components=[row.component.slug for row in maintenance.components],
        starts_at=maintenance.starts_at,
        ends_at=maintenance.ends_at,
        timezone=maintenance.timezone,
        auto_start=maintenance.auto_start,
        auto_end=maintenance.auto_end,
        notify=maintenance.notify,
        reminder_hours=list(maintenance.reminder_hours),
        recurrence=maintenance.series.rule if maintenance.series and maintenance.series.next_at else None,
        started_at=maintenance.started_at,
        finished_at=maintenance.finished_at,
        created_at=maintenance.created_at,
        updated_at=maintenance.updated_at,
        version=maintenance.version,
    )


def maintenance_update_shape(update: "MaintenanceUpdate") -> MaintenanceUpdateShape:
    """Return the shape of something said about a maintenance."""
    return MaintenanceUpdateShape(
        id=update.id,
        code=update.code,
        status=update.status,
        body=update.body,
        notify=update.notify,
        author=update.author_name,
        created_at=update.published_at,
        redacted_at=update.redacted_at,
    )


@part.get("/maintenances", Right.VIEW, asks=MaintenanceQuery, gives=Page[MaintenanceShape])
def list_maintenances(asked: MaintenanceQuery) -> Page[MaintenanceShape]:
    """List maintenances, the last planned first."""
    found = maintenances_page(session(), status=asked.status, before=asked.cursor, limit=asked.limit + 1)
    return page_of(found, asked, maintenance_shape)


@part.post("/maintenances", Right.PUBLISH, takes=NewMaintenance, gives=MaintenanceShape)
def announce(sent: NewMaintenance) -> Created:
    """Announce work; it is public at once."""
    draft = MaintenanceDraft(
        title=sent.title,
        components=tuple(sent.components),
        starts_at=sent.starts_at,
        ends_at=sent.ends_at,
        timezone=sent.timezone or site_profile(session()).timezone,
        body=_plain_sentence(sent) if sent.body is None else sent.body,
        auto_start=sent.auto_start,
        auto_end=sent.auto_end,
        notify=sent.notify,
        reminder_hours=tuple(sent.reminder_hours),
    )
    if sent.recurrence is None:
        maintenance = plan_maintenance(session(), draft, by=by(), now=now())
    else:
        maintenance = plan_series(session(), draft, sent.recurrence, by=by(), now=now())
    return Created(maintenance_shape(maintenance), f"/maintenances/{maintenance.ref}")


def _plain_sentence(sent: NewMaintenance) -> str:
    found = components_by_slugs(session(), sent.components)
    names = ", ".join(component.name for component in found.values())
    return f"We plan work on {names}."


@part.get("/maintenances/<ref>", Right.VIEW, gives=MaintenanceShape)
def get_maintenance(ref: str) -> MaintenanceShape:
    """Read a maintenance."""
    return maintenance_shape(maintenance_by_ref(session(), ref))


@part.patch("/maintenances/<ref>", Right.PUBLISH, takes=MaintenancePatch, gives=MaintenanceShape)
def patch_maintenance(ref: str, sent: MaintenancePatch) -> MaintenanceShape:
    """Change title, components or window; readers see the new window."""
    maintenance = maintenance_by_ref(session(), ref)
    if sent.version is not None and sent.version != maintenance.version:
        raise Conflict(
            "Somebody changed this maintenance meanwhile. Compare both, then send yours with the version that stands.",
            theirs=maintenance_shape(maintenance).model_dump(mode="json"),
            yours=sent.model_dump(mode="json", exclude_unset=True),
        )
    change = MaintenanceChange(
        title=sent.title,
        components=None if sent.components is None else tuple(sent.components),
        starts_at=sent.starts_at,
        ends_at=sent.ends_at,
        auto_start=sent.auto_start,
        auto_end=sent.auto_end,
        reminder_hours=None if sent.reminder_hours is None else tuple(sent.reminder_hours),
    )
    change_maintenance(session(), maintenance, change, by=by(), now=now())
    session().flush()
    return maintenance_shape(maintenance_by_ref(session(), maintenance.ref))


@part.get("/maintenances/<ref>/updates", Right.VIEW, asks=ListQuery, gives=Page[MaintenanceUpdateShape])
def list_maintenance_updates(ref: str, asked: ListQuery) -> Page[MaintenanceUpdateShape]:
    """List what was said, newest first."""
    return page_of(cut(maintenance_by_ref(session(), ref).updates, asked), asked, maintenance_update_shape)


@part.post("/maintenances/<ref>/updates", Right.PUBLISH, takes=NewMaintenanceUpdate, gives=MaintenanceUpdateShape)
def say_about_maintenance(ref: str, sent: NewMaintenanceUpdate) -> Created:
    """Say something; `status` begins, ends or cancels the work."""
    maintenance = maintenance_by_ref(session(), ref)
    draft = MaintenanceUpdateDraft(body=sent.body, status=sent.status, notify=sent.notify, seen_version=sent.version)
    update = post_maintenance_update(session(), maintenance, draft, by=by(), now=now())
    return Created(maintenance_update_shape(update), f"/maintenances/{maintenance.ref}/updates")


@part.delete("/maintenances/<ref>/recurrence", Right.PUBLISH)
def stop_repeating(ref: str) -> None:
    """Make no further windows; those that are planned stay. 409 when nothing repeats."""
    stop_series(session(), maintenance_by_ref(session(), ref), by=by(), now=now())
