"""Maintenance: list, announce, read, change, and what is said about it."""

from typing import TYPE_CHECKING

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.queries import components_by_slugs, site_profile
from statuspage.domain.incidents.actions import TitleRedaction
from statuspage.domain.maintenance.actions import (
    MaintenanceChange,
    MaintenanceDraft,
    MaintenanceUpdateDraft,
    change_maintenance,
    plan_maintenance,
    plan_series,
    post_maintenance_update,
    redact_maintenance_title,
    redact_maintenance_update,
    stop_series,
)
from statuspage.domain.maintenance.queries import maintenance_by_ref, maintenance_update_of, maintenances_page
from statuspage.web.api.pages import cut, page_of
from statuspage.web.api.redactions import draft_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes.base import ListQuery, Page
from statuspage.web.api.shapes.maintenances import (
    MaintenancePatch,
    MaintenanceQuery,
    MaintenanceShape,
    MaintenanceTitleRedaction,
    MaintenanceUpdateShape,
    NewMaintenance,
    NewMaintenanceUpdate,
)
from statuspage.web.api.shapes.updates import Redaction
from statuspage.web.kit.current import by, installation, now, session

if TYPE_CHECKING:
    from statuspage.domain.maintenance.models import Maintenance, MaintenanceUpdate

part = Part("Maintenance", "Work announced to customers. `<ref>` is the ref (MNT-2026-0007) or the public code.")


def _shape(maintenance: "Maintenance") -> MaintenanceShape:
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


def _update_shape(update: "MaintenanceUpdate") -> MaintenanceUpdateShape:
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
    return page_of(found, asked, _shape)


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
    return Created(_shape(maintenance), f"/maintenances/{maintenance.ref}")


def _plain_sentence(sent: NewMaintenance) -> str:
    found = components_by_slugs(session(), sent.components)
    names = ", ".join(component.name for component in found.values())
    return f"We plan work on {names}."


@part.get("/maintenances/<ref>", Right.VIEW, gives=MaintenanceShape)
def get_maintenance(ref: str) -> MaintenanceShape:
    """Read a maintenance."""
    return _shape(maintenance_by_ref(session(), ref))


@part.patch("/maintenances/<ref>", Right.PUBLISH, takes=MaintenancePatch, gives=MaintenanceShape)
def patch_maintenance(ref: str, sent: MaintenancePatch) -> MaintenanceShape:
    """Change title, components or window; readers see the new window."""
    maintenance = maintenance_by_ref(session(), ref)
    if sent.version is not None and sent.version != maintenance.version:
        raise Conflict(
            "Somebody changed this maintenance meanwhile. Compare both, then send yours with the version that stands.",
            theirs=_shape(maintenance).model_dump(mode="json"),
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
    return _shape(maintenance_by_ref(session(), maintenance.ref))


@part.get("/maintenances/<ref>/updates", Right.VIEW, asks=ListQuery, gives=Page[MaintenanceUpdateShape])
def list_maintenance_updates(ref: str, asked: ListQuery) -> Page[MaintenanceUpdateShape]:
    """List what was said, newest first."""
    return page_of(cut(maintenance_by_ref(session(), ref).updates, asked), asked, _update_shape)


@part.post("/maintenances/<ref>/updates", Right.PUBLISH, takes=NewMaintenanceUpdate, gives=MaintenanceUpdateShape)
def say_about_maintenance(ref: str, sent: NewMaintenanceUpdate) -> Created:
    """Say something; `status` begins, ends or cancels the work."""
    maintenance = maintenance_by_ref(session(), ref)
    draft = MaintenanceUpdateDraft(body=sent.body, status=sent.status, notify=sent.notify, seen_version=sent.version)
    update = post_maintenance_update(session(), maintenance, draft, by=by(), now=now())
    return Created(_update_shape(update), f"/maintenances/{maintenance.ref}/updates")


@part.delete("/maintenances/<ref>/recurrence", Right.PUBLISH)
def stop_repeating(ref: str) -> None:
    """Make no further windows; those that are planned stay. 409 when nothing repeats."""
    stop_series(session(), maintenance_by_ref(session(), ref), by=by(), now=now())


@part.post(
    "/maintenances/<ref>/updates/<update_id>/redaction",
    Right.PUBLISH,
    takes=Redaction,
    gives=MaintenanceUpdateShape,
    status=200,
)
def redact_about_maintenance(ref: str, update_id: str, sent: Redaction) -> MaintenanceUpdateShape:
    """Take a passage, or all of the text, out of an update of a maintenance for good.

    Further windows of its series do not say it again.
    """
    update = maintenance_update_of(maintenance_by_ref(session(), ref), update_id)
    redact_maintenance_update(session(), update, draft_of(sent), by=by(), now=now())
    return _update_shape(update)


@part.post(
    "/maintenances/<ref>/title-redaction",
    Right.PUBLISH,
    takes=MaintenanceTitleRedaction,
    gives=MaintenanceShape,
    status=200,
)
def replace_title_of_maintenance(ref: str, sent: MaintenanceTitleRedaction) -> MaintenanceShape:
    """Put another title in place of one that must not be read any more, also once the work is over."""
    maintenance = maintenance_by_ref(session(), ref)
    draft = TitleRedaction(sent.title, sent.reason, seen_version=sent.version)
    try:
        redact_maintenance_title(session(), maintenance, draft, by=by(), now=now())
    except Invalid as fault:
        renamed = {"title" if name == "public_title" else name: words for name, words in fault.fields.items()}
        raise Invalid(renamed) from None
    return _shape(maintenance)
