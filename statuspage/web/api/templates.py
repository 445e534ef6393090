"""Message templates: list, add, read, change, delete."""

from dataclasses import replace
from typing import TYPE_CHECKING

from statuspage.core.errors import Conflict
from statuspage.domain.accounts.enums import Right
from statuspage.domain.wording.actions import (
    TemplateDraft,
    change_template,
    create_template,
    draft_of,
    remove_template,
)
from statuspage.domain.wording.queries import TemplateFilter, template_by_id, templates
from statuspage.web.api.pages import cut, page_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes.base import Page
from statuspage.web.api.shapes.templates import NewTemplate, TemplatePatch, TemplateQuery, TemplateShape
from statuspage.web.kit.current import by, now, session

if TYPE_CHECKING:
    from statuspage.domain.wording.models import MessageTemplate

part = Part("Templates", "Words prepared for the next incident or maintenance.")


def template_shape(row: "MessageTemplate") -> TemplateShape:
    """Return the shape of a template."""
    return TemplateShape(
        id=row.id,
        name=row.name,
        purpose=row.purpose,
        status=row.status,
        category=row.category,
        severity=row.severity,
        language=row.language,
        title=row.title,
        body=row.body,
        workaround=row.workaround,
        length_minutes=row.length_minutes,
        components=[one.component.slug for one in row.components],
        active=row.active,
        position=row.position,
        shipped=row.shipped_key is not None,
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )


@part.get("/templates", Right.VIEW, asks=TemplateQuery, gives=Page[TemplateShape])
def list_templates(asked: TemplateQuery) -> Page[TemplateShape]:
    """List templates, in their order."""
    wanted = TemplateFilter(
        asked.language, asked.purpose, asked.status, asked.category, asked.severity, asked.active
    )  # fmt: skip
    return page_of(cut(templates(session(), wanted), asked), asked, template_shape)


@part.post("/templates", Right.MANAGE, takes=NewTemplate, gives=TemplateShape)
def add_template(sent: NewTemplate) -> Created:
    """Add a template.

    A placeholder that does not exist is refused by name.
    """
    row = create_template(session(), TemplateDraft(**dict(sent)), by=by(), now=now())
    return Created(template_shape(row), f"/templates/{row.id}")


@part.get("/templates/<template_id>", Right.VIEW, gives=TemplateShape)
def get_template(template_id: str) -> TemplateShape:
    """Read a template."""
    return template_shape(template_by_id(session(), template_id))


@part.patch("/templates/<template_id>", Right.MANAGE, takes=TemplatePatch, gives=TemplateShape)
def patch_template(template_id: str, sent: TemplatePatch) -> TemplateShape:
    """Change a template."""
    row = template_by_id(session(), template_id)
    wanted = {name: getattr(sent, name) for name in sent.model_fields_set - {"version"}}
    try:
        change_template(
            session(), row.id, replace(draft_of(row), **wanted), version=sent.version, by=by(), now=now()
        )  # fmt: skip
    except Conflict as clash:
        raise Conflict(
            "Somebody changed this template meanwhile. Compare both, then send yours with the version that stands.",
            theirs=template_shape(row).model_dump(mode="json"),
            yours=sent.model_dump(mode="json", exclude_unset=True),
        ) from clash
    return template_shape(row)


@part.delete("/templates/<template_id>", Right.MANAGE)
def delete_template(template_id: str) -> None:
    """Delete a template; what was published with it stays."""
    remove_template(session(), template_by_id(session(), template_id).id, by=by(), now=now())
