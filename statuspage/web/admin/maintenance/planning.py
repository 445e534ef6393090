"""Announcing work, and changing what was announced."""

from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.maintenance.actions import change_maintenance, plan_maintenance, plan_series, stop_series
from statuspage.domain.maintenance.queries import maintenance_by_ref
from statuspage.web.admin.desk import done, show, zone
from statuspage.web.admin.incidents.choices import shelves
from statuspage.web.admin.maintenance.choices import REPEATS, form_of, fresh_plan
from statuspage.web.admin.maintenance.typed import changed, planned, repeated
from statuspage.web.admin.reach import reach_of_all
from statuspage.web.admin.wording.offers import for_planning
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.maintenance.models import Maintenance

blueprint = Blueprint("planning", __name__)


@blueprint.get("/new")
@requires(Right.PUBLISH)
def new() -> ResponseReturnValue:
    """Show the form, filled as far as can be guessed."""
    return screen(fresh_plan())


@blueprint.post("/new")
@requires(Right.PUBLISH)
def plan() -> ResponseReturnValue:
    """Announce the work."""
    form = Form.sent()
    try:
        draft, rule = planned(form, zone()), repeated(form)
        if rule:
            maintenance = plan_series(session(), draft, rule, by=by(), now=now())
        else:
            maintenance = plan_maintenance(session(), draft, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, screen, renamed={"recurrence": "times"})
    return done(f"{maintenance.ref} is announced.", url_for("admin.maintenance.one.page", ref=maintenance.ref))


@blueprint.get("/<ref>/edit")
@requires(Right.PUBLISH)
def page(ref: str) -> ResponseReturnValue:
    """Show what was announced, for changing."""
    maintenance = maintenance_by_ref(session(), ref)
    return screen(form_of(maintenance), maintenance)


@blueprint.post("/<ref>/edit")
@requires(Right.PUBLISH)
def change(ref: str) -> ResponseReturnValue:
    """Change title, components or window; a longer window counts as announced if the old end has not passed."""
    form, maintenance = Form.sent(), maintenance_by_ref(session(), ref)
    try:
        wanted = changed(form, zone(), running=maintenance.running)
        change_maintenance(session(), maintenance, wanted, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: screen(typed, maintenance))
    except Conflict as clash:
        return overtaken(form, clash, lambda: form_of(maintenance), partial(screen, maintenance=maintenance))
    return done(f"{maintenance.ref} is saved.", url_for("admin.maintenance.one.page", ref=ref))


@blueprint.post("/<ref>/recurrence/end")
@requires(Right.PUBLISH)
def stop(ref: str) -> ResponseReturnValue:
    """Make no further windows."""
    stop_series(session(), maintenance_by_ref(session(), ref), by=by(), now=now())
    return done("No further windows are made.", url_for("admin.maintenance.one.page", ref=ref))


def screen(form: Form, maintenance: "Maintenance | None" = None, clash: str = "", stands: Form | None = None) -> str:
    """Return the form as `form` has it, for new work or for `maintenance`."""
    labels = {"title": "Title", "starts_at": "Start", "ends_at": "End"}
    return show(
        "admin/maintenance/plan.html",
        form=form,
        maintenance=maintenance,
        offer=for_planning(form),
        shelves=shelves(),
        repeats=REPEATS,
        reach=reach_of_all(),
        clash=clash,
        differing=form.differing(stands, labels),
    )
