"""One maintenance: its story with the composer on top, and the step to the next status."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.maintenance.actions import post_maintenance_update
from statuspage.domain.maintenance.queries import maintenance_by_ref
from statuspage.outbox.queries import results_of
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.maintenance.choices import steps_from
from statuspage.web.admin.maintenance.typed import said
from statuspage.web.admin.reach import reach_about
from statuspage.web.admin.wording.offers import for_maintenance
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, refused, start_over
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.maintenance.models import Maintenance

blueprint = Blueprint("one", __name__)


@blueprint.get("/<ref>")
@requires(Right.VIEW)
def page(ref: str) -> ResponseReturnValue:
    """Show the story and the next step."""
    maintenance = maintenance_by_ref(session(), ref)
    values = {"status": maintenance.status.value, "notify": "yes", "seen_version": str(maintenance.version)}
    return screen(maintenance, Form(values))


@blueprint.post("/<ref>/updates")
@requires(Right.PUBLISH)
def say(ref: str) -> ResponseReturnValue:
    """Say something, and move on if another status was chosen."""
    form, maintenance = Form.sent(), maintenance_by_ref(session(), ref)
    try:
        post_maintenance_update(session(), maintenance, said(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: screen(maintenance, typed))
    except Conflict as clash:
        start_over()
        form.values.setlist("seen_version", [str(maintenance.version)])
        return screen(maintenance, form, clash), 409
    return done(f"Published as {maintenance.status.replace('_', ' ')}.", url_for("admin.maintenance.one.page", ref=ref))


def screen(maintenance: "Maintenance", form: Form, clash: Conflict | None = None) -> str:
    """Return the page with a composer as `form` has it."""
    return show(
        "admin/maintenance/one.html",
        maintenance=maintenance,
        form=form,
        clash=clash,
        offer=for_maintenance(maintenance, form),
        steps=steps_from(maintenance.status),
        results=results_of(session(), [update.id for update in maintenance.updates]),
        reach=reach_about(maintenance.components, None),
    )
