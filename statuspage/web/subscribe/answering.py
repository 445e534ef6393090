"""Answers to what the page of an incident asks. Counts only: no cookie, no row per answer, no word of who gave it."""

from datetime import timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid, NotFound
from statuspage.core.languages import marked
from statuspage.domain.feedback.actions import answer_question, say_still_seen, vote_on_update
from statuspage.domain.feedback.enums import Ask, Question
from statuspage.domain.feedback.queries import Asked, incident_asked, update_asked
from statuspage.domain.feedback.rules import takes
from statuspage.publish.site import Site
from statuspage.web.kit.clients import client_key, is_within, spend
from statuspage.web.kit.current import installation, now, session
from statuspage.web.kit.forms import Form, refused
from statuspage.web.kit.rights import public_route
from statuspage.web.kit.speaking import IN_A_LANGUAGE, dressed_here, say
from statuspage.web.subscribe.choices import faults_in

blueprint = Blueprint("answering", __name__)
_ANSWERS = ("yes", "no")


@blueprint.post("/feedback/helpful/<code>")
@blueprint.post(f"{IN_A_LANGUAGE}/feedback/helpful/<code>")
@public_route
def helpful(code: str, **_language: str) -> ResponseReturnValue:
    """Count whether an update helped."""
    _spend_vote()
    form, asked = Form.sent(), _known(update_asked(session(), code))
    if form.text("answer") in _ANSWERS and _counts(Ask.HELPFUL, asked):
        vote_on_update(session(), asked.id, helpful=form.text("answer") == "yes")
    return _thanks(Ask.HELPFUL, asked)


@blueprint.post("/feedback/still/<code>")
@blueprint.post(f"{IN_A_LANGUAGE}/feedback/still/<code>")
@public_route
def still(code: str, **_language: str) -> ResponseReturnValue:
    """Keep that somebody still sees what a resolved incident was about."""
    _spend_vote()
    limits = installation().settings.limits
    spend("report", "everybody", limits.report_total_hour, timedelta(hours=1))
    form, asked = Form.sent(), _known(incident_asked(session(), code))
    site = dressed_here()
    if _counts(Ask.STILL, asked):
        try:
            say_still_seen(session(), asked.id, form.text("words"), locale=site.language, now=now())
        except Invalid as fault:
            return refused(form, fault, lambda again: _still_form(site, asked, again))
    return _thanks(Ask.STILL, asked)


def _still_form(site: Site, asked: Asked, form: Form) -> str:
    faults = faults_in(site, form)
    return say("subscribe/still.html", site, code=asked.code, words=form.text("words"), faults=faults)


@blueprint.post("/feedback/afterwards/<code>")
@blueprint.post(f"{IN_A_LANGUAGE}/feedback/afterwards/<code>")
@public_route
def afterwards(code: str, **_language: str) -> ResponseReturnValue:
    """Count whether readers were told, and helped, soon enough; either may be left out."""
    _spend_vote()
    form, asked = Form.sent(), _known(incident_asked(session(), code))
    given = [question for question in Question if form.text(question) in _ANSWERS]
    if given and _counts(Ask.AFTERWARDS, asked):
        for question in given:
            answer_question(session(), asked.id, question, yes=form.text(question) == "yes")
    return _thanks(Ask.AFTERWARDS, asked)


def _spend_vote() -> None:
    limits = installation().settings.limits
    spend("vote", client_key(), limits.vote_per_client_hour, timedelta(hours=1))
    spend("vote", "everybody", limits.vote_total_minute, timedelta(minutes=1))


def _known(asked: Asked | None) -> Asked:
    if asked is None:
        raise NotFound(marked("There is no page at this address. Start from the current status."))
    return asked


def _counts(ask: Ask, asked: Asked) -> bool:
    """Tell whether an answer is taken: in time, and not one of too many from the same network today."""
    if not takes(ask, asked.resolved_at, now()):
        return False
    daily = installation().settings.limits.vote_per_question_day
    return is_within(ask, f"{asked.id.hex}:{client_key()}", daily, timedelta(days=1))


def _thanks(ask: Ask, asked: Asked) -> str:
    """Say the same to everybody: thanks, or that the question is over."""
    site, in_time = dressed_here(), takes(ask, asked.resolved_at, now())
    return say("subscribe/answered.html", site, back=site.links.incident(asked.code), in_time=in_time)
