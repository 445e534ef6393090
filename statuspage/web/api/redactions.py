"""Taking words out for good."""

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import Redaction, TitleRedaction, redact_title, redact_update
from statuspage.domain.incidents.queries import incident_by_ref, update_of
from statuspage.domain.maintenance.actions import redact_maintenance_title, redact_maintenance_update
from statuspage.domain.maintenance.queries import maintenance_by_ref, maintenance_update_of
from statuspage.web.api.incident_shaper import shape_of
from statuspage.web.api.maintenances import maintenance_shape, maintenance_update_shape
from statuspage.web.api.registry import Part
from statuspage.web.api.shapes import updates as shapes
from statuspage.web.api.shapes.incidents import IncidentShape
from statuspage.web.api.shapes.maintenances import MaintenanceShape, MaintenanceTitleRedaction, MaintenanceUpdateShape
from statuspage.web.api.updates import update_shape
from statuspage.web.kit.current import by, now, reader, session

part = Part(
    "Redactions",
    "Taking words out for good: from every version, page, feed, answer and from the search. Readers see when.",
)


def _draft(sent: shapes.Redaction) -> Redaction:
    if sent.whole is (sent.passage is not None):
        raise Invalid({"passage": 'Name the passage, or send {"whole": true} to remove all of the text.'})
    return Redaction(sent.passage, sent.reason, sent.version)


@part.post(
    "/incidents/<ref>/updates/<update_id>/redaction",
    Right.PUBLISH,
    takes=shapes.Redaction,
    gives=shapes.UpdateShape,
    status=200,
)
def redact(ref: str, update_id: str, sent: shapes.Redaction) -> shapes.UpdateShape:
    """Take a passage, or all of the text, out of an update for good.

    It goes from "What you can do", too. Nobody is told by mail; mails that have left keep it.
    """
    incident = incident_by_ref(session(), ref, reader())
    update = update_of(incident, update_id)
    redact_update(session(), update, _draft(sent), by=by(), now=now())
    return update_shape(update)


@part.post(
    "/incidents/<ref>/title-redaction",
    Right.PUBLISH,
    takes=shapes.TitleRedaction,
    gives=IncidentShape,
    status=200,
)
def replace_title(ref: str, sent: shapes.TitleRedaction) -> IncidentShape:
    """Put another title in place of one that must not be read any more.

    Unlike a changed title, it stands in mails still to be sent and in the words of merged incidents, too.
    """
    incident = incident_by_ref(session(), ref, reader())
    draft = TitleRedaction(sent.public_title, sent.reason, sent.title, sent.version)
    redact_title(session(), incident, draft, by=by(), now=now())
    return shape_of(incident.ref)


@part.post(
    "/maintenances/<ref>/updates/<update_id>/redaction",
    Right.PUBLISH,
    takes=shapes.Redaction,
    gives=MaintenanceUpdateShape,
    status=200,
)
def redact_about_maintenance(ref: str, update_id: str, sent: shapes.Redaction) -> MaintenanceUpdateShape:
    """Take a passage, or all of the text, out of an update of a maintenance for good.

    Further windows of its series do not say it again.
    """
    update = maintenance_update_of(maintenance_by_ref(session(), ref), update_id)
    redact_maintenance_update(session(), update, _draft(sent), by=by(), now=now())
    return maintenance_update_shape(update)


@part.post(
    "/maintenances/<ref>/title-redaction",
    Right.PUBLISH,
    takes=MaintenanceTitleRedaction,
    gives=MaintenanceShape,
    status=200,
)
def replace_title_of_maintenance(ref: str, sent: MaintenanceTitleRedaction) -> MaintenanceShape:
    """Put another title in place of one that must not be read any more, also once the work is over."""
    maintenance = maintenance_by_ref(session(), ref)
    draft = TitleRedaction(sent.title, sent.reason, seen_version=sent.version)
    try:
        redact_maintenance_title(session(), maintenance, draft, by=by(), now=now())
    except Invalid as fault:
        renamed = {"title" if name == "public_title" else name: words for name, words in fault.fields.items()}
        raise Invalid(renamed) from None
    return maintenance_shape(maintenance)
