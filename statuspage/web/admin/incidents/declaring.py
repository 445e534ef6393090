"""Declaring: what do customers see, which components and how bad, severity; below it the first public notice."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.incidents import choices
from statuspage.web.admin.incidents.declared import begun_declaration, declare_typed, gated_severities
from statuspage.web.admin.incidents.kept import restored
from statuspage.web.admin.incidents.opening import fresh_declaration, severities
from statuspage.web.admin.incidents.saying import DRAFT, keep_typed
from statuspage.web.admin.reach import reach_of_all
from statuspage.web.admin.wording import offers
from statuspage.web.kit.entrances import demand
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import requires

blueprint = Blueprint("declaring", __name__)
INSIDE = "inside"
_FIELDS = {"title": "public_title", "milestones": "impact_started_at"}


@blueprint.get("/new")
@requires(Right.RESPOND)
def page() -> ResponseReturnValue:
    """Show the form, filled as far as can be guessed.

    `?component=slug` names what is known already, `?like=ref` takes over an earlier incident. Without them it is what
    somebody has begun to write.
    """
    begun = None if request.args else begun_declaration()
    fresh = fresh_declaration()
    return screen(restored(fresh, begun) if begun else fresh)


@blueprint.post("/new")
@requires(Right.RESPOND)
def declare() -> ResponseReturnValue:
    """Declare for the team, and send the first notice off in the same step if that button was pressed."""
    form = Form.sent()
    if form.text("send") == DRAFT:
        return _keep(form)
    publish = form.text("send") != INSIDE
    if publish:
        demand(Right.PUBLISH)
    try:
        ref, words = declare_typed(form, publish=publish)
    except Invalid as fault:
        return refused(form, fault, screen, renamed=_FIELDS)
    return done(f"{ref} {words}", url_for("admin.incidents.room.page", ref=ref))


def _keep(form: Form) -> ResponseReturnValue:
    try:
        keep_typed(None, form)
    except Invalid as fault:
        return refused(form, fault, screen, renamed=_FIELDS)
    return done("Your draft is kept.", url_for("admin.incidents.declaring.page"))


def screen(form: Form) -> str:
    """Return the declaring screen as `form` has it."""
    return show(
        "admin/incidents/declare.html",
        form=form,
        offer=offers.for_declaring(form),
        severities=severities(),
        shelves=choices.shelves(),
        levels=choices.LEVELS,
        sources=choices.SOURCES,
        reach=reach_of_all(),
        gated=gated_severities(),
    )
