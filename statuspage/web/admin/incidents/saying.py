"""Carrying out what stands in the composer: publishing calls this, and so does looking at it first."""

from dataclasses import replace
from typing import TYPE_CHECKING

from statuspage.domain.incidents.actions import IncidentChange, change_incident, post_update
from statuspage.web.admin.desk import zone
from statuspage.web.admin.incidents.typed import public_update
from statuspage.web.kit.current import by, now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from statuspage.domain.incidents.models import Incident, Update
    from statuspage.web.kit.forms import Form


def publish_typed(session: "Session", incident: "Incident", form: "Form") -> "Update":
    """Publish the composer's update in `session`; the first one of an internal incident brings its public title along.

    Raises `Invalid`, `Conflict`.
    """
    draft = public_update(form, zone())
    if incident.public_title is None:
        change = IncidentChange(public_title=form.text("public_title"), seen_version=draft.seen_version)
        change_incident(session, incident, change, by=by(), now=now())
        draft = replace(draft, seen_version=None)
    return post_update(session, incident, draft, by=by(), now=now())
