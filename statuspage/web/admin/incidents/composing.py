"""The composer before anybody typed, or as its author left it, and when the next word is due."""

import json
from typing import TYPE_CHECKING

from statuspage.domain.incidents.enums import PublicStatus
from statuspage.web.admin.desk import zone
from statuspage.web.admin.incidents import prefill
from statuspage.web.admin.incidents.kept import restored
from statuspage.web.admin.incidents.waiting import waiting_in
from statuspage.web.admin.wording.offers import Offer, for_update
from statuspage.web.kit.current import now
from statuspage.web.kit.forms import Form
from statuspage.web.kit.times import write_local

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident


def composer_of(incident: "Incident") -> Form:
    """Return the composer as this person left it, or as it stands before anybody typed."""
    fresh, own = fresh_composer(incident), waiting_in(incident).own
    return restored(fresh, own) if own else fresh


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


def due_by_status(incident: "Incident") -> str:
    """Return, as JSON for the composer's script, when the next word is usually due after each status."""
    due = {
        status.value: write_local(prefill.next_update_at(incident.severity, status, now()), zone())
        for status in PublicStatus
    }
    return json.dumps(due)


def offer_in(incident: "Incident", form: Form) -> Offer:
    """Return the templates that the composer offers as it stands."""
    return for_update(incident, form)
