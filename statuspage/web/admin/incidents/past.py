"""Entering an incident that is over: bars, uptime and history take it in at its own times; nobody is told."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.core.text import clean_text
from statuspage.domain.accounts.enums import Right
from statuspage.domain.incidents.actions import PastIncident, UpdateDraft, enter_past_incident
from statuspage.domain.incidents.enums import PublicStatus, Severity, Source
from statuspage.web.admin.desk import done, show, zone
from statuspage.web.admin.incidents import choices, prefill
from statuspage.web.admin.incidents.clearing import asks_why, typed_clearance
from statuspage.web.admin.incidents.typed import impacts
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import read_local

blueprint = Blueprint("past", __name__)
ADD = "add"
MOST_LINES = 30
EARLIER = [(word, spoken) for word, spoken in choices.STATUSES if word != PublicStatus.RESOLVED]


@blueprint.get("/past")
@requires(Right.PUBLISH)
def page() -> ResponseReturnValue:
    """Show an empty form."""
    return _page(Form({"severity": prefill.USUAL_SEVERITY.value, "lines": "0"}))


@blueprint.post("/past")
@requires(Right.PUBLISH)
def enter() -> ResponseReturnValue:
    """Enter it: public with the words customers are to read, or internal without any. Or give one line more."""
    form = Form.sent()
    if form.text("send") == ADD:
        form.values.setlist("lines", [str(min(_lines(form) + 1, MOST_LINES))])
        return _page(form, fresh=_lines(form) - 1)
    names = {} if form.text("title") else {"title": "public_title"}
    try:
        incident = enter_past_incident(session(), _past(form, names), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, _page, renamed=names)
    return done(f"{incident.ref} is entered.", url_for("admin.incidents.room.page", ref=incident.ref))


def _past(form: Form, names: dict[str, str]) -> PastIncident:
    """Return the incident as typed; `names` is filled with the form's names for the domain's fields."""
    started_at, ended_at = _instant(form, "started_at"), _instant(form, "ended_at")
    severity, told = form.word("severity", Severity), _earlier(form)
    if form.text("body").strip():
        over = UpdateDraft(body=form.text("body"), status=PublicStatus.RESOLVED, display_at=ended_at)
        told = [*told, ("ended_at", over)]
    elif told:
        raise Invalid({"body": "Say how it ended: the last word to customers resolves it."})
    clearance = typed_clearance(severity, form) if told else None
    names |= {f"updates.{place}.display_at": name for place, (name, _) in enumerate(told)}
    return PastIncident(
        title=form.text("title") or form.text("public_title"),
        public_title=form.text("public_title") or None,
        severity=severity,
        started_at=started_at,
        ended_at=ended_at,
        components=impacts(form),
        updates=tuple(replace(draft, clearance=clearance) for _, draft in told),
        source=Source.STAFF,
        notify=form.ticked("notify"),
    )


def _earlier(form: Form) -> list[tuple[str, UpdateDraft]]:
    """Return what was said before the end, by its time, each with the name of the field that time stands in."""
    found = []
    for line in range(_lines(form)):
        body, at, status = (f"said.{line}.{name}" for name in ("body", "at", "status"))
        if not (form.text(body).strip() or form.text(at)):
            continue
        words = clean_text(form.text(body), body)
        draft = UpdateDraft(body=words, status=form.word(status, PublicStatus), display_at=_instant(form, at))
        found.append((at, draft))
    return sorted(found, key=lambda one: one[1].display_at or now())


def _lines(form: Form) -> int:
    return min(form.number_or_none("lines") or 0, MOST_LINES)


def _instant(form: Form, name: str) -> datetime:
    found = read_local(form.text(name), zone(), name)
    if found is None:
        raise Invalid({name: "Say when."})
    return found


def _page(form: Form, fresh: int | None = None) -> str:
    """Show the form; the line `fresh` is the one to be written next."""
    return show(
        "admin/incidents/past.html",
        form=form,
        lines=range(_lines(form)),
        earlier_fields=[name for name in form.faults if name.startswith("said.")],
        fresh=fresh,
        full=_lines(form) == MOST_LINES,
        statuses=EARLIER,
        asks_why=asks_why(*Severity),
        severities=choices.SEVERITIES,
        shelves=choices.shelves(),
        levels=choices.LEVELS,
    )
