"""What readers tell us. Mail addresses in reports are never given out."""

from typing import TYPE_CHECKING

from statuspage.domain.accounts.enums import Right
from statuspage.domain.feedback.enums import Question, ReportKind, Verdict
from statuspage.domain.feedback.queries import Count, Heard, ReportFilter, heard_of, reports_page
from statuspage.domain.incidents.queries import incident_by_ref
from statuspage.web.api.pages import page_of
from statuspage.web.api.registry import Part
from statuspage.web.api.shapes.base import Page
from statuspage.web.api.shapes.feedback import CountShape, FeedbackQuery, HeardShape, HelpfulShape, ReportShape
from statuspage.web.kit.current import reader, session

if TYPE_CHECKING:
    from statuspage.domain.feedback.models import ProblemReport
    from statuspage.domain.incidents.models import Incident

part = Part(
    "Feedback", "What readers report, and what they say of updates and incidents. Reports are kept for 30 days."
)


@part.get("/feedback", Right.VIEW, asks=FeedbackQuery, gives=Page[ReportShape])
def list_reports(asked: FeedbackQuery) -> Page[ReportShape]:
    """List what readers reported, newest first."""
    wanted = ReportFilter(asked.component, asked.incident, asked.kind, asked.handling, asked.q)
    found = reports_page(session(), reader(), wanted, before=asked.cursor, limit=asked.limit + 1)
    return page_of(found, asked, _report)


@part.get("/incidents/<ref>/feedback", Right.VIEW, gives=HeardShape)
def get_feedback(ref: str) -> HeardShape:
    """Count what readers said of an incident and of its updates."""
    incident = incident_by_ref(session(), ref, reader())
    heard = heard_of(session(), incident)
    return HeardShape(
        problems=heard.reports.get(ReportKind.PROBLEM, 0),
        still_seen=heard.reports.get(ReportKind.STILL, 0),
        said_fixed=heard.verdicts.get(Verdict.FIXED, 0),
        said_broken=heard.verdicts.get(Verdict.BROKEN, 0),
        told_soon=_count(heard.soon.get(Question.TOLD)),
        fixed_soon=_count(heard.soon.get(Question.FIXED)),
        helpful=_helpful(incident, heard),
    )


def _report(report: "ProblemReport") -> ReportShape:
    return ReportShape(
        id=report.id,
        kind=report.kind,
        component=report.component.slug if report.component else None,
        incident=report.incident.ref if report.incident else None,
        words=report.words,
        locale=report.locale,
        created_at=report.created_at,
        dismissed_at=report.dismissed_at,
        verdict=report.verdict,
        answered_at=report.answered_at,
    )


def _count(count: Count | None) -> CountShape:
    return CountShape(yes=count.yes, no=count.no) if count else CountShape(yes=0, no=0)


def _helpful(incident: "Incident", heard: Heard) -> list[HelpfulShape]:
    """Return the answers about each public update, oldest first."""
    said = [update for update in reversed(incident.updates) if update.id in heard.helpful]
    return [
        HelpfulShape(update=update.id, yes=heard.helpful[update.id].yes, no=heard.helpful[update.id].no)
        for update in said
    ]
