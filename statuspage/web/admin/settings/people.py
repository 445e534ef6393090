"""The team: inviting, roles, shutting out."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.actions import (
    NewUser,
    change_role,
    disable_user,
    enable_user,
    invite_again,
    invite_user,
)
from statuspage.domain.accounts.enums import Right, Role
from statuspage.domain.accounts.queries import users
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import FORM_FAULT, Form, refused
from statuspage.web.kit.rights import requires

blueprint = Blueprint("people", __name__, url_prefix="/people")
ROLES = [
    (Role.VIEWER.value, "Viewer: reads everything inside"),
    (Role.RESPONDER.value, "Responder: declares, notes, works on incidents"),
    (Role.PUBLISHER.value, "Publisher: also speaks to customers"),
    (Role.MANAGER.value, "Manager: also components, subscribers, settings"),
    (Role.ADMIN.value, "Administrator: also people, tokens, audit"),
]


@blueprint.get("")
@requires(Right.ADMIN)
def page() -> ResponseReturnValue:
    """Show everybody, and the form that invites."""
    return _page(Form({"role": Role.PUBLISHER.value}))


@blueprint.post("")
@requires(Right.ADMIN)
def invite() -> ResponseReturnValue:
    """Invite somebody by mail."""
    form = Form.sent()
    try:
        draft = NewUser(form.text("email"), form.text("name"), form.word("role", Role))
        user = invite_user(session(), draft, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    return done(f"{user.name} is invited; the mail is on its way.", _list())


@blueprint.post("/<uuid:user_id>/role")
@requires(Right.ADMIN)
def give_role(user_id: uuid.UUID) -> ResponseReturnValue:
    """Give somebody another role."""
    role = Form.sent().word("new_role", Role)
    try:
        user = change_role(session(), user_id, role, by=by(), now=now())
    except Conflict as clash:
        return _told(clash)
    return done(f"{user.name} is {role} now.", _list())


@blueprint.post("/<uuid:user_id>/disabling")
@requires(Right.ADMIN)
def disable(user_id: uuid.UUID) -> ResponseReturnValue:
    """Shut somebody out at once."""
    try:
        user = disable_user(session(), user_id, by=by(), now=now())
    except Conflict as clash:
        return _told(clash)
    return done(f"{user.name} is shut out; every session has ended.", _list())


@blueprint.post("/<uuid:user_id>/enabling")
@requires(Right.ADMIN)
def enable(user_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    user = enable_user(session(), user_id, by=by(), now=now())
    return done(f"{user.name} may sign in again.", _list())


@blueprint.post("/<uuid:user_id>/invitation")
@requires(Right.ADMIN)
def again(user_id: uuid.UUID) -> ResponseReturnValue:
    """Send a fresh invitation."""
    try:
        user = invite_again(session(), user_id, by=by(), now=now())
    except Conflict as clash:
        return _told(clash)
    return done(f"A fresh invitation to {user.name} is on its way.", _list())


def _told(clash: Conflict) -> ResponseReturnValue:
    return refused(Form({"role": Role.PUBLISHER.value}), Invalid({FORM_FAULT: clash.message}), _page, status=409)


def _page(form: Form) -> str:
    return show("admin/settings/people.html", form=form, users=users(session()), roles=ROLES)


def _list() -> str:
    return url_for("admin.settings.people.page")
