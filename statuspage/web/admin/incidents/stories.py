"""What a form about an incident tells, for a template."""

from dataclasses import replace
from typing import TYPE_CHECKING

from statuspage.core.errors import Invalid
from statuspage.domain.components.queries import components
from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.rules import impact_of
from statuspage.domain.wording.filling import incident_story, public_parts
from statuspage.domain.wording.values import Story
from statuspage.web.admin.incidents.typed import impacts
from statuspage.web.admin.wording.using import instant_in
from statuspage.web.kit.current import now, session
from statuspage.web.kit.forms import Form

if TYPE_CHECKING:
    from statuspage.domain.components.enums import ComponentStatus
    from statuspage.domain.incidents.models import Incident


def declared_story(form: Form) -> Story:
    """Return what is known of an incident that is being declared."""
    levels = _levels(form)
    severity = form.text("severity")
    return Story(
        title=form.text("public_title").strip() or None,
        components=public_parts((row, levels[row.slug]) for row in components(session()) if row.slug in levels),
        impact=impact_of(Severity(severity), levels.values()) if severity in list(Severity) else None,
        started_at=instant_in(form, "impact_started_at") or now(),
        next_update_at=instant_in(form, "next_update_at"),
    )


def told_story(incident: "Incident", form: Form) -> Story:
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
