"""One-time links: setting up, taking up an invitation, choosing a new password."""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid, NotFound
from statuspage.core.secrets import Purpose
from statuspage.domain.accounts.access import draw
from statuspage.domain.accounts.actions import (
    NewUser,
    complete_setup,
    request_password_reset,
    set_password_by_link,
)
from statuspage.domain.accounts.enums import LinkPurpose, Role
from statuspage.domain.accounts.queries import good_link_or_none, has_users, user_by_id
from statuspage.domain.accounts.rules import Allowance, email_key
from statuspage.web.kit.clients import client_key, spend
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.people import come_in
from statuspage.web.kit.redirects import PANEL, see
from statuspage.web.kit.rights import public_route

if TYPE_CHECKING:
    from statuspage.domain.accounts.models import AccountLink

blueprint = Blueprint("links", __name__)
HOUR = timedelta(hours=1)
_USED = "This link is used up or too old."


@blueprint.get("/signin/forgot")
@public_route
def forgot_page() -> ResponseReturnValue:
    """Ask for the address."""
    return render_template("signin/forgot.html", sent=False)


@blueprint.post("/signin/forgot")
@public_route
def forgot() -> ResponseReturnValue:
    """Mail a link if somebody has this address; the answer is the same for every address, and so is the work."""
    form = Form.sent()
    email = form.text("email")[:320]
    limits = installation().settings.limits
    spend("reset", client_key(), limits.signin_per_client_quarter, timedelta(minutes=15))
    address = installation().keys.digest("address", email_key(email))
    if draw(session(), f"reset:{address}", Allowance(limits.reset_per_address_hour, HOUR), now()) == 0:
        request_password_reset(session(), email, now=now())
    return render_template("signin/forgot.html", sent=True)


@blueprint.get("/account/<token>")
@public_route
def account_page(token: str) -> ResponseReturnValue:
    """Ask for a password: the first one, or a new one."""
    return _choose(Form(), _good_link(token))


@blueprint.post("/account/<token>")
@public_route
def choose_password(token: str) -> ResponseReturnValue:
    """Take the password, end every other session of this person and sign in."""
    form, link = Form.sent(), _good_link(token)
    try:
        user = set_password_by_link(session(), link.id, form.text("password"), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _choose(typed, link))
    come_in(user.email, form.text("password"))
    return see(PANEL)


def _good_link(token: str) -> "AccountLink":
    link_id = installation().keys.open(Purpose.ACCOUNT, token)
    link = good_link_or_none(session(), link_id, now()) if link_id else None
    if link is None or link.user_id is None:
        raise NotFound(f"{_USED} Ask for a new one on the sign-in page, or ask who invited you.")
    return link


def _choose(form: Form, link: "AccountLink") -> str:
    assert link.user_id is not None
    user = user_by_id(session(), link.user_id)
    return render_template("signin/account.html", form=form, user=user, invited=link.purpose is LinkPurpose.INVITE)


@blueprint.get("/setup/<token>")
@public_route
def setup_page(token: str) -> ResponseReturnValue:
    """Ask who the first administrator is."""
    _setup_link(token)
    return _setup(Form())


@blueprint.post("/setup/<token>")
@public_route
def set_up(token: str) -> ResponseReturnValue:
    """Make the first administrator and sign in."""
    form, link = Form.sent(), _setup_link(token)
    draft = NewUser(form.text("email"), form.text("name"), Role.ADMIN)
    try:
        user = complete_setup(session(), link.id, draft, form.text("password"), now=now())
    except Invalid as fault:
        return refused(form, fault, _setup)
    come_in(user.email, form.text("password"))
    return see(PANEL)


def _setup(form: Form) -> str:
    return render_template("signin/setup.html", form=form)


def _setup_link(token: str) -> "AccountLink":
    link_id = installation().keys.open(Purpose.SETUP, token)
    link = good_link_or_none(session(), link_id, now()) if link_id else None
    if link is None or link.purpose is not LinkPurpose.SETUP or has_users(session()):
        raise NotFound(f"{_USED} If nobody can sign in yet, run `statuspage init --force` for a fresh one.")
    return link
