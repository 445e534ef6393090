"""The list of incidents; what it shows stands in its address."""

from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.queries import component_names
from statuspage.domain.incidents.actions import close_incidents
from statuspage.domain.incidents.enums import IncidentState, Severity
from statuspage.domain.incidents.queries import IncidentFilter, incidents_by_refs, incidents_page, open_promises
from statuspage.domain.incidents.rules import may_close
from statuspage.web.admin.desk import done, show
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.pages import older, page_before
from statuspage.web.kit.rights import requires

blueprint = Blueprint("list", __name__)
PAGE = 50
OPEN = "open"
FILTERS = ("q", "state", "severity", "component")


@blueprint.get("")
@requires(Right.VIEW)
def page() -> ResponseReturnValue:
    """Show incidents, newest first."""
    form = Form(request.args.to_dict(flat=False))
    found = incidents_page(session(), reader(), wanted(form), before=page_before(), limit=PAGE + 1)
    rows = found[:PAGE]
    return show(
        "admin/incidents/list.html",
        form=form,
        incidents=rows,
        promises=open_promises(session(), [row.id for row in rows]),
        components=component_names(session()),
        older=older(found, PAGE),
        narrowed=any(form.values.values()),
        states=[("", "all"), (OPEN, "open"), *((word.value, word.value) for word in IncidentState)],
        closable={row.ref for row in rows if may_close(row.state, row.publicly_open)},
        filters=_filters(form),
    )


@blueprint.post("/closures")
@requires(Right.RESPOND)
def close_ticked() -> ResponseReturnValue:
    """Close the ticked incidents, and show the same list again."""
    form = Form.sent()
    found = incidents_by_refs(session(), form.many("refs"), reader())
    left = close_incidents(session(), found, by=by(), now=now())
    words = [f"{len(found) - len(left)} closed."] if found else ["Tick the incidents to be closed first."]
    if left:
        words.append(f"Not resolved any more, so left as they are: {', '.join(row.ref for row in left)}.")
    return done(" ".join(words), f"{url_for('admin.incidents.list.page')}?{urlencode(_filters(form))}")


def _filters(form: Form) -> dict[str, str]:
    return {name: form.text(name) for name in FILTERS if form.text(name)}


def wanted(form: Form) -> IncidentFilter:
    """Return the filter in the address; what is no known word narrows nothing."""
    state, severity = form.text("state"), form.text("severity")
    return IncidentFilter(
        state=next((word for word in IncidentState if word == state), None),
        open_only=state == OPEN,
        severity=next((word for word in Severity if word == severity), None),
        component=form.text("component") or None,
        search=form.text("q")[:100],
    )
