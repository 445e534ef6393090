"""A template's words put into the composer or the declaring screen: the form again, with everything typed kept."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.web.admin.incidents.declaring import screen
from statuspage.web.admin.incidents.room import room
from statuspage.web.admin.incidents.stories import declared_story, told_story
from statuspage.web.admin.wording.using import use_template
from statuspage.web.kit.current import reader, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires

blueprint = Blueprint("wording", __name__)


@blueprint.post("/new/wording")
@requires(Right.RESPOND)
@only_looks
def into_declaration() -> ResponseReturnValue:
    """Show the declaring screen again with the chosen template in it."""
    form = Form.sent()
    try:
        use_template(form, declared_story(form), title="public_title")
    except Invalid as fault:
        return refused(form, fault, screen)
    return screen(form)


@blueprint.post("/<ref>/wording")
@requires(Right.RESPOND)
@only_looks
def into_update(ref: str) -> ResponseReturnValue:
    """Show the room again with the chosen template in its composer."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    try:
        use_template(form, told_story(incident, form), title="" if incident.public_title else "public_title")
    except Invalid as fault:
        return refused(form, fault, lambda typed: room(incident, typed))
    return room(incident, form)
