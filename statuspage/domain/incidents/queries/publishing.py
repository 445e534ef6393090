"""Reading how what staff write becomes public."""

from sqlalchemy.orm import Session

from statuspage.domain.incidents.enums import Severity
from statuspage.domain.incidents.models import PublishingRules
from statuspage.domain.incidents.rules import Publishing


def publishing(session: Session) -> Publishing:
    """Return the rules in force: those somebody set, else ten seconds to undo and no approval."""
    row = session.get(PublishingRules, 1)
    if row is None:
        return Publishing()
    return Publishing(row.undo_seconds, frozenset(Severity(word) for word in row.approval_severities))
