"""Headings over components."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.actions import change_group, create_group, delete_group
from statuspage.domain.components.queries import group_by_slug
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.components.models import ComponentGroup

blueprint = Blueprint("grouping", __name__)


@blueprint.get("/groups/new")
@requires(Right.MANAGE)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _page(Form())


@blueprint.post("/groups/new")
@requires(Right.MANAGE)
def create() -> ResponseReturnValue:
    """Add a group."""
    form = Form.sent()
    try:
        group = create_group(session(), form.text("name"), form.text("description"), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    return done(f"{group.name} is added. Put components into it.", _list())


@blueprint.get("/groups/<slug>/edit")
@requires(Right.MANAGE)
def page(slug: str) -> ResponseReturnValue:
    """Show a group for changing."""
    group = group_by_slug(session(), slug)
    return _page(Form({"name": group.name, "description": group.description}), group)


@blueprint.post("/groups/<slug>/edit")
@requires(Right.MANAGE)
def change(slug: str) -> ResponseReturnValue:
    """Rename a group."""
    form, group = Form.sent(), group_by_slug(session(), slug)
    try:
        change_group(session(), slug, form.text("name"), form.text("description"), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, group))
    return done(f"{group.name} is saved.", _list())


@blueprint.post("/groups/<slug>/removal")
@requires(Right.MANAGE)
def remove(slug: str) -> ResponseReturnValue:
    """Take a heading away; its components stay."""
    delete_group(session(), slug, by=by(), now=now())
    return done("The group is gone; its components stay on the page.", _list())


def _page(form: Form, group: "ComponentGroup | None" = None) -> str:
    return show("admin/components/group.html", form=form, group=group)


def _list() -> str:
    return url_for("admin.components.list.page")
