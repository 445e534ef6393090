"""Closing notices and other public words beside the composer: where a second person is needed, they say why none was
asked."""

from typing import TYPE_CHECKING

from statuspage.core.errors import Invalid
from statuspage.domain.editorial.queries import is_alone
from statuspage.domain.incidents.actions import Clearance, without_approval
from statuspage.domain.incidents.enums import Approval, Severity
from statuspage.domain.incidents.queries import publishing
from statuspage.web.kit.current import by, session

if TYPE_CHECKING:
    from statuspage.web.kit.forms import Form

FIELD = "without_approval"


def asks_why(*severities: Severity) -> bool:
    """Tell whether a form about an incident of one of these severities asks why nobody approved it."""
    gated = publishing(session()).approval
    return any(severity in gated for severity in severities) and not is_alone(session(), by().user_id)


def typed_clearance(severity: Severity, form: "Form", field: str = FIELD) -> Clearance | None:
    """Return why the public words of a form may go out: `field` holds the reason. Raises `Invalid` when one is needed
    and missing."""
    if severity not in publishing(session()).approval:
        return None
    if is_alone(session(), by().user_id):
        return Clearance(Approval.SELF, name=by().name)
    given = without_approval(form.text(field))
    if given is None:
        words = f"Public words of {severity.upper()} need a second person. Say why they go out without one."
        raise Invalid({field: words})
    return given
