"""The room of one incident: the timeline with the composer on top, the facts beside it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.queries import incident_by_ref, open_promises
from statuspage.web.admin.desk import show
from statuspage.web.admin.incidents import choices
from statuspage.web.admin.incidents.beside import beside
from statuspage.web.admin.incidents.composing import composer_of, due_by_status, offer_in
from statuspage.web.admin.incidents.timeline import timeline_of, told_that_it_began
from statuspage.web.admin.incidents.waiting import speakable, waiting_in
from statuspage.web.admin.reach import reach_about
from statuspage.web.kit.current import reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

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
    return room(incident, composer_of(incident))


def room(incident: "Incident", form: Form, clash: Clash | None = None) -> str:
    """Return the room with a composer as `form` has it."""
    timeline = timeline_of(incident)
    attached = {row.component.slug for row in incident.components}
    return show(
        "admin/incidents/room.html",
        incident=incident,
        form=form,
        offer=offer_in(incident, form),
        clash=clash,
        timeline=timeline,
        waiting=waiting_in(incident),
        promise=open_promises(session(), [incident.id]).get(incident.id),
        speakable=speakable(incident),
        reach=reach_about(incident.components, incident.impact),
        begun=told_that_it_began(timeline),
        due_by_status=due_by_status(incident),
        statuses=choices.STATUSES,
        states=choices.MOVES,
        levels=choices.NOW_LEVELS,
        shelves=choices.shelves(without=attached),
        other_levels=choices.LEVELS,
        endings=choices.ENDINGS,
        **beside(incident),
    )
