"""The declaring screen before anybody typed: as far as can be guessed, or like an earlier incident."""

from flask import request

from statuspage.domain.incidents.actions import draft_like
from statuspage.domain.incidents.enums import PublicStatus, Severity, Source
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.domain.wording.values import Story
from statuspage.web.admin.desk import zone
from statuspage.web.admin.incidents import prefill
from statuspage.web.admin.incidents.typed import level_field
from statuspage.web.admin.wording.offers import first_notice, texts_for
from statuspage.web.kit.current import now, reader, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.times import write_local


def fresh_declaration() -> Form:
    """Return the form; `?component=slug` and `?source=customer` name what is known already, `?like=ref` takes over an
    earlier incident."""
    source = next((word for word in Source if word == request.args.get("source")), Source.STAFF)
    values = {"notify": "yes", "source": source.value} | _for_severity(prefill.USUAL_SEVERITY)
    for slug in request.args.getlist("component"):
        values[level_field(slug)] = request.args.get("level", "degraded_performance")
    return Form(values | _like(request.args.get("like", "")))


def _for_severity(severity: Severity) -> dict[str, str]:
    (notice,) = texts_for([first_notice(severity)], Story())
    return {"severity": severity.value, "body": notice, "next_update_at": due_after(severity)}


def _like(ref: str) -> dict[str, str]:
    """Return what an earlier incident fills in: titles, severity, components; not what was said."""
    if not ref:
        return {}
    draft = draft_like(session(), incident_by_ref(session(), ref, reader()))
    levels = {level_field(impact.slug): impact.status.value for impact in draft.components}
    titles = {
        "public_title": draft.public_title or draft.title,
        "title": draft.title if draft.public_title else "",
    }
    return levels | titles | _for_severity(draft.severity)


def severities() -> list[tuple[Severity, str, str, str]]:
    """Return each severity with what it means, its first notice, and when the next word is then due."""
    notices = texts_for([first_notice(severity) for severity in Severity], Story())
    return [
        (severity, prefill.SEVERITY_WORDS[severity], notice, due_after(severity))
        for severity, notice in zip(Severity, notices, strict=True)
    ]


def due_after(severity: Severity) -> str:
    """Return when the next word is due after a first notice, as a form shows it."""
    return write_local(prefill.next_update_at(severity, PublicStatus.INVESTIGATING, now()), zone())
