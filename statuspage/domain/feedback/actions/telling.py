"""What readers say. Nobody is named in it, so the audit log has no line of it, and nothing is published by it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from statuspage.core.errors import Invalid
from statuspage.core.text import clean_text
from statuspage.domain.accounts.actions import clean_email
from statuspage.domain.components.models import Component
from statuspage.domain.feedback.enums import Question, ReportKind, Verdict
from statuspage.domain.feedback.models import IncidentVotes, ProblemReport, UpdateVotes

REPORT_LIMIT = 1000
STILL_LIMIT = 300


@dataclass(frozen=True)
class ReportDraft:
    """What somebody sees. `component` is a slug, empty for who cannot say; `address` may be empty; `locale` is the
    language it was read and written in."""

    words: str
    component: str = ""
    address: str = ""
    locale: str = "en"


def report_problem(session: Session, draft: ReportDraft, *, now: datetime) -> ProblemReport:
    """Keep a report. An address that waits for an answer already is not kept twice: it gets one mail.

    Raises `Invalid` by field: `words`, `component`, `email`.
    """
    report = ProblemReport(
        kind=ReportKind.PROBLEM,
        component_id=_public_component(session, draft.component),
        words=clean_text(draft.words, "words", limit=REPORT_LIMIT),
        locale=draft.locale,
        created_at=now,
    )
    address = clean_email(draft.address) if draft.address.strip() else ""
    session.add(report)
    session.flush()
    if address:
        _leave_address(session, report, address)
    return report


def _public_component(session: Session, slug: str) -> uuid.UUID | None:
    """Return the id of a public component; an internal one is as unknown as none at all."""
    if not slug:
        return None
    found = session.scalar(select(Component).where(Component.slug == slug))
    if found is None or not found.public:
        raise Invalid({"component": "Choose one of the services in the list."})
    return found.id


def _leave_address(session: Session, report: ProblemReport, address: str) -> None:
    if session.scalar(select(ProblemReport.id).where(ProblemReport.address == address).limit(1)):
        return
    try:
        with session.begin_nested():
            session.execute(update(ProblemReport).where(ProblemReport.id == report.id).values(address=address))
    except IntegrityError:  # the same address was left at the same moment
        return


def say_still_seen(session: Session, incident_id: uuid.UUID, words: str, *, locale: str, now: datetime) -> None:
    """Keep that somebody still sees what a resolved incident was about, with a few words or none.

    Raises `Invalid` (field `words`) for too many.
    """
    session.add(
        ProblemReport(
            kind=ReportKind.STILL,
            incident_id=incident_id,
            words=clean_text(words, "words", limit=STILL_LIMIT, required=False),
            locale=locale,
            created_at=now,
        )
    )


def answer_follow_up(session: Session, report: ProblemReport, verdict: Verdict, words: str, *, now: datetime) -> None:
    """Keep what somebody answered to "fixed, or still broken?". The last answer counts; one that it is still broken is
    a report of its own under the incident, once.

    Raises `Invalid` (field `words`) for too many words.
    """
    if verdict is Verdict.BROKEN and report.verdict is not Verdict.BROKEN and report.incident_id:
        say_still_seen(session, report.incident_id, words, locale=report.locale, now=now)
    report.verdict, report.answered_at = verdict, now


def vote_on_update(session: Session, update_id: uuid.UUID, *, helpful: bool) -> None:
    """Count one answer to "was this update helpful?"."""
    _count(session, UpdateVotes(update_id=update_id, yes=int(helpful), no=int(not helpful)))


def answer_question(session: Session, incident_id: uuid.UUID, question: Question, *, yes: bool) -> None:
    """Count one answer to a question that is asked when an incident is over."""
    _count(session, IncidentVotes(incident_id=incident_id, question=question, yes=int(yes), no=int(not yes)))


def _count(session: Session, first: UpdateVotes | IncidentVotes) -> None:
    """Add what `first` counts to the row that stands, or let it be that row."""
    row = type(first)
    key = [column == getattr(first, column.key) for column in row.__table__.primary_key]
    more = update(row).where(*key).values(yes=row.yes + first.yes, no=row.no + first.no).returning(row.yes)
    if session.execute(more.execution_options(synchronize_session=False)).first():
        return
    try:
        with session.begin_nested():
            session.add(first)
    except IntegrityError:  # the first answer came twice at the same moment
        session.execute(more.execution_options(synchronize_session=False))
