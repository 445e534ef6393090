"""Who was sent the mail about one update, and what became of it: address by address; sending it once more."""

import uuid

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.delivery.actions import REPEATABLE, send_again
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.queries import incident_by_ref, update_of
from statuspage.domain.maintenance.queries import maintenance_by_ref
from statuspage.outbox.queries import Results, deliveries_page, results_of
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.pages import older, page_before
from statuspage.web.kit.redirects import safe_next
from statuspage.web.kit.rights import requires

blueprint = Blueprint("deliveries", __name__)
PAGE = 50
OUTCOMES = {
    "": "all",
    "sent": "sent",
    "waiting": "waiting",
    "uncertain": "uncertain",
    "failed": "failed",
    "left_out": "left out",
}


@blueprint.get("/incidents/<ref>/updates/<uuid:update_id>/deliveries")
@requires(Right.MANAGE)
def of_incident(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show them for an update of an incident."""
    incident = incident_by_ref(session(), ref, reader())
    update = update_of(incident, update_id)
    return _page(update.id, incident.title, url_for("admin.incidents.room.page", ref=ref), "Incidents")


@blueprint.get("/maintenance/<ref>/updates/<uuid:update_id>/deliveries")
@requires(Right.MANAGE)
def of_maintenance(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show them for an update of a maintenance."""
    maintenance = maintenance_by_ref(session(), ref)
    return _page(update_id, maintenance.title, url_for("admin.maintenance.one.page", ref=ref), "Maintenance")


@blueprint.post("/deliveries/<uuid:delivery_id>/again")
@requires(Right.MANAGE)
def again(delivery_id: uuid.UUID) -> ResponseReturnValue:
    """Send a message once more that was refused, given up or left in doubt."""
    send_again(session(), delivery_id, by=by(), now=now())
    return done("It is sent once more; look again in a moment.", safe_next(Form.sent().text("back")))


def _page(subject_id: uuid.UUID, title: str, back: str, section: str) -> str:
    outcome = request.args.get("outcome", "")
    found = deliveries_page(session(), subject_id, outcome=outcome, before=page_before(), limit=PAGE + 1)
    return show(
        "admin/deliveries.html",
        title=title,
        back=back,
        section=section,
        outcome=outcome,
        outcomes=OUTCOMES,
        results=results_of(session(), [subject_id]).get(subject_id, Results()),
        deliveries=found[:PAGE],
        older=older(found, PAGE),
        here=request.full_path,
        repeatable=REPEATABLE,
    )
