"""Looking at what is about to be said about a maintenance: announcing it, and each word after."""

from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.maintenance.actions import plan_maintenance, plan_series, post_maintenance_update
from statuspage.domain.maintenance.queries import maintenance_by_ref
from statuspage.publish.facts.maintenances import maintenance_fact
from statuspage.web.admin.desk import zone
from statuspage.web.admin.maintenance.typed import planned, repeated, said
from statuspage.web.admin.previews import Carried, preview
from statuspage.web.kit.current import by, now
from statuspage.web.kit.forms import Form
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from statuspage.domain.maintenance.models import Maintenance

blueprint = Blueprint("previews", __name__)


@blueprint.post("/new/preview")
@requires(Right.PUBLISH)
@only_looks
def of_plan() -> ResponseReturnValue:
    """Show what announcing the work would send out; of a series, its first window."""
    form = Form.sent()

    def carry_out(scratch: "Session") -> Carried:
        draft, rule = planned(form, zone()), repeated(form)
        if rule:
            return _carried(plan_series(scratch, draft, rule, by=by(), now=now()))
        return _carried(plan_maintenance(scratch, draft, by=by(), now=now()))

    return preview(form, carry_out, planned=True)


@blueprint.post("/<ref>/updates/preview")
@requires(Right.PUBLISH)
@only_looks
def of_update(ref: str) -> ResponseReturnValue:
    """Show what the next word would send out."""
    form = Form.sent()

    def carry_out(scratch: "Session") -> Carried:
        maintenance = maintenance_by_ref(scratch, ref)
        post_maintenance_update(scratch, maintenance, said(form), by=by(), now=now())
        return _carried(maintenance)

    return preview(form, carry_out, planned=True)


def _carried(maintenance: "Maintenance") -> Carried:
    maintenance.updates.sort(key=lambda one: one.id, reverse=True)  # the new one first, without reading them anew
    newest = maintenance.updates[0]
    return Carried(maintenance_fact(maintenance), newest.code, newest.id)
