"""Announcing work, and changing what was announced."""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.maintenance.actions import change_maintenance, plan_maintenance, plan_series, stop_series
from statuspage.domain.maintenance.queries import maintenance_by_ref
from statuspage.domain.maintenance.rules import REMINDERS
from statuspage.domain.wording.values import Story
from statuspage.web.admin.desk import done, show, zone
from statuspage.web.admin.incidents.choices import shelves
from statuspage.web.admin.maintenance.typed import changed, planned, repeated
from statuspage.web.admin.reach import reach_of_all
from statuspage.web.admin.wording import offers
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, refused, start_over
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.maintenance.models import Maintenance

blueprint = Blueprint("planning", __name__)
_REPEATS = [
    ("", "does not repeat"),
    ("weekly", "every week"),
    ("fortnightly", "every two weeks"),
    ("monthly", "every month on this day"),
]
USUAL = timedelta(hours=1)


@blueprint.get("/new")
@requires(Right.PUBLISH)
def new() -> ResponseReturnValue:
    """Show the form in the words of the first template that fits, with a window at this time in three days."""
    begin = (now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    best = offers.best_for(offers.PLANNING)
    end = begin + (timedelta(minutes=best.length_minutes) if best and best.length_minutes else USUAL)
    (body,) = offers.texts_for([offers.PLANNING], Story(starts_at=begin, ends_at=end))
    values = {"body": body, "auto_start": "yes", "auto_end": "yes", "notify": "yes"}
    values["reminder_hours"] = ", ".join(str(hour) for hour in REMINDERS)
    values |= {"starts_at": write_local(begin, zone()), "ends_at": write_local(end, zone())}
    return screen(Form(values))


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
    return screen(_form_of(maintenance), maintenance)


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
        start_over()
        stands = _form_of(maintenance)
        form.values.setlist("seen_version", [str(maintenance.version)])
        return screen(form, maintenance, clash.message, stands), 409
    return done(f"{maintenance.ref} is saved.", url_for("admin.maintenance.one.page", ref=ref))


@blueprint.post("/<ref>/recurrence/end")
@requires(Right.PUBLISH)
def stop(ref: str) -> ResponseReturnValue:
    """Make no further windows."""
    stop_series(session(), maintenance_by_ref(session(), ref), by=by(), now=now())
    return done("No further windows are made.", url_for("admin.maintenance.one.page", ref=ref))


def _form_of(maintenance: "Maintenance") -> Form:
    return Form(
        {
            "title": maintenance.title,
            "component": [row.component.slug for row in maintenance.components],
            "starts_at": write_local(maintenance.starts_at, zone()),
            "ends_at": write_local(maintenance.ends_at, zone()),
            "auto_start": "yes" if maintenance.auto_start else "",
            "auto_end": "yes" if maintenance.auto_end else "",
            "reminder_hours": ", ".join(str(hour) for hour in maintenance.reminder_hours),
            "seen_version": str(maintenance.version),
        }
    )


def screen(form: Form, maintenance: "Maintenance | None" = None, clash: str = "", stands: Form | None = None) -> str:
    """Return the form as `form` has it, for new work or for `maintenance`."""
    labels = {"title": "Title", "starts_at": "Start", "ends_at": "End"}
    return show(
        "admin/maintenance/plan.html",
        form=form,
        maintenance=maintenance,
        offer=offers.for_planning(form),
        shelves=shelves(),
        repeats=_REPEATS,
        reach=reach_of_all(),
        clash=clash,
        differing=[(words, stands.text(n)) for n, words in labels.items() if stands and stands.text(n) != form.text(n)],
    )
