"""Steps of an incident that say nothing to customers, or little: acknowledge, resolve inside, close, reopen."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import (
    Resolution,
    acknowledge,
    close_incident,
    reopen_incident,
    resolve_incident,
)
from statuspage.domain.incidents.enums import ResolutionKind
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.web.admin.desk import done
from statuspage.web.admin.incidents.clearing import typed_clearance
from statuspage.web.admin.incidents.composing import fresh_composer
from statuspage.web.admin.incidents.room import room
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.entrances import demand
from statuspage.web.kit.forms import Form, start_over
from statuspage.web.kit.rights import requires

blueprint = Blueprint("steps", __name__)
_WHY = "reopening_unapproved"


@blueprint.post("/<ref>/acknowledgement")
@requires(Right.RESPOND)
def take(ref: str) -> ResponseReturnValue:
    """Say that somebody has it."""
    acknowledge(session(), incident_by_ref(session(), ref, reader()), None, by=by(), now=now())
    return _back(ref, "Acknowledged.")


@blueprint.post("/<ref>/resolution")
@requires(Right.RESPOND)
def resolve(ref: str) -> ResponseReturnValue:
    """Resolve for the team alone; customers are told by an update."""
    form = Form.sent()
    incident = incident_by_ref(session(), ref, reader())
    resolution = Resolution(kind=form.word_or_none("kind", ResolutionKind), text=form.text("text"))
    resolve_incident(session(), incident, resolution, by=by(), now=now())
    return _back(ref, "Resolved for the team.")


@blueprint.post("/<ref>/closure")
@requires(Right.RESPOND)
def close(ref: str) -> ResponseReturnValue:
    """Close what is resolved inside and outside."""
    form = Form.sent()
    incident = incident_by_ref(session(), ref, reader())
    close_incident(session(), incident, form.text("code"), form.text("text"), by=by(), now=now())
    return _back(ref, f"{incident.ref} is closed.")


@blueprint.post("/<ref>/reopening")
@requires(Right.RESPOND)
def reopen(ref: str) -> ResponseReturnValue:
    """Open again what was resolved too early, with a word to customers if there is one."""
    form = Form.sent()
    incident = incident_by_ref(session(), ref, reader())
    if form.text("reopening_body"):
        demand(Right.PUBLISH)
    try:
        body = form.text("reopening_body")
        clearance = typed_clearance(incident.severity, form, _WHY) if body else None
        reopen_incident(session(), incident, form.text("reason"), body, clearance=clearance, by=by(), now=now())
    except Invalid as fault:
        start_over()
        composer = fresh_composer(incident)
        composer.values.update({name: form.text(name) for name in ("reason", "reopening_body", _WHY)})
        composer.faults = {"reopening_body" if name == "body" else name: words for name, words in fault.fields.items()}
        return room(incident, composer), 422
    return _back(ref, f"{incident.ref} is open again.")


def _back(ref: str, words: str) -> ResponseReturnValue:
    return done(words, url_for("admin.incidents.room.page", ref=ref))
