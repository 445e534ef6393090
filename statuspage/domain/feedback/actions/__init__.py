"""What readers tell us is kept (`telling`), staff put it in its place (`handling`), and those who left an address are
asked once whether it is fixed (`asking_back`)."""

from statuspage.domain.feedback.actions.asking_back import anything_to_ask_or_forget, ask_back, forget_reports
from statuspage.domain.feedback.actions.handling import (
    About,
    attach_reports,
    change_threshold,
    delete_report,
    dismiss_reports,
)
from statuspage.domain.feedback.actions.telling import (
    REPORT_LIMIT,
    STILL_LIMIT,
    ReportDraft,
    answer_follow_up,
    answer_question,
    report_problem,
    say_still_seen,
    vote_on_update,
)

__all__ = [
    "REPORT_LIMIT",
    "STILL_LIMIT",
    "About",
    "ReportDraft",
    "answer_follow_up",
    "answer_question",
    "anything_to_ask_or_forget",
    "ask_back",
    "attach_reports",
    "change_threshold",
    "delete_report",
    "dismiss_reports",
    "forget_reports",
    "report_problem",
    "say_still_seen",
    "vote_on_update",
]
