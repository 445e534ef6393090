"""Taking words out for good."""

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.actions.redacting import redact_everywhere, retitle_everywhere
from statuspage.domain.incidents.actions import Redaction, TitleRedaction
from statuspage.domain.incidents.queries import incident_by_ref, update_of
from statuspage.web.api.incident_shaper import shape_of
from statuspage.web.api.registry import Part
from statuspage.web.api.shapes import updates as shapes
from statuspage.web.api.shapes.incidents import IncidentShape
from statuspage.web.api.updates import update_shape
from statuspage.web.kit.current import by, now, reader, session

part = Part(
    "Redactions",
    "Taking words out for good: from every version, page, feed, answer and from the search. Readers see when.",
)


def draft_of(sent: shapes.Redaction) -> Redaction:
    """Return what is to be taken out. Raises `Invalid` unless it is either a passage or all of it."""
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
    redact_everywhere(session(), update, draft_of(sent), by=by(), now=now())
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
    retitle_everywhere(session(), incident, draft, by=by(), now=now())
    return shape_of(incident.ref)
