"""Component groups."""

from typing import TYPE_CHECKING

from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.actions import change_group, create_group, delete_group, order_groups
from statuspage.domain.components.queries import components, group_by_slug, groups
from statuspage.web.api.pages import cut, page_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes.base import ListQuery, Page
from statuspage.web.api.shapes.components import GroupPatch, GroupShape, NewGroup
from statuspage.web.kit.current import by, now, session

if TYPE_CHECKING:
    from statuspage.domain.components.models import ComponentGroup

part = Part("Component groups", "Headings over components.")


class GroupShaper:
    """Gives groups their shape; components are read once."""

    def __init__(self) -> None:
        self._inside: dict[object, list[str]] = {}
        for component in components(session()):
            self._inside.setdefault(component.group_id, []).append(component.slug)

    def __call__(self, group: "ComponentGroup") -> GroupShape:
        """Return the shape of a group."""
        return GroupShape(
            id=group.id,
            code=group.code,
            slug=group.slug,
            name=group.name,
            description=group.description,
            position=group.position,
            components=self._inside.get(group.id, []),
            created_at=group.created_at,
            updated_at=group.updated_at,
        )


@part.get("/component-groups", Right.VIEW, asks=ListQuery, gives=Page[GroupShape])
def list_groups(asked: ListQuery) -> Page[GroupShape]:
    """List groups, in their order on the page."""
    return page_of(cut(groups(session()), asked), asked, GroupShaper())


@part.post("/component-groups", Right.MANAGE, takes=NewGroup, gives=GroupShape)
def add_group(sent: NewGroup) -> Created:
    """Add a group."""
    group = create_group(session(), sent.name, sent.description, by=by(), now=now())
    return Created(GroupShaper()(group), f"/component-groups/{group.slug}")


@part.get("/component-groups/<slug>", Right.VIEW, gives=GroupShape)
def get_group(slug: str) -> GroupShape:
    """Read a group."""
    return GroupShaper()(group_by_slug(session(), slug))


@part.patch("/component-groups/<slug>", Right.MANAGE, takes=GroupPatch, gives=GroupShape)
def patch_group(slug: str, sent: GroupPatch) -> GroupShape:
    """Rename or move a group."""
    group = group_by_slug(session(), slug)
    if sent.name is not None or sent.description is not None:
        name = group.name if sent.name is None else sent.name
        description = group.description if sent.description is None else sent.description
        change_group(session(), slug, name, description, by=by(), now=now())
    if sent.position is not None:
        slugs = [other.slug for other in groups(session()) if other.id != group.id]
        slugs.insert(sent.position - 1, slug)
        order_groups(session(), slugs, by=by(), now=now())
    session().flush()
    return GroupShaper()(group)


@part.delete("/component-groups/<slug>", Right.MANAGE)
def remove_group(slug: str) -> None:
    """Take a heading away; its components stay on the page without one."""
    delete_group(session(), slug, by=by(), now=now())
