"""A template's words put into the forms about planned work: the form again, with everything typed kept."""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import components
from statuspage.domain.maintenance.queries import maintenance_by_ref
from statuspage.domain.wording.filling import maintenance_story, public_parts
from statuspage.domain.wording.queries import usable_template
from statuspage.domain.wording.values import Story
from statuspage.web.admin.desk import zone
from statuspage.web.admin.maintenance import one, planning
from statuspage.web.admin.wording.using import instant_in, put_unless_touched, use_template
from statuspage.web.kit.current import session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.wording.models import MessageTemplate

blueprint = Blueprint("wording", __name__)


@blueprint.post("/new/wording")
@requires(Right.PUBLISH)
@only_looks
def into_plan() -> ResponseReturnValue:
    """Show the form again with the chosen template in it: title, text, and the usual components and length."""
    form = Form.sent()
    try:
        template = usable_template(session(), form.text("template"))
        _put_facts(form, template)
        use_template(form, _planned(form), title="title")
    except Invalid as fault:
        return refused(form, fault, planning.screen)
    return planning.screen(form)


def _put_facts(form: Form, template: "MessageTemplate") -> None:
    """Tick the template's components if none is ticked, and set the end by its length unless somebody moved it."""
    usual = [row.component.slug for row in template.components]
    if usual and not form.many("component"):
        form.values.setlist("component", usual)
    starts_at = instant_in(form, "starts_at")
    if template.length_minutes and starts_at:
        proposed, ends_at = (
            write_local(starts_at + span, zone())
            for span in (planning.USUAL, timedelta(minutes=template.length_minutes))
        )
        put_unless_touched(form, "ends_at", ends_at, proposed)


def _planned(form: Form) -> Story:
    ticked = form.many("component")
    found = ((row, ComponentStatus.UNDER_MAINTENANCE) for row in components(session()) if row.slug in ticked)
    return Story(
        title=form.text("title").strip() or None,
        components=public_parts(found),
        starts_at=instant_in(form, "starts_at"),
        ends_at=instant_in(form, "ends_at"),
    )


@blueprint.post("/<ref>/wording")
@requires(Right.PUBLISH)
@only_looks
def into_update(ref: str) -> ResponseReturnValue:
    """Show the maintenance again with the chosen template in its composer."""
    form, maintenance = Form.sent(), maintenance_by_ref(session(), ref)
    try:
        use_template(form, maintenance_story(maintenance))
    except Invalid as fault:
        return refused(form, fault, lambda typed: one.screen(maintenance, typed))
    return one.screen(maintenance, form)
