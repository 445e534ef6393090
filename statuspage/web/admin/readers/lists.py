"""Every report; what the list shows stands in its address."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.queries import component_names
from statuspage.domain.feedback.enums import Handling, ReportKind
from statuspage.domain.feedback.queries import ReportFilter, reports_page
from statuspage.web.admin.desk import show
from statuspage.web.kit.current import reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.pages import older, page_before
from statuspage.web.kit.rights import requires

blueprint = Blueprint("list", __name__)
PAGE = 50
FILTERS = ("q", "component", "kind", "handling", "incident")
KINDS = [("", "all"), (ReportKind.PROBLEM.value, "a problem"), (ReportKind.STILL.value, "still there after the end")]
HANDLINGS = [
    ("", "all"),
    (Handling.NEW.value, "not dealt with"),
    (Handling.ATTACHED.value, "part of an incident"),
    (Handling.DISMISSED.value, "put aside"),
]


@blueprint.get("")
@requires(Right.VIEW)
def page() -> ResponseReturnValue:
    """Show reports, newest first."""
    form = Form(request.args.to_dict(flat=False))
    found = reports_page(session(), reader(), wanted(form), before=page_before(), limit=PAGE + 1)
    return show(
        "admin/readers/list.html",
        form=form,
        reports=found[:PAGE],
        components=component_names(session()),
        kinds=KINDS,
        handlings=HANDLINGS,
        older=older(found, PAGE),
        narrowed=any(form.values.values()),
        filters={name: form.text(name) for name in FILTERS if form.text(name)},
    )


def wanted(form: Form) -> ReportFilter:
    """Return the filter in the address; what is no known word narrows nothing."""
    kind, handling = form.text("kind"), form.text("handling")
    return ReportFilter(
        component=form.text("component"),
        incident=form.text("incident"),
        kind=next((word for word in ReportKind if word == kind), None),
        handling=next((word for word in Handling if word == handling), None),
        search=form.text("q")[:100].strip(),
    )
