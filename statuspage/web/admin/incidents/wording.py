"""A template's words put into the composer or the declaring screen: the form again, with everything typed kept."""

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.queries import components
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.domain.incidents.rules import impact_of
from statuspage.domain.wording.filling import incident_story, public_parts
from statuspage.domain.wording.values import Story
from statuspage.web.admin.incidents.declaring import screen
from statuspage.web.admin.incidents.room import room
from statuspage.web.admin.incidents.typed import impacts
from statuspage.web.admin.wording.using import instant_in, use_template
from statuspage.web.kit.current import now, reader, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    from statuspage.domain.components.enums import ComponentStatus
    from statuspage.domain.incidents.models import Incident

blueprint = Blueprint("wording", __name__)


@blueprint.post("/new/wording")
@requires(Right.RESPOND)
@only_looks
def into_declaration() -> ResponseReturnValue:
    """Show the declaring screen again with the chosen template in it."""
    form = Form.sent()
    try:
        use_template(form, _declared(form), title="public_title")
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
        use_template(form, _told(incident, form), title="" if incident.public_title else "public_title")
    except Invalid as fault:
        return refused(form, fault, lambda typed: room(incident, typed))
    return room(incident, form)


def _declared(form: Form) -> Story:
    levels = _levels(form)
    severity = form.text("severity")
    return Story(
        title=form.text("public_title").strip() or None,
        components=public_parts((row, levels[row.slug]) for row in components(session()) if row.slug in levels),
        impact=impact_of(Severity(severity), levels.values()) if severity in list(Severity) else None,
        started_at=instant_in(form, "impact_started_at") or now(),
        next_update_at=instant_in(form, "next_update_at"),
    )


def _told(incident: "Incident", form: Form) -> Story:
    """Return what is known of the incident, with the components and the promise in its composer."""
    story = incident_story(session(), incident, next_update_at=instant_in(form, "next_update_at"))
    attached = {row.component.slug: row.status for row in incident.components}
    levels = {slug: status for slug, status in _levels(form).items() if slug not in attached} | attached
    found = public_parts((row, levels[row.slug]) for row in components(session()) if row.slug in levels)
    return replace(story, title=story.title or form.text("public_title").strip() or None, components=found)


def _levels(form: Form) -> "dict[str, ComponentStatus]":
    """Return the components for which a level was chosen; a damaged one is named when the form is sent."""
    try:
        return {one.slug: one.status for one in impacts(form)}
    except Invalid:
        return {}
