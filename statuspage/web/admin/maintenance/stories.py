"""What a form about planned work tells, for a template: and what the template tells the form beside its words."""

from datetime import timedelta
from typing import TYPE_CHECKING

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import components
from statuspage.domain.wording.filling import public_parts
from statuspage.domain.wording.values import Story
from statuspage.web.admin.desk import zone
from statuspage.web.admin.maintenance.choices import USUAL
from statuspage.web.admin.wording.using import instant_in, put_unless_touched
from statuspage.web.kit.current import session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.wording.models import MessageTemplate


def put_facts(form: Form, template: "MessageTemplate") -> None:
    """Tick the template's components if none is ticked, and set the end by its length unless somebody moved it."""
    usual = [row.component.slug for row in template.components]
    if usual and not form.many("component"):
        form.values.setlist("component", usual)
    starts_at = instant_in(form, "starts_at")
    if template.length_minutes and starts_at:
        wanted = timedelta(minutes=template.length_minutes)
        proposed, ends_at = (write_local(starts_at + span, zone()) for span in (USUAL, wanted))
        put_unless_touched(form, "ends_at", ends_at, proposed)


def planned_story(form: Form) -> Story:
    """Return what is known of work that is being planned."""
    ticked = form.many("component")
    found = ((row, ComponentStatus.UNDER_MAINTENANCE) for row in components(session()) if row.slug in ticked)
    return Story(
        title=form.text("title").strip() or None,
        components=public_parts(found),
        starts_at=instant_in(form, "starts_at"),
        ends_at=instant_in(form, "ends_at"),
    )
