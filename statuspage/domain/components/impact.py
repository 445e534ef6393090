"""Opening, changing and closing impact intervals: what incidents, maintenance and manual settings do to components."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.models import ImpactInterval
from statuspage.domain.components.queries import CauseRef, last_end_of, open_interval_of


def set_impact(
    session: Session,
    component_id: uuid.UUID,
    level: ComponentStatus,
    at: datetime,
    *,
    of: CauseRef,
    public: bool,
) -> None:
    """Let `of` hold a component at `level` from `at` on; `operational` ends what it held.

    An interval that would begin and end at the same instant leaves no trace; one that is published later keeps its
    begin, because that is when customers felt it. One that is backdated begins where the one before it ended, so that
    no cause counts twice.
    """
    held = open_interval_of(session, component_id, of)
    if held and held.level is level:
        held.public = held.public or public
        return
    if held:
        if at <= held.started_at:
            session.delete(held)
            at = held.started_at
        else:
            held.ended_at = at
        session.flush()
    if level is not ComponentStatus.OPERATIONAL:
        before = last_end_of(session, component_id, of)
        begun = ImpactInterval(
            component_id=component_id,
            level=level,
            started_at=max(at, before) if before else at,
            public=public,
            cause=of.cause,
            cause_id=of.id,
        )
        session.add(begun)
        session.flush()
