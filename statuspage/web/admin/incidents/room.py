"""The room of one incident: the timeline with the composer on top, the facts beside it."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.accounts.queries import users
from statuspage.domain.components.enums import Visibility
from statuspage.domain.incidents.enums import MilestoneKind, PublicStatus
from statuspage.domain.incidents.queries import current_milestones, incident_by_ref, open_promises, similar_incidents
from statuspage.domain.incidents.rules import OPEN_STATES, may_publish, may_reopen
from statuspage.domain.subscribers.queries import Audience, audience_size
from statuspage.web.admin.desk import show, zone
from statuspage.web.admin.incidents import choices, prefill
from statuspage.web.admin.incidents.timeline import timeline_of, told_that_it_began
from statuspage.web.admin.reach import reach
from statuspage.web.kit.current import now, reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident

blueprint = Blueprint("room", __name__)


@dataclass(frozen=True)
class Clash:
    """Two people wrote at once: `theirs` was published meanwhile, `yours` still stands in the form."""

    message: str
    theirs: str
    yours: str


@blueprint.get("/<ref>")
@requires(Right.VIEW)
def page(ref: str) -> ResponseReturnValue:
    """Show the room."""
    incident = incident_by_ref(session(), ref, reader())
    return room(incident, fresh_composer(incident))


def fresh_composer(incident: "Incident") -> Form:
    """Return the composer as it stands before anybody typed: the present status, the usual next promise."""
    status = incident.public_status or PublicStatus.INVESTIGATING
    values = {
        "status": status.value,
        "workaround": incident.workaround,
        "next_update_at": write_local(prefill.next_update_at(incident.severity, status, now()), zone()),
        "notify": "yes",
        "seen_version": str(incident.version),
    }
    values |= {f"level.{row.component.slug}": row.status.value for row in incident.components}
    return Form(values)


def room(incident: "Incident", form: Form, clash: Clash | None = None) -> str:
    """Return the room with a composer as `form` has it."""
    milestones, timeline = current_milestones(session(), incident.id), timeline_of(incident)
    attached = {row.component.slug for row in incident.components}
    return show(
        "admin/incidents/room.html",
        incident=incident,
        form=form,
        clash=clash,
        timeline=timeline,
        promise=open_promises(session(), [incident.id]).get(incident.id),
        milestones=[(kind, milestones[kind]) for kind in MilestoneKind if kind in milestones],
        acknowledged=MilestoneKind.ACKNOWLEDGED in milestones,
        people={user.id: user.name for user in users(session())},
        is_open=incident.state in OPEN_STATES,
        speakable=any(may_publish(incident.state, incident.public_status, status) for status in PublicStatus),
        reopenable=may_reopen(incident.kind, incident.state, milestones.get(MilestoneKind.RESOLVED), now()),
        reach=reach(_audience(incident)),
        begun=told_that_it_began(timeline),
        due_by_status=_due_by_status(incident),
        statuses=choices.STATUSES,
        states=[("", "leave as it is"), *((word, choices.spoken(word)) for word in OPEN_STATES)],
        levels=choices.NOW_LEVELS,
        shelves=choices.shelves(without=attached),
        other_levels=choices.LEVELS,
        endings=choices.ENDINGS,
        similar=similar_incidents(session(), incident, reader()) if incident.state in OPEN_STATES else [],
    )


def _audience(incident: "Incident") -> int:
    public = (row.component_id for row in incident.components if row.component.visibility is Visibility.PUBLIC)
    return audience_size(session(), Audience(frozenset(public), incident.impact, now()))


def _due_by_status(incident: "Incident") -> str:
    """Return, as JSON for the composer's script, when the next word is usually due after each status."""
    due = {
        status.value: write_local(prefill.next_update_at(incident.severity, status, now()), zone())
        for status in PublicStatus
    }
    return json.dumps(due)
