"""Reading incidents. Queries for staff (`inside`) take a `reader` and leave out restricted incidents that are not
theirs; queries for the public (`published`) return published incidents only; `facts` are what belongs to either.
"""

from statuspage.domain.incidents.queries.facts import (
    current_milestones,
    intervals_held_by,
    milestones_of,
    open_promises,
    update_by_id,
)
from statuspage.domain.incidents.queries.inside import (
    IncidentFilter,
    anything_to_close,
    closing_is_due,
    incident_by_ref,
    incidents_by_refs,
    incidents_page,
    open_incident_count,
    update_of,
)
from statuspage.domain.incidents.queries.published import (
    first_public_start,
    ids_told_last,
    ids_told_last_of,
    newest_public_codes,
    newest_public_ids,
    open_public_ids,
    open_public_incidents,
    public_ids_between,
    public_ids_of,
    public_ids_resolved_since,
    public_incident_codes,
    public_incident_id,
    public_incidents,
    public_starts,
    publicly_open_incidents,
    slugs_named_by,
)
from statuspage.domain.incidents.queries.publishing import publishing
from statuspage.domain.incidents.queries.readers import (
    EVERYTHING,
    Reader,
)
from statuspage.domain.incidents.queries.similar import similar_incidents

__all__ = [
    "EVERYTHING",
    "IncidentFilter",
    "Reader",
    "anything_to_close",
    "closing_is_due",
    "current_milestones",
    "first_public_start",
    "ids_told_last",
    "ids_told_last_of",
    "incident_by_ref",
    "incidents_by_refs",
    "incidents_page",
    "intervals_held_by",
    "milestones_of",
    "newest_public_codes",
    "newest_public_ids",
    "open_incident_count",
    "open_promises",
    "open_public_ids",
    "open_public_incidents",
    "public_ids_between",
    "public_ids_of",
    "public_ids_resolved_since",
    "public_incident_codes",
    "public_incident_id",
    "public_incidents",
    "public_starts",
    "publicly_open_incidents",
    "publishing",
    "similar_incidents",
    "slugs_named_by",
    "update_by_id",
    "update_of",
]
