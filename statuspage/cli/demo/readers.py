"""What readers told: reports, votes and answers, through the same actions as the public forms."""

from datetime import datetime, timedelta

from sqlalchemy import select

from statuspage.cli.demo.stage import Beat, Stage
from statuspage.cli.demo.story import Readers, Said, StillSeen, ToldReport
from statuspage.domain.feedback.actions import (
    About,
    ReportDraft,
    answer_question,
    attach_reports,
    report_problem,
    say_still_seen,
    vote_on_update,
)
from statuspage.domain.feedback.enums import Question
from statuspage.domain.incidents.models import Incident


def reader_beats(stage: Stage, told: Readers) -> list[Beat]:
    """Return what readers said and when."""
    return [
        *(_report(stage, one) for one in told.reports),
        *(_still(stage, one) for one in told.still),
        *(_answers(stage, one) for one in told.said),
    ]


def _incident(stage: Stage, title: str) -> Incident:
    return stage.session.scalars(select(Incident).where(Incident.title == title)).one()


def _report(stage: Stage, told: ToldReport) -> Beat:
    def report(now: datetime) -> None:
        kept = report_problem(stage.session, ReportDraft(told.words, told.component, told.address), now=now)
        if told.into:
            by = next(iter(stage.cast.values()))
            about = About(kept.id, component_id=kept.component_id)
            attach_reports(stage.session, about, _incident(stage, told.into), by=by, now=now)

    return Beat(stage.now - timedelta(minutes=told.minutes_ago), report)


def _still(stage: Stage, told: StillSeen) -> Beat:
    def say(now: datetime) -> None:
        say_still_seen(stage.session, _incident(stage, told.incident).id, told.words, locale="en", now=now)

    return Beat(stage.now - timedelta(minutes=told.minutes_ago), say)


def _answers(stage: Stage, told: Said) -> Beat:
    def answer(_now: datetime) -> None:
        incident = _incident(stage, told.incident)
        public = sorted((one for one in incident.updates if one.public), key=lambda one: one.id)
        for update, (yes, no) in zip(public, told.helpful, strict=False):
            for helpful in (*[True] * yes, *[False] * no):
                vote_on_update(stage.session, update.id, helpful=helpful)
        for question, (yes, no) in ((Question.TOLD, told.told), (Question.FIXED, told.fixed)):
            for said in (*[True] * yes, *[False] * no):
                answer_question(stage.session, incident.id, question, yes=said)

    return Beat(stage.now, answer)
