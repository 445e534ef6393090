"""Templates made into texts: what a story gives, put in the template's place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.models import Component
from statuspage.domain.components.queries import components_by_slugs
from statuspage.domain.incidents.actions import IncidentDraft, UpdateDraft
from statuspage.domain.incidents.enums import MilestoneKind, PublicStatus
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import current_milestones
from statuspage.domain.incidents.rules import impact_of
from statuspage.domain.maintenance.models import Maintenance
from statuspage.domain.wording.enums import Purpose
from statuspage.domain.wording.models import MessageTemplate
from statuspage.domain.wording.placeholders import fill
from statuspage.domain.wording.queries import TemplateFilter, page_voice, templates
from statuspage.domain.wording.values import Story, values_of


@dataclass(frozen=True)
class Filled:
    """The texts a template gives; what has no value still shows its placeholder."""

    title: str
    body: str
    workaround: str


def filled(session: Session, template: MessageTemplate, story: Story, now: datetime) -> Filled:
    """Return the template's texts for `story` as the page speaks at `now`."""
    values = values_of(story, page_voice(session), now)
    return Filled(*(fill(text, values) for text in (template.title, template.body, template.workaround)))


def public_parts(
    found: Iterable[tuple[Component, ComponentStatus]],
) -> tuple[tuple[str, ComponentStatus], ...]:
    """Return name and status of the public ones, in the page's order."""
    shown = [(component, status) for component, status in found if component.public]
    return tuple((one.name, status) for one, status in sorted(shown, key=lambda pair: pair[0].position))


def incident_story(session: Session, incident: Incident, *, next_update_at: datetime | None = None) -> Story:
    """Return what is known of an incident. The next update is promised by what is being written."""
    known = current_milestones(session, incident.id)
    began = known.get(MilestoneKind.IMPACT_STARTED) or known.get(MilestoneKind.DETECTED) or incident.created_at
    over = incident.public_resolved_at if incident.public_status is PublicStatus.RESOLVED else None
    return Story(
        title=incident.public_title,
        components=public_parts((row.component, row.status) for row in incident.components),
        impact=incident.impact,
        started_at=incident.public_started_at or began,
        ended_at=over,
        next_update_at=next_update_at,
    )


def draft_story(session: Session, draft: IncidentDraft, now: datetime) -> Story:
    """Return what is known of an incident that is about to be declared. Raises `Invalid` for unknown components."""
    levels = {one.slug: one.status for one in draft.components}
    rows = components_by_slugs(session, levels)
    return Story(
        title=draft.public_title or draft.title,
        components=public_parts((rows[slug], status) for slug, status in levels.items()),
        impact=impact_of(draft.severity, levels.values()),
        started_at=draft.impact_started_at or draft.detected_at or draft.alerted_at or now,
        next_update_at=draft.update.next_update_at if draft.update else None,
    )


def maintenance_story(maintenance: Maintenance) -> Story:
    """Return what is known of planned work."""
    held = ((row.component, ComponentStatus.UNDER_MAINTENANCE) for row in maintenance.components)
    return Story(
        title=maintenance.title,
        components=public_parts(held),
        starts_at=maintenance.starts_at,
        ends_at=maintenance.ends_at,
    )


def is_unedited_first_notice(session: Session, incident: Incident, said: UpdateDraft) -> bool:
    """Tell whether all that `said` tells customers is, word for word, what an active first-notice template gives for
    `incident`; "What you can do" may be left out.

    Times are written as on the day it was declared. False for an incident of which something has been published.
    """
    if incident.published_at is not None or not said.body.strip():
        return False
    wanted = TemplateFilter(language=page_voice(session).language, purpose=Purpose.FIRST, active=True)
    story = incident_story(session, incident, next_update_at=said.next_update_at)
    return any(
        _says(filled(session, one, story, incident.created_at), said)
        for one in templates(session, wanted)
        if one.severity in (None, incident.severity) and one.category in (None, incident.category)
    )


def _says(given: Filled, said: UpdateDraft) -> bool:
    advice = said.workaround or ""
    return _same(said.body, given.body) and (not advice.strip() or _same(advice, given.workaround))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())
