"""Creating, changing and archiving a component."""

from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.actions import (
    ComponentDraft,
    archive_component,
    change_component,
    create_component,
)
from statuspage.domain.components.enums import Visibility
from statuspage.domain.components.queries import component_by_slug, groups
from statuspage.web.admin.desk import done, show, zone
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import read_local, write_local

if TYPE_CHECKING:
    from datetime import datetime

    from statuspage.domain.components.models import Component

blueprint = Blueprint("editing", __name__)
_FIELDS = {
    "name": "Name",
    "slug": "Address",
    "description": "Description",
    "owner_team": "Team",
    "runbook_url": "Runbook",
    "started_at": "Exists since",
}


@blueprint.get("/new")
@requires(Right.MANAGE)
def new() -> ResponseReturnValue:
    """Show an empty form; `?group=slug` puts the component there."""
    return _page(Form({"visibility": "public", "showcase_uptime": "yes", "group": request.args.get("group", "")}))


@blueprint.post("/new")
@requires(Right.MANAGE)
def create() -> ResponseReturnValue:
    """Add a component."""
    form = Form.sent()
    try:
        component = create_component(session(), _draft(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    return done(f"{component.name} is added.", _list())


@blueprint.get("/<slug>/edit")
@requires(Right.MANAGE)
def page(slug: str) -> ResponseReturnValue:
    """Show a component for changing."""
    component = component_by_slug(session(), slug)
    return _page(_form_of(component), component)


@blueprint.post("/<slug>/edit")
@requires(Right.MANAGE)
def change(slug: str) -> ResponseReturnValue:
    """Change a component; somebody else's change in between is shown beside this one."""
    form, component = Form.sent(), component_by_slug(session(), slug)
    try:
        version = form.number_or_none("seen_version")
        change_component(session(), slug, _draft(form, component), version=version, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, component))
    except Conflict as clash:
        return overtaken(form, clash, lambda: _form_of(component), partial(_page, component=component))
    return done(f"{component.name} is saved.", _list())


@blueprint.post("/<slug>/archive")
@requires(Right.MANAGE)
def archive(slug: str) -> ResponseReturnValue:
    """Take a component off the page; history keeps it."""
    archive_component(session(), slug, by=by(), now=now())
    return done("The component is off the page; its history stays.", _list())


def _draft(form: Form, component: "Component | None" = None) -> ComponentDraft:
    return ComponentDraft(
        name=form.text("name"),
        slug=form.text("slug").strip(),
        description=form.text("description"),
        group=form.text("group") or None,
        visibility=form.word("visibility", Visibility),
        showcase_uptime=form.ticked("showcase_uptime"),
        owner_team=form.text("owner_team"),
        runbook_url=form.text("runbook_url"),
        started_at=_since(form, component),
    )


def _since(form: Form, component: "Component | None") -> "datetime | None":
    """Return the typed start; one that nobody touched stays as it is, to the microsecond."""
    typed = form.text("started_at").strip()
    if component and typed == write_local(component.started_at, zone()):
        return component.started_at
    return read_local(typed, zone(), "started_at")


def _form_of(component: "Component") -> Form:
    return Form(
        {
            "name": component.name,
            "slug": component.slug,
            "description": component.description,
            "group": component.group.slug if component.group else "",
            "visibility": component.visibility.value,
            "showcase_uptime": "yes" if component.showcase_uptime else "",
            "owner_team": component.owner_team,
            "runbook_url": component.runbook_url,
            "started_at": write_local(component.started_at, zone()),
            "seen_version": str(component.version),
        }
    )


def _page(form: Form, component: "Component | None" = None, clash: str = "", stands: Form | None = None) -> str:
    return show(
        "admin/components/edit.html",
        form=form,
        component=component,
        groups=[("", "no group"), *((group.slug, group.name) for group in groups(session()))],
        clash=clash,
        differing=form.differing(stands, _FIELDS),
    )


def _list() -> str:
    return url_for("admin.components.list.page")
