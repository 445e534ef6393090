"""What is said about an incident: read, post, correct, retract."""

from typing import TYPE_CHECKING

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.enums import Visibility
from statuspage.domain.incidents.actions import (
    ComponentImpact,
    Correction,
    UpdateDraft,
    correct_update,
    post_update,
    retract_update,
    without_approval,
)
from statuspage.domain.incidents.enums import IncidentState, PublicStatus, UpdateVisibility
from statuspage.domain.incidents.queries import incident_by_ref, update_of
from statuspage.domain.wording.drafting import update_like_template
from statuspage.web.api.pages import cut, page_of
from statuspage.web.api.registry import Created, Part
from statuspage.web.api.shapes import updates as shapes
from statuspage.web.api.shapes.base import ListQuery, Page
from statuspage.web.api.shapes.updates import NewUpdate, UpdateShape
from statuspage.web.kit.current import by, now, reader, session

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident, Update

part = Part("Updates", "What is said about an incident, to customers or inside the team.")
_STATE = {"monitoring": IncidentState.MITIGATED}


def update_shape(update: "Update") -> UpdateShape:
    """Return the shape of an update whose story is loaded."""
    words = update.current
    return UpdateShape(
        id=update.id,
        code=update.code,
        visibility=Visibility.PUBLIC if update.public else Visibility.INTERNAL,
        status=update.status or update.state,
        body=words.body,
        workaround=words.workaround,
        components=[
            shapes.Change(slug=change.component.slug, status=change.new_status, was=change.old_status)
            for change in update.changes
        ],
        display_at=update.display_at,
        next_update_at=update.promise.due_at if update.promise else None,
        notify=update.notify,
        author=update.author_name,
        created_at=update.created_at,
        edited=update.edited,
        version=words.number,
        retracted_at=update.retracted_at,
        retraction_reason=update.retraction_reason,
        approval=update.approval,
        approved_by=update.approved_by_name,
        unapproved_reason=update.unapproved_reason,
        redacted_at=update.redacted_at,
    )


def _again(incident: "Incident", update: "Update") -> UpdateShape:
    """Return an update as it stands after this request's changes."""
    session().flush()
    return update_shape(update_of(incident_by_ref(session(), incident.ref, reader()), update.id))


@part.get("/incidents/<ref>/updates", Right.VIEW, asks=ListQuery, gives=Page[UpdateShape])
def list_updates(ref: str, asked: ListQuery) -> Page[UpdateShape]:
    """List what was said, newest first, internal notes included."""
    incident = incident_by_ref(session(), ref, reader())
    return page_of(cut(incident.updates, asked), asked, update_shape)


@part.post("/incidents/<ref>/updates", Right.PUBLISH, takes=NewUpdate, gives=UpdateShape)
def say(ref: str, sent: NewUpdate) -> Created:
    """Say something.

    A public update sets what customers see, moves the internal state forward to its match and tells subscribers.
    """
    incident = incident_by_ref(session(), ref, reader())
    draft = _public(sent) if sent.visibility is Visibility.PUBLIC else _internal(sent)
    if sent.template is not None:
        draft = update_like_template(session(), incident, draft, sent.template, now())
    update = post_update(session(), incident, draft, by=by(), now=now())
    return Created(_again(incident, update), f"/incidents/{incident.ref}/updates/{update.id}")


def _public(sent: NewUpdate) -> UpdateDraft:
    if sent.status is not None and sent.status not in list(PublicStatus):
        raise Invalid({"status": f"Customers are told one of: {', '.join(PublicStatus)}."})
    return UpdateDraft(
        body=sent.body,
        status=PublicStatus(sent.status) if sent.status else None,
        components=tuple(ComponentImpact(one.slug, one.status) for one in sent.components),
        next_update_at=sent.next_update_at,
        workaround=sent.workaround,
        notify=sent.notify,
        display_at=sent.display_at,
        seen_version=sent.version,
        clearance=without_approval(sent.without_approval),
    )


def _internal(sent: NewUpdate) -> UpdateDraft:
    only_public = [name for name in ("next_update_at", "workaround") if getattr(sent, name) is not None]
    if only_public:
        raise Invalid(dict.fromkeys(only_public, "This is for customers: leave it out, or make the update public."))
    state = _STATE.get(sent.status) or IncidentState(sent.status) if sent.status else None
    return UpdateDraft(
        body=sent.body,
        visibility=UpdateVisibility.INTERNAL_STATUS if state else UpdateVisibility.INTERNAL_NOTE,
        state=state,
        components=tuple(ComponentImpact(one.slug, one.status) for one in sent.components),
        display_at=sent.display_at,
        seen_version=sent.version,
    )


@part.get("/incidents/<ref>/updates/<update_id>", Right.VIEW, gives=UpdateShape)
def get_update(ref: str, update_id: str) -> UpdateShape:
    """Read one update."""
    return update_shape(update_of(incident_by_ref(session(), ref, reader()), update_id))


@part.patch("/incidents/<ref>/updates/<update_id>", Right.PUBLISH, takes=shapes.Correction, gives=UpdateShape)
def correct(ref: str, update_id: str, sent: shapes.Correction) -> UpdateShape:
    """Correct an update; readers see that it was edited."""
    incident = incident_by_ref(session(), ref, reader())
    update = update_of(incident, update_id)
    correction = Correction(body=sent.body, reason=sent.reason, notify=sent.notify, seen_version=sent.version)
    correct_update(session(), update, correction, by=by(), now=now())
    return _again(incident, update)


@part.delete("/incidents/<ref>/updates/<update_id>", Right.PUBLISH, takes=shapes.Retraction)
def retract(ref: str, update_id: str, sent: shapes.Retraction) -> None:
    """Take an update back. Readers see when and why, not what it said; those it was sent to are told."""
    update = update_of(incident_by_ref(session(), ref, reader()), update_id)
    retract_update(session(), update, sent.reason, by=by(), now=now())
