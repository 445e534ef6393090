"""The list of incidents; what it shows stands in its address."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.queries import components
from statuspage.domain.incidents.enums import IncidentState, Severity
from statuspage.domain.incidents.queries import IncidentFilter, incidents_page, open_promises
from statuspage.web.admin.desk import show
from statuspage.web.kit.current import reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.pages import older, page_before
from statuspage.web.kit.rights import requires

blueprint = Blueprint("list", __name__)
PAGE = 50
OPEN = "open"


@blueprint.get("")
@requires(Right.VIEW)
def page() -> ResponseReturnValue:
    """Show incidents, newest first."""
    form = Form(request.args.to_dict(flat=False))
    found = incidents_page(session(), reader(), _wanted(form), before=page_before(), limit=PAGE + 1)
    rows = found[:PAGE]
    return show(
        "admin/incidents/list.html",
        form=form,
        incidents=rows,
        promises=open_promises(session(), [row.id for row in rows]),
        components=components(session()),
        older=older(found, PAGE),
        narrowed=any(form.values.values()),
    )


def _wanted(form: Form) -> IncidentFilter:
    """Return the filter in the address; what is no known word narrows nothing."""
    state, severity = form.text("state"), form.text("severity")
    return IncidentFilter(
        state=next((word for word in IncidentState if word == state), None),
        open_only=state == OPEN,
        severity=next((word for word in Severity if word == severity), None),
        component=form.text("component") or None,
        search=form.text("q")[:100],
    )
