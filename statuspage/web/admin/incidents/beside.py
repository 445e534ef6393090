"""What stands beside the story in an incident's room: times, people, what was similar, what readers say."""

from typing import TYPE_CHECKING, Any

from statuspage.domain.incidents.enums import MilestoneKind
from statuspage.domain.incidents.queries import current_milestones, similar_incidents
from statuspage.domain.incidents.rules import OPEN_STATES, may_reopen
from statuspage.web.admin.incidents import choices
from statuspage.web.admin.readers.heard import heard_in
from statuspage.web.kit.current import now, reader, session

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident


def beside(incident: "Incident") -> dict[str, Any]:
    """Return what the facts beside the story show, by the names the templates use."""
    milestones = current_milestones(session(), incident.id)
    is_open = incident.state in OPEN_STATES
    return {
        "milestones": [(kind, milestones[kind]) for kind in MilestoneKind if kind in milestones],
        "acknowledged": MilestoneKind.ACKNOWLEDGED in milestones,
        "people": choices.names_of_people(),
        "is_open": is_open,
        "reopenable": may_reopen(incident.kind, incident.state, milestones.get(MilestoneKind.RESOLVED), now()),
        "similar": similar_incidents(session(), incident, reader()) if is_open else [],
        "readers": heard_in(incident),
    }
