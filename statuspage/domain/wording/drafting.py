"""Drafts that take their words from a template: for programs and scripts, which look at no preview.

A placeholder without a value is refused here instead of being published as a gap.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.core.errors import Invalid
from statuspage.domain.components.queries import components_by_slugs
from statuspage.domain.incidents.actions import IncidentDraft, UpdateDraft
from statuspage.domain.incidents.enums import PublicStatus, UpdateVisibility
from statuspage.domain.incidents.models import Incident
from statuspage.domain.wording.filling import draft_story, filled, incident_story, public_parts
from statuspage.domain.wording.models import MessageTemplate
from statuspage.domain.wording.placeholders import gaps
from statuspage.domain.wording.queries import usable_template
from statuspage.domain.wording.rules import PLANNED
from statuspage.domain.wording.values import Story


def incident_like_template(session: Session, draft: IncidentDraft, wanted: str, now: datetime) -> IncidentDraft:
    """Return `draft` with a first update in the words of the template `wanted` (name or id), unless it has words.

    Without an update in the draft a public one is made; one without a status takes the template's. Raises `Invalid`.
    """
    template = _for_incidents(session, wanted)
    said = _with_status(template, draft.update or UpdateDraft(body=""))
    told = replace(draft, update=said)
    return replace(told, update=_worded(session, template, said, draft_story(session, told, now), now))


def update_like_template(
    session: Session, incident: Incident, draft: UpdateDraft, wanted: str, now: datetime
) -> UpdateDraft:
    """Return `draft` in the words of the template `wanted` (name or id), unless it has words of its own.

    A public update without a status takes the template's. Raises `Invalid`.
    """
    template = _for_incidents(session, wanted)
    draft = _with_status(template, draft)
    story = incident_story(session, incident, next_update_at=draft.next_update_at)
    levels = {row.component: row.status for row in incident.components}
    added = components_by_slugs(session, [one.slug for one in draft.components])
    for one in draft.components:
        levels.setdefault(added[one.slug], one.status)
    return _worded(session, template, draft, replace(story, components=public_parts(levels.items())), now)


def _for_incidents(session: Session, wanted: str) -> MessageTemplate:
    template = usable_template(session, wanted)
    if template.purpose in PLANNED:
        raise Invalid({"template": f"“{template.name}” is for maintenance. Choose one for incidents."})
    return template


def _with_status(template: MessageTemplate, draft: UpdateDraft) -> UpdateDraft:
    if draft.visibility is not UpdateVisibility.PUBLIC or draft.status is not None or template.status is None:
        return draft
    return replace(draft, status=PublicStatus(template.status))


def _worded(
    session: Session, template: MessageTemplate, draft: UpdateDraft, story: Story, now: datetime
) -> UpdateDraft:
    if draft.body.strip():
        return draft
    texts = filled(session, template, story, now)
    for text in (texts.body, texts.workaround):
        if places := gaps(text):
            missing = ", ".join(dict.fromkeys(text[start:end] for start, end in places))
            raise Invalid({"template": f"“{template.name}” has no value for {missing}. Give one, or send a body."})
    workaround = (texts.workaround or None) if draft.workaround is None else draft.workaround
    return replace(draft, body=texts.body, workaround=workaround)
