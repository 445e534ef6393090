"""Looking at what is about to be said about an incident: declaring it, the next update, a correction."""

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import FIXED_WORDS, correct_update, declare_incident
from statuspage.domain.incidents.queries import incident_by_ref, update_of
from statuspage.publish.facts.incidents import incident_fact
from statuspage.web.admin.desk import zone
from statuspage.web.admin.incidents.saying import publish_typed
from statuspage.web.admin.incidents.typed import correction, declared, is_note
from statuspage.web.admin.previews import Carried, preview, show_preview
from statuspage.web.kit.current import by, now, reader
from statuspage.web.kit.forms import Form
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from statuspage.domain.incidents.models import Update

blueprint = Blueprint("previews", __name__)


@blueprint.post("/new/preview")
@requires(Right.PUBLISH)
@only_looks
def of_declaring() -> ResponseReturnValue:
    """Show what declaring with the first notice would send out."""
    form = Form.sent()

    def carry_out(scratch: "Session") -> Carried:
        draft = declared(form, zone(), publish=True)
        said = replace(draft.update, clearance=FIXED_WORDS) if draft.update else None
        incident = declare_incident(scratch, replace(draft, update=said), by=by(), now=now())
        return carried(incident.updates[0])

    return preview(form, carry_out)


@blueprint.post("/<ref>/updates/preview")
@requires(Right.PUBLISH)
@only_looks
def of_update(ref: str) -> ResponseReturnValue:
    """Show what publishing the composer's words would send out."""
    form = Form.sent()
    if is_note(form):
        return show_preview(refusals=["A note stays inside: nobody but the team reads it."])

    def carry_out(scratch: "Session") -> Carried:
        return carried(publish_typed(scratch, incident_by_ref(scratch, ref, reader()), form))

    return preview(form, carry_out)


@blueprint.post("/<ref>/updates/<uuid:update_id>/correction/preview")
@requires(Right.PUBLISH)
@only_looks
def of_correction(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show what a correction would send out."""
    form = Form.sent()

    def carry_out(scratch: "Session") -> Carried:
        update = update_of(incident_by_ref(scratch, ref, reader()), update_id)
        stood = update.current
        version = correct_update(scratch, update, correction(form), by=by(), now=now())
        if version is stood:
            raise Invalid({"body": "These are the words that stand already."})
        return carried(update, version.id)

    return preview(form, carry_out)


def carried(update: "Update", subject_id: uuid.UUID | None = None) -> Carried:
    """Return what an update that was published, not committed, leads to."""
    incident = update.incident
    incident.updates.sort(key=lambda one: one.id, reverse=True)  # the new one into its place, without reading them anew
    return Carried(incident_fact(incident), update.code, subject_id or update.id)
