"""What the honesty check finds in a database."""

from datetime import timedelta

from sqlalchemy.orm import Session

from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.actions import Resolution, resolve_incident
from statuspage.domain.reports.enums import FindingKind as K
from statuspage.domain.reports.queries import honesty
from statuspage.outbox.publications import newest_number
from tests.domain import stage
from tests.kit import cast
from tests.kit.clock import FrozenClock
from tests.publish.rendered import counted


def kinds(session: Session, clock: FrozenClock, shown: int | None = None) -> list[tuple[K, str]]:
    return [(one.kind, one.subject) for one in honesty(session, clock.now(), shown=shown)]


def test_a_quiet_house_has_no_findings(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    assert kinds(session, clock, newest_number(session)) == []


def test_a_status_set_by_hand_asks_for_an_incident(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    set_manual_status(session, "api", ComponentStatus.MAJOR_OUTAGE, by=stage.BEN, now=clock.now())
    assert kinds(session, clock) == [(K.COMPONENT_WITHOUT_INCIDENT, "api")]
    incident = stage.outage(session, clock.now(), next_update_at=clock.now() + timedelta(minutes=1))
    clock.advance(minutes=1, seconds=30)
    assert kinds(session, clock) == [(K.PROMISE_OVERDUE, incident.ref)]


def test_what_is_resolved_inside_only_is_found(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    incident = stage.outage(session, clock.now())
    resolve_incident(session, incident, Resolution(text="Restarted"), by=stage.BEN, now=clock.advance(minutes=1))
    assert kinds(session, clock) == [(K.RESOLVED_INSIDE_ONLY, incident.ref)]


def test_late_mail_late_work_and_late_pages_are_found(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    work = cast.plan(session, stage.BEN, clock.now(), auto_end=False)
    shown = newest_number(session)
    clock.set(work.ends_at + timedelta(hours=1))
    set_manual_status(session, "api", ComponentStatus.DEGRADED_PERFORMANCE, by=stage.BEN, now=clock.now())
    clock.advance(minutes=2)
    found = [(K.MAINTENANCE_OVER_END, work.ref), (K.MAIL_BACKLOG, ""), (K.SNAPSHOT_BEHIND, "")]
    assert kinds(session, clock, shown) == found


def test_the_check_costs_the_same_however_much_is_open(session: Session, clock: FrozenClock) -> None:
    stage.components(session, clock.now())
    stage.outage(session, clock.now())
    session.flush()
    session.expire_all()
    with counted(session) as few:
        honesty(session, clock.now(), shown=0)
    for slug in ("web", "mail", "api"):
        stage.outage(session, clock.now(), slug=slug)
        cast.plan(session, stage.BEN, clock.now())
    session.flush()
    session.expire_all()
    with counted(session) as many:
        honesty(session, clock.now(), shown=0)
    assert len(many) == len(few)
