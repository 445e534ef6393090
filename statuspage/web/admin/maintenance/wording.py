"""A template's words put into the forms about planned work: the form again, with everything typed kept."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.maintenance.queries import maintenance_by_ref
from statuspage.domain.wording.filling import maintenance_story
from statuspage.domain.wording.queries import usable_template
from statuspage.web.admin.maintenance import one, planning
from statuspage.web.admin.maintenance.stories import planned_story, put_facts
from statuspage.web.admin.wording.using import use_template
from statuspage.web.kit.current import session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.looking import only_looks
from statuspage.web.kit.rights import requires

blueprint = Blueprint("wording", __name__)


@blueprint.post("/new/wording")
@requires(Right.PUBLISH)
@only_looks
def into_plan() -> ResponseReturnValue:
    """Show the form again with the chosen template in it: title, text, and the usual components and length."""
    form = Form.sent()
    try:
        template = usable_template(session(), form.text("template"))
        put_facts(form, template)
        use_template(form, planned_story(form), title="title")
    except Invalid as fault:
        return refused(form, fault, planning.screen)
    return planning.screen(form)


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
