"""Incidents: list, declare, read, change."""

from dataclasses import replace
from typing import TYPE_CHECKING

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.accounts.queries import users
from statuspage.domain.components.enums import Visibility
from statuspage.domain.editorial.actions import clear_first_notice
from statuspage.domain.incidents.actions import (
    ComponentImpact,
    IncidentChange,
    IncidentDraft,
    UpdateDraft,
    change_incident,
    declare_incident,
    without_approval,
)
from statuspage.domain.incidents.enums import UpdateVisibility
from statuspage.domain.incidents.queries import IncidentFilter, incident_by_ref, incidents_page
from statuspage.domain.wording.drafting import incident_like_template
from statuspage.web.api.incident_shaper import IncidentShaper, shape_of
from statuspage.web.api.pages import page_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes.base import Page
from statuspage.web.api.shapes.incidents import IncidentPatch, IncidentQuery, IncidentShape, NewIncident
from statuspage.web.kit.current import by, now, reader, session

if TYPE_CHECKING:
    import uuid

    from statuspage.domain.incidents.models import Incident

part = Part("Incidents", "What went wrong. `<ref>` is the ref (INC-2026-0042) or the public code.")


@part.get("/incidents", Right.VIEW, asks=IncidentQuery, gives=Page[IncidentShape])
def list_incidents(asked: IncidentQuery) -> Page[IncidentShape]:
    """List incidents, newest first."""
    wanted = IncidentFilter(
        state=asked.state,
        public_status=asked.public_status,
        severity=asked.severity,
        component=asked.component,
        search=asked.q,
    )
    found = incidents_page(session(), reader(), wanted, before=asked.cursor, limit=asked.limit + 1)
    return page_of(found, asked, IncidentShaper(found))


@part.post("/incidents", Right.PUBLISH, takes=NewIncident, gives=IncidentShape)
def open_incident(sent: NewIncident) -> Created:
    """Declare an incident.

    With `update` or `template` it is published at once and subscribers are told; without it only the team knows.
    """
    draft = IncidentDraft(
        title=sent.title,
        public_title=sent.public_title,
        severity=sent.severity,
        kind=sent.kind,
        category=sent.category,
        source=sent.source,
        components=tuple(ComponentImpact(one.slug, one.status) for one in sent.components),
        update=_first_update(sent),
        impact_started_at=sent.impact_started_at,
        detected_at=sent.detected_at,
        alerted_at=sent.alerted_at,
    )
    if sent.template is not None:
        draft = _like_template(draft, sent)
    draft = clear_first_notice(session(), draft, by=by(), now=now())
    ref = declare_incident(session(), draft, by=by(), now=now()).ref
    return Created(shape_of(ref), f"/incidents/{ref}")


def _like_template(draft: IncidentDraft, sent: NewIncident) -> IncidentDraft:
    """Return the draft in the template's words; without an update they are a note where it is to stay inside."""
    if draft.update is None and sent.visibility is Visibility.INTERNAL:
        draft = replace(draft, update=UpdateDraft(body="", visibility=UpdateVisibility.INTERNAL_NOTE))
    told = incident_like_template(session(), draft, sent.template or "", now())
    clearance = without_approval(sent.without_approval)
    said = replace(told.update, notify=sent.notify, clearance=clearance) if told.update else None
    return replace(told, update=said)


def _first_update(sent: NewIncident) -> UpdateDraft | None:
    said = sent.update
    if said is None:
        if sent.visibility is Visibility.PUBLIC and sent.template is None:
            raise Invalid({"update": 'Say what customers read first, as in {"status": ..., "body": ...}.'})
        return None
    if not said.body and sent.template is None:
        raise Invalid({"update.body": "This is needed."})
    if sent.visibility is Visibility.INTERNAL:
        return UpdateDraft(body=said.body, visibility=UpdateVisibility.INTERNAL_NOTE)
    return UpdateDraft(
        body=said.body,
        status=said.status,
        next_update_at=said.next_update_at,
        workaround=said.workaround,
        notify=sent.notify,
        clearance=without_approval(sent.without_approval),
    )


@part.get("/incidents/<ref>", Right.VIEW, gives=IncidentShape)
def get_incident(ref: str) -> IncidentShape:
    """Read an incident."""
    return shape_of(ref)


@part.patch("/incidents/<ref>", Right.PUBLISH, takes=IncidentPatch, gives=IncidentShape)
def patch_incident(ref: str, sent: IncidentPatch) -> IncidentShape:
    """Change what the team knows of an incident. What customers read changes with an update or a new public title."""
    incident = incident_by_ref(session(), ref, reader())
    _refuse_stale(incident, sent)
    roles = sent.roles
    change = IncidentChange(
        title=sent.title,
        public_title=sent.public_title,
        severity=sent.severity,
        category=sent.category,
        lead_id=_person("roles.lead", roles.lead) if roles and roles.lead else None,
        communications_id=_person("roles.communications", roles.communications)
        if roles and roles.communications
        else None,
        milestones=tuple((sent.milestones or {}).items()),
        resolution_kind=sent.resolution_kind,
        resolution_text=sent.resolution_text,
        closure_code=sent.closure_code,
    )
    change_incident(session(), incident, change, by=by(), now=now())
    return shape_of(incident.ref)


def _refuse_stale(incident: "Incident", sent: IncidentPatch) -> None:
    if sent.version is not None and sent.version != incident.version:
        raise Conflict(
            "Somebody changed this incident meanwhile. Compare both, then send yours with the version that stands.",
            theirs=shape_of(incident.ref).model_dump(mode="json"),
            yours=sent.model_dump(mode="json", exclude_unset=True),
        )


def _person(field: str, wanted: str) -> "uuid.UUID":
    for user in users(session()):
        if wanted in (str(user.id), user.email, user.email_key):
            return user.id
    raise Invalid({field: f"Nobody of the team is {wanted}. Use a mail address from the list of people."})
