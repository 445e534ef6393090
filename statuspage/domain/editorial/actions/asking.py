"""Whether a second person is needed, and asking for one."""

from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.db import new_id
from statuspage.core.text import clean_line
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.models import Draft
from statuspage.domain.editorial.queries import is_alone
from statuspage.domain.editorial.rules import approval_of
from statuspage.domain.incidents.actions import UpdateDraft
from statuspage.domain.incidents.enums import Approval
from statuspage.domain.incidents.models import Incident
from statuspage.domain.incidents.queries import publishing
from statuspage.domain.wording.filling import is_unedited_first_notice
from statuspage.outbox.actions import emit
from statuspage.outbox.enums import EventKind


def approval_needed(
    session: Session, incident: Incident, said: UpdateDraft, given: str | None, *, by: Actor
) -> tuple[Approval | None, str]:
    """Return why an update may go out (None: somebody has to approve it), and the reason why nobody is asked: the
    `given` one. Raises `Invalid` (field `without_approval`) for a reason that is none."""
    gated = incident.severity in publishing(session).approval
    found = approval_of(
        gated=gated,
        first_notice=gated and is_unedited_first_notice(session, incident, said),
        alone=is_alone(session, by.user_id),
        waived=given is not None,
    )
    if found is Approval.WAIVED:
        return found, clean_line(given or "", "without_approval", limit=500)
    return found, ""


def ask(session: Session, draft: Draft, publish_at: datetime | None, *, by: Actor, now: datetime) -> None:
    """Let a draft wait for a second person, who is told by mail; `publish_at` is when it is to go out then."""
    draft.state, draft.asked_id, draft.due_at = DraftState.WAITING_APPROVAL, new_id(), publish_at
    session.flush()
    payload = {"draft": str(draft.id), "author": str(draft.author_id)}
    emit(session, EventKind.APPROVAL_ASKED, draft.asked_id, now, payload=payload)
    assert draft.incident_id is not None, "only drafts about an incident are sent off"
    record(session, by, "draft.approval_asked", ("incident", draft.incident_id), now, draft=str(draft.id))
