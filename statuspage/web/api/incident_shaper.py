"""From incidents to their shapes: what belongs to several of them is read in a fixed number of queries."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from statuspage.domain.accounts.queries import users
from statuspage.domain.incidents.queries import incident_by_ref, milestones_of, open_promises
from statuspage.web.api.shapes.incidents import Affected, IncidentShape, PersonShape, Roles
from statuspage.web.kit.current import installation, reader, session

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident


class IncidentShaper:
    """Gives the incidents it was made for their shape."""

    def __init__(self, incidents: Sequence["Incident"]) -> None:
        ids = [incident.id for incident in incidents]
        self._milestones = milestones_of(session(), ids)
        self._promises = open_promises(session(), ids)
        self._names = {user.id: user.name for user in users(session())}

    def __call__(self, incident: "Incident") -> IncidentShape:
        """Return the shape of an incident."""
        links = installation().links
        promise = self._promises.get(incident.id) if incident.publicly_open else None
        return IncidentShape(
            id=incident.id,
            ref=incident.ref,
            code=incident.code,
            url=links.absolute(links.incident(incident.code)) if incident.public else None,
            title=incident.title,
            public_title=incident.public_title,
            kind=incident.kind,
            category=incident.category,
            source=incident.source,
            severity=incident.severity,
            state=incident.state,
            public_status=incident.public_status,
            visibility=incident.visibility,
            restricted=incident.restricted,
            components=[Affected(slug=row.component.slug, status=row.status) for row in incident.components],
            impact=incident.impact,
            milestones=self._milestones.get(incident.id, {}),
            next_update_at=promise.due_at if promise else None,
            workaround=incident.workaround,
            roles=Roles(lead=self._person(incident.lead_id), communications=self._person(incident.communications_id)),
            resolution_kind=incident.resolution_kind,
            resolution_text=incident.resolution_text,
            closure_code=incident.closure_code,
            merged_into=incident.merged_into.ref if incident.merged_into else None,
            published_at=incident.published_at,
            created_at=incident.created_at,
            updated_at=incident.updated_at,
            version=incident.version,
        )

    def _person(self, user_id: uuid.UUID | None) -> PersonShape | None:
        return PersonShape(id=user_id, name=self._names[user_id]) if user_id in self._names else None


def shape_of(ref: str) -> IncidentShape:
    """Return the shape of one incident as it stands now, changes of this request included. Raises `NotFound`."""
    session().flush()
    incident = incident_by_ref(session(), ref, reader())
    return IncidentShaper([incident])(incident)
