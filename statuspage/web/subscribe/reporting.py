"""Reporting a problem, and the one question that follows: fixed, or still broken?"""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.core.languages import spoken
from statuspage.core.secrets import Purpose
from statuspage.domain.feedback.actions import ReportDraft, answer_follow_up, report_problem
from statuspage.domain.feedback.enums import Verdict
from statuspage.domain.feedback.queries import report_or_none
from statuspage.web.kit.clients import client_key, is_within, spend
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import public_route
from statuspage.web.kit.speaking import IN_A_LANGUAGE, dressed, dressed_here, say
from statuspage.web.subscribe.choices import faults_in, show_choices

if TYPE_CHECKING:
    from statuspage.domain.feedback.models import ProblemReport
    from statuspage.publish.site import Site

blueprint = Blueprint("reporting", __name__)
FIELDS = ("component", "words", "email")


@blueprint.post("/report")
@blueprint.post(f"{IN_A_LANGUAGE}/report")
@public_route
def report(**_language: str) -> ResponseReturnValue:
    """Keep a report in the `language` of the form. The answer is the same for everybody."""
    form, limits = Form.sent(), installation().settings.limits
    spend("report", client_key(), limits.report_per_client_hour, timedelta(hours=1))
    spend("report", "everybody", limits.report_total_hour, timedelta(hours=1))
    site = dressed_here()
    draft = ReportDraft(form.text("words"), form.text("component"), _address(form), site.language)
    try:
        report_problem(session(), draft, now=now())
    except Invalid as fault:
        return refused(form, fault, lambda again: _form(site, again))
    return say("subscribe/reported.html", site)


def _address(form: Form) -> str:
    """Return the address as typed; nothing when it was left once today already."""
    typed = form.text("email").strip()
    if not typed:
        return ""
    key = installation().keys.digest("address", typed.casefold())
    daily = installation().settings.limits.follow_up_per_address_day
    return typed if is_within("follow-up", key, daily, timedelta(days=1)) else ""


def _form(site: "Site", form: Form) -> str:
    typed = {name: form.text(name) for name in FIELDS}
    return show_choices("subscribe/report.html", site, typed=typed, faults=faults_in(site, form), known=())


@blueprint.get("/report/<token>/<any(fixed,broken):verdict>")
@public_route
def answer_page(token: str, verdict: str) -> ResponseReturnValue:
    """Show the button; scanners that open links answer nothing."""
    found = _report_or_none(token)
    if found is None:
        return say("subscribe/report_gone.html", dressed()), 404
    return _question(found, token, verdict, {})


@blueprint.post("/report/<token>/<any(fixed,broken):verdict>")
@public_route
def answer(token: str, verdict: str) -> ResponseReturnValue:
    """Keep the answer; the last one counts."""
    form, found = Form.sent(), _report_or_none(token)
    if found is None:
        return say("subscribe/report_gone.html", dressed()), 404
    try:
        answer_follow_up(session(), found, Verdict(verdict), form.text("words"), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda again: _question(found, token, verdict, faults_in(_site_of(found), again)))
    return say("subscribe/answered.html", _site_of(found), back="", in_time=True)


def _question(found: "ProblemReport", token: str, verdict: str, faults: object) -> str:
    action = installation().links.report_answer(token, verdict)
    return say("subscribe/report_answer.html", _site_of(found), action=action, verdict=verdict, faults=faults)


def _site_of(found: "ProblemReport") -> "Site":
    return dressed(spoken(found.locale))


def _report_or_none(token: str) -> "ProblemReport | None":
    report_id = installation().keys.open(Purpose.REPORT, token)
    return report_or_none(session(), report_id) if report_id else None
