"""Components."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from statuspage.core.errors import Conflict
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.actions import (
    ComponentDraft,
    archive_component,
    change_component,
    create_component,
    order_components,
    set_manual_status,
)
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import component_by_slug, components, current_statuses
from statuspage.web.api.pages import cut, page_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes.base import ListQuery, Page
from statuspage.web.api.shapes.components import ComponentPatch, ComponentShape, NewComponent
from statuspage.web.kit.current import by, now, session

if TYPE_CHECKING:
    from statuspage.domain.components.models import Component

part = Part("Components", "The parts of the service that customers know by name.")


class ComponentShaper:
    """Gives components their shape; statuses are read once."""

    def __init__(self) -> None:
        self._published = current_statuses(session())
        self._all = current_statuses(session(), public_only=False)

    def __call__(self, component: "Component") -> ComponentShape:
        """Return the shape of a component."""
        statuses = self._published if component.public else self._all
        return ComponentShape(
            id=component.id,
            code=component.code,
            slug=component.slug,
            name=component.name,
            description=component.description,
            group=component.group.slug if component.group else None,
            status=statuses.get(component.id, ComponentStatus.OPERATIONAL),
            visibility=component.visibility,
            showcase_uptime=component.showcase_uptime,
            owner_team=component.owner_team,
            runbook_url=component.runbook_url,
            started_at=component.started_at,
            position=component.position,
            created_at=component.created_at,
            updated_at=component.updated_at,
            version=component.version,
        )


@part.get("/components", Right.VIEW, asks=ListQuery, gives=Page[ComponentShape])
def list_components(asked: ListQuery) -> Page[ComponentShape]:
    """List components, in their order on the page."""
    return page_of(cut(components(session(), grouped=True), asked), asked, ComponentShaper())


@part.post("/components", Right.MANAGE, takes=NewComponent, gives=ComponentShape)
def add_component(sent: NewComponent) -> Created:
    """Add a component."""
    draft = ComponentDraft(**sent.model_dump(exclude={"status"}))
    component = create_component(session(), draft, by=by(), now=now())
    if sent.status is not ComponentStatus.OPERATIONAL:
        set_manual_status(session(), component.slug, sent.status, by=by(), now=now())
    return Created(ComponentShaper()(component), f"/components/{component.slug}")


@part.get("/components/<slug>", Right.VIEW, gives=ComponentShape)
def get_component(slug: str) -> ComponentShape:
    """Read a component."""
    return ComponentShaper()(component_by_slug(session(), slug))


@part.patch("/components/<slug>", Right.MANAGE, takes=ComponentPatch, gives=ComponentShape)
def patch_component(slug: str, sent: ComponentPatch) -> ComponentShape:
    """Change a component, or set its status by hand."""
    component = component_by_slug(session(), slug)
    _refuse_stale(component, sent)
    as_it_is = _as_it_is(component)
    given = sent.model_fields_set & as_it_is.keys()
    if given:
        draft = ComponentDraft(**{**as_it_is, **sent.model_dump(include=set(given))})
        component = change_component(session(), slug, draft, version=None, by=by(), now=now())
    if sent.status is not None:
        set_manual_status(session(), component.slug, sent.status, by=by(), now=now())
    if sent.position is not None:
        _move(component, sent.position)
    session().flush()
    return ComponentShaper()(component)


def _as_it_is(component: "Component") -> dict[str, Any]:
    """Return every fact of a draft as it stands, so that a change touches only what was sent."""
    facts = {fact.name: getattr(component, fact.name) for fact in fields(ComponentDraft)}
    return {**facts, "group": component.group.slug if component.group else None}


def _refuse_stale(component: "Component", sent: ComponentPatch) -> None:
    if sent.version is not None and sent.version != component.version:
        raise Conflict(
            "Somebody changed this component meanwhile. Compare both, then send yours with the version that stands.",
            theirs=ComponentShaper()(component).model_dump(mode="json"),
            yours=sent.model_dump(mode="json", exclude_unset=True),
        )


def _move(component: "Component", position: int) -> None:
    slugs = [other.slug for other in components(session()) if other.id != component.id]
    slugs.insert(position - 1, component.slug)
    order_components(session(), slugs, by=by(), now=now())


@part.delete("/components/<slug>", Right.MANAGE)
def remove_component(slug: str) -> None:
    """Archive a component: it leaves the page and stays in history. 409 while something open names it."""
    archive_component(session(), slug, by=by(), now=now())
