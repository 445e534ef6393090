"""Signing in and out."""

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from werkzeug.wrappers import Response

from statuspage.domain.accounts.access import end_session
from statuspage.domain.accounts.rules import email_key
from statuspage.web.kit.application import keep
from statuspage.web.kit.clients import client_key, spend
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.forms import FORM_FAULT, Form
from statuspage.web.kit.people import come_in, current_session
from statuspage.web.kit.redirects import safe_next, see
from statuspage.web.kit.rights import public_route

blueprint = Blueprint("signin", __name__)
QUARTER = timedelta(minutes=15)
WRONG = "This does not match. Check address and password, or choose a new password below."


@blueprint.get("/signin")
@public_route
def sign_in_page() -> ResponseReturnValue:
    """Show the form, or go on when somebody is signed in already."""
    wanted = safe_next(request.args.get("next"))
    if current_session():
        return see(wanted)
    return _page(Form({"next": wanted}), left="left" in request.args)


@blueprint.post("/signin")
@public_route
def sign_in_now() -> ResponseReturnValue:
    """Sign in. One message for every failure; what was tried is counted per account and client, and per client."""
    form = Form.sent()
    limits, client = installation().settings.limits, client_key()
    account = installation().keys.digest("account", email_key(form.text("email")[:320]))
    spend("signin", client, limits.signin_per_client_quarter, QUARTER)
    spend("signin", f"{client[:32]}:{account[:32]}", limits.signin_per_account_quarter, QUARTER)
    if come_in(form.text("email")[:320], form.text("password")):
        return see(safe_next(form.text("next")))
    keep()
    form.faults = {FORM_FAULT: WRONG}
    return _page(form), 422


def _page(form: Form, *, left: bool = False) -> str:
    return render_template("signin/signin.html", form=form, left=left)


@blueprint.post("/signout")
@public_route
def sign_out() -> ResponseReturnValue:
    """End this session here and in the database, and have the browser forget what it kept of the panel."""
    found = current_session()
    if found:
        end_session(session(), found.id, found.user_id, now=now())
        logout_user()
    response: Response = see(f"{installation().links.sign_in()}?left")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
