"""Saying something in a room: publishing, noting, correcting, retracting."""

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import correct_update, retract_update
from statuspage.domain.incidents.queries import incident_by_ref, update_of
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.incidents.room import Clash, room
from statuspage.web.admin.incidents.saying import (
    DRAFT,
    attach_standing,
    keep_typed,
    note_typed,
    send_typed,
    what_became,
)
from statuspage.web.admin.incidents.typed import correction, is_note
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.entrances import demand
from statuspage.web.kit.forms import Form, refused, start_over
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident, Update

blueprint = Blueprint("speaking", __name__)


@blueprint.post("/<ref>/updates")
@requires(Right.RESPOND)
def say(ref: str) -> ResponseReturnValue:
    """Send off what stands in the composer, note it for the team, or keep it for later."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    later, note = form.text("send") == DRAFT, is_note(form)
    if not (later or note):
        demand(Right.PUBLISH)
    try:
        if later:
            keep_typed(incident, form)
            return done("Your draft is kept.", _room(ref))
        if note:
            note_typed(incident, form)
            return done("Noted for the team.", _room(ref))
        return done(what_became(send_typed(incident, form)), _room(ref))
    except Invalid as fault:
        return refused(form, fault, lambda typed: room(incident, typed), renamed={"milestones": "display_at"})
    except Conflict as clash:
        return _clash(incident, form, clash)


def _clash(incident: "Incident", form: Form, clash: Conflict) -> ResponseReturnValue:
    """Show both texts side by side; sending again now means having read theirs."""
    if clash.theirs is None:
        raise clash
    start_over()
    form.values.setlist("seen_version", [str(incident.version)])
    if form.text("send") == DRAFT:
        attach_standing(incident, form)
    return room(incident, form, Clash(clash.message, str(clash.theirs), str(clash.yours))), 409


@blueprint.get("/<ref>/updates/<uuid:update_id>/correction")
@requires(Right.PUBLISH)
def correction_page(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Show an update's words for correcting, with every version so far."""
    incident = incident_by_ref(session(), ref, reader())
    update = update_of(incident, update_id)
    return _correction(Form({"body": update.current.body, "seen_version": str(update.current.number)}), update)


@blueprint.post("/<ref>/updates/<uuid:update_id>/correction")
@requires(Right.PUBLISH)
def correct(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Give an update new words; readers see that it was edited, and the words before."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    update = update_of(incident, update_id)
    try:
        correct_update(session(), update, correction(form), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _correction(typed, update))
    except Conflict as clash:
        if clash.theirs is None:
            raise
        start_over()
        form.values.setlist("seen_version", [str(update.current.number)])
        return _correction(form, update, Clash(clash.message, str(clash.theirs), str(clash.yours))), 409
    return done("The update is corrected; readers see that it was edited.", _room(ref))


@blueprint.post("/<ref>/updates/<uuid:update_id>/retraction")
@requires(Right.PUBLISH)
def retract(ref: str, update_id: uuid.UUID) -> ResponseReturnValue:
    """Take an update back, with the reason that readers see."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    update = update_of(incident, update_id)
    try:
        retract_update(session(), update, form.text("reason"), by=by(), now=now())
    except Invalid as fault:
        retraction = Form({**form.values, "body": update.current.body, "retraction": form.text("reason")})
        return refused(retraction, fault, lambda typed: _correction(typed, update), renamed={"reason": "retraction"})
    return done("The update is retracted; readers see when and why.", _room(ref))


def _correction(form: Form, update: "Update", clash: Clash | None = None) -> str:
    return show("admin/incidents/correction.html", form=form, update=update, incident=update.incident, clash=clash)


def _room(ref: str) -> str:
    return url_for("admin.incidents.room.page", ref=ref)
