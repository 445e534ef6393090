"""API tokens: made, shown once, revoked."""

import uuid
from datetime import timedelta

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.access import create_token, revoke_token
from statuspage.domain.accounts.enums import Right, Scope
from statuspage.domain.accounts.queries import api_tokens
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import requires

blueprint = Blueprint("tokens", __name__, url_prefix="/tokens")
SCOPES = [
    (Scope.READ.value, "Read"),
    (Scope.PUBLISH.value, "Publish: incidents, updates, maintenance"),
    (Scope.MANAGE.value, "Manage: also components, subscribers"),
    (Scope.ADMIN.value, "Administer: also people, tokens, audit"),
]
LIVES = [("90", "90 days"), ("365", "a year"), ("30", "30 days"), ("", "until it is revoked")]


@blueprint.get("")
@requires(Right.ADMIN)
def page() -> ResponseReturnValue:
    """Show every token, never its text."""
    return _page(Form({"scope": Scope.READ.value, "days": "90"}))


@blueprint.post("")
@requires(Right.ADMIN)
def create() -> ResponseReturnValue:
    """Make a token and show its text, this once."""
    form = Form.sent()
    try:
        days = form.number_or_none("days")
        if days and days > 3650:
            raise Invalid({"days": "Choose from the list."})
        expires_at = now() + timedelta(days=days) if days else None
        scope = form.word("scope", Scope)
        token, text = create_token(session(), form.text("name"), scope, expires_at, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page)
    return _page(Form({"scope": Scope.READ.value, "days": "90"}), (token.name, text))


@blueprint.post("/<uuid:token_id>/revocation")
@requires(Right.ADMIN)
def revoke(token_id: uuid.UUID) -> ResponseReturnValue:
    """Make a token worthless at once."""
    revoke_token(session(), token_id, by=by(), now=now())
    return done("The token is worthless now.", url_for("admin.settings.tokens.page"))


def _page(form: Form, made: tuple[str, str] | None = None) -> str:
    return show(
        "admin/settings/tokens.html",
        form=form,
        made=made,
        tokens=api_tokens(session()),
        scopes=SCOPES,
        lives=LIVES,
    )
