"""What is known about an incident beside its updates: titles, severity, category, people, times."""

import uuid
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.accounts.queries import users
from statuspage.domain.incidents.actions import IncidentChange, change_incident
from statuspage.domain.incidents.enums import Category, MilestoneKind, Severity
from statuspage.domain.incidents.queries import current_milestones, incident_by_ref
from statuspage.web.admin.desk import done, show, zone
from statuspage.web.admin.incidents import choices
from statuspage.web.kit.current import by, now, reader, session
from statuspage.web.kit.entrances import demand
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import read_local, write_local

if TYPE_CHECKING:
    from statuspage.domain.incidents.models import Incident

blueprint = Blueprint("facts", __name__)
TIMES = {
    MilestoneKind.IMPACT_STARTED: "Customers felt it from",
    MilestoneKind.DETECTED: "We noticed",
    MilestoneKind.ACKNOWLEDGED: "Somebody took it",
    MilestoneKind.IDENTIFIED: "Cause found",
    MilestoneKind.MITIGATED: "Customers were helped",
    MilestoneKind.RESOLVED: "It was over",
}
_LABELS = {
    "title": "Internal title",
    "public_title": "Title on the page",
    "severity": "Severity",
    "category": "Category",
    "lead": "Lead",
    "communications": "Who writes to customers",
}


@blueprint.get("/<ref>/facts")
@requires(Right.RESPOND)
def page(ref: str) -> ResponseReturnValue:
    """Show the facts for changing."""
    incident = incident_by_ref(session(), ref, reader())
    return _page(_form_of(incident), incident)


@blueprint.post("/<ref>/facts")
@requires(Right.RESPOND)
def change(ref: str) -> ResponseReturnValue:
    """Change the facts. Customers see the public title alone."""
    form, incident = Form.sent(), incident_by_ref(session(), ref, reader())
    if form.text("public_title") != (incident.public_title or ""):
        demand(Right.PUBLISH)
    try:
        wanted = _changed(form, incident)
        change_incident(session(), incident, wanted, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, incident), renamed={"milestones": _first_time(form)})
    except Conflict as clash:
        return overtaken(form, clash, lambda: _form_of(incident), partial(_page, incident=incident))
    return done("Saved.", url_for("admin.incidents.room.page", ref=ref))


def _form_of(incident: "Incident") -> Form:
    milestones = current_milestones(session(), incident.id)
    values = {
        "title": incident.title,
        "public_title": incident.public_title or "",
        "severity": incident.severity.value,
        "category": incident.category.value if incident.category else "",
        "lead": str(incident.lead_id or ""),
        "communications": str(incident.communications_id or ""),
        "seen_version": str(incident.version),
    }
    return Form(values | {f"at.{kind}": write_local(milestones.get(kind), zone()) for kind in TIMES})


def _changed(form: Form, incident: "Incident") -> IncidentChange:
    before = _form_of(incident)
    times = []
    for kind in TIMES:
        name = f"at.{kind}"
        typed = form.text(name)
        if typed and typed != before.text(name):
            at = read_local(typed, zone(), name)
            times.append((kind, at)) if at else None
    return IncidentChange(
        title=form.text("title"),
        public_title=form.text("public_title") if incident.public or form.text("public_title") else None,
        severity=form.word("severity", Severity),
        category=form.word_or_none("category", Category),
        lead_id=_person(form, "lead"),
        communications_id=_person(form, "communications"),
        milestones=tuple(times),
        seen_version=form.number_or_none("seen_version"),
    )


def _person(form: Form, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(form.text(name)) if form.text(name) else None
    except ValueError:
        raise Invalid({name: "Choose somebody from the list."}) from None


def _first_time(form: Form) -> str:
    """Return the field to point at when the order of times is impossible: the first that has one."""
    return next((f"at.{kind}" for kind in TIMES if form.text(f"at.{kind}")), f"at.{MilestoneKind.DETECTED}")


def _people() -> choices.Options:
    """Return who can be given a part; once given, a part is handed on and not taken away."""
    return [("", "nobody yet"), *((str(user.id), user.name) for user in users(session()) if user.active)]


def _page(form: Form, incident: "Incident", clash: str = "", stands: Form | None = None) -> str:
    people = _people()
    names = dict(people)
    return show(
        "admin/incidents/facts.html",
        form=form,
        incident=incident,
        clash=clash,
        differing=[(label, names.get(value, value)) for label, value in form.differing(stands, _LABELS)],
        severities=choices.SEVERITIES,
        categories=choices.CATEGORIES,
        people=people,
        times=list(TIMES.items()),
    )
