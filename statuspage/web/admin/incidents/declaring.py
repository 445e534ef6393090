"""Declaring: what do customers see, which components and how bad, severity; below it the first public notice."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import draft_like
from statuspage.domain.incidents.enums import PublicStatus, Severity, Source
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.web.admin.desk import done, show, zone
from statuspage.web.admin.incidents import choices, prefill
from statuspage.web.admin.incidents.declared import begun_declaration, declare_typed
from statuspage.web.admin.incidents.kept import restored
from statuspage.web.admin.incidents.saying import DRAFT, keep_typed
from statuspage.web.admin.incidents.typed import level_field
from statuspage.web.admin.reach import reach_of_all
from statuspage.web.kit.current import now, reader, session
from statuspage.web.kit.entrances import demand
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import write_local

blueprint = Blueprint("declaring", __name__)
INSIDE = "inside"
_FIELDS = {"title": "public_title", "milestones": "impact_started_at"}


@blueprint.get("/new")
@requires(Right.RESPOND)
def page() -> ResponseReturnValue:
    """Show the form, filled as far as can be guessed.

    `?component=slug` names what is known already, `?like=ref` takes over an earlier incident. Without them it is what
    somebody has begun to write.
    """
    severity = prefill.USUAL_SEVERITY
    due = prefill.next_update_at(severity, PublicStatus.INVESTIGATING, now())
    values = {
        "severity": severity.value,
        "body": prefill.NOTICES[severity],
        "next_update_at": write_local(due, zone()),
        "notify": "yes",
        "source": Source.STAFF.value,
    }
    for slug in request.args.getlist("component"):
        values[level_field(slug)] = request.args.get("level", "degraded_performance")
    wanted = Form(values | _like(request.args.get("like", "")))
    begun = None if request.args else begun_declaration()
    return _page(restored(wanted, begun) if begun else wanted)


def _like(ref: str) -> dict[str, str]:
    """Return what an earlier incident fills in: titles, severity, components; not what was said."""
    if not ref:
        return {}
    draft = draft_like(session(), incident_by_ref(session(), ref, reader()))
    due = prefill.next_update_at(draft.severity, PublicStatus.INVESTIGATING, now())
    levels = {level_field(impact.slug): impact.status.value for impact in draft.components}
    return levels | {
        "public_title": draft.public_title or draft.title,
        "title": draft.title if draft.public_title else "",
        "severity": draft.severity.value,
        "body": prefill.NOTICES[draft.severity],
        "next_update_at": write_local(due, zone()),
    }


@blueprint.post("/new")
@requires(Right.RESPOND)
def declare() -> ResponseReturnValue:
    """Declare for the team, and send the first notice off in the same step if that button was pressed."""
    form = Form.sent()
    if form.text("send") == DRAFT:
        return _keep(form)
    publish = form.text("send") != INSIDE
    if publish:
        demand(Right.PUBLISH)
    try:
        ref, words = declare_typed(form, publish=publish)
    except Invalid as fault:
        return refused(form, fault, _page, renamed=_FIELDS)
    return done(f"{ref} {words}", url_for("admin.incidents.room.page", ref=ref))


def _keep(form: Form) -> ResponseReturnValue:
    try:
        keep_typed(None, form)
    except Invalid as fault:
        return refused(form, fault, _page, renamed=_FIELDS)
    return done("Your draft is kept.", url_for("admin.incidents.declaring.page"))


def _page(form: Form) -> str:
    severities = [
        (value, words, prefill.NOTICES[value], _due_after(value)) for value, words in prefill.SEVERITY_WORDS.items()
    ]
    return show(
        "admin/incidents/declare.html",
        form=form,
        severities=severities,
        shelves=choices.shelves(),
        levels=choices.LEVELS,
        sources=choices.SOURCES,
        reach=reach_of_all(),
    )


def _due_after(severity: Severity) -> str:
    return write_local(prefill.next_update_at(severity, PublicStatus.INVESTIGATING, now()), zone())
