"""Correcting impact intervals afterwards. Every public number that follows from them is built anew."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from statuspage.audit.actions import record
from statuspage.audit.actor import Actor
from statuspage.core.clock import rfc3339
from statuspage.core.db import mark_changed
from statuspage.core.errors import Conflict, Invalid
from statuspage.core.text import clean_line
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.models import Component, ImpactInterval
from statuspage.domain.components.queries import siblings_of
from statuspage.domain.components.rules import Stretch, correction_fault
from statuspage.outbox.actions import publish


@dataclass(frozen=True)
class IntervalCorrection:
    """What an interval is to be; None leaves a field as it is. Instants are aware.

    `seen_version` guards against two people correcting at once.
    """

    reason: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    level: ComponentStatus | None = None
    seen_version: int | None = None


def correct_interval(
    session: Session,
    component: Component,
    interval: ImpactInterval,
    correction: IntervalCorrection,
    *,
    by: Actor,
    now: datetime,
) -> ImpactInterval:
    """Move begin, end or level of an interval; the audit line keeps what stood.

    Raises `Invalid` without a reason or for what `correction_fault` names, `Conflict` when it was voided or changed.
    """
    _refuse_stale(interval, correction.seen_version)
    reason = clean_line(correction.reason, "reason", limit=500)
    stood = _stretch(interval)
    wanted = Stretch(
        correction.level or stood.level,
        (correction.started_at or stood.started_at).astimezone(UTC),
        correction.ended_at.astimezone(UTC) if correction.ended_at else stood.ended_at,
    )
    fault = correction_fault(stood, wanted, [_stretch(row) for row in siblings_of(session, interval)], now)
    if fault:
        raise Invalid({fault[0]: fault[1]})
    interval.level, interval.started_at, interval.ended_at = wanted.level, wanted.started_at, wanted.ended_at
    session.flush()
    details: dict[str, Any] = {"were": _words(stood), "are": _words(wanted), "reason": reason}
    _follow(session, component, interval, ("interval.corrected", details), by=by, now=now)
    return interval


def void_interval(
    session: Session,
    component: Component,
    interval: ImpactInterval,
    reason: str,
    *,
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Let an interval count nowhere; it stays in the list. Raises `Invalid` without a reason, `Conflict` while open."""
    _refuse_stale(interval, seen_version)
    reason = clean_line(reason, "reason", limit=500)
    if interval.ended_at is None:
        raise Conflict("This still goes on. End it by an update or by setting the status, then void it.")
    interval.voided_at = now
    session.flush()
    details: dict[str, Any] = {"were": _words(_stretch(interval)), "reason": reason}
    _follow(session, component, interval, ("interval.voided", details), by=by, now=now)


def _refuse_stale(interval: ImpactInterval, seen: int | None) -> None:
    if interval.voided_at:
        raise Conflict("This interval was voided. Nothing about it can be changed any more.")
    if seen is not None and seen != interval.version:
        raise Conflict("Somebody changed this interval meanwhile. Compare, then repeat.")


def _stretch(interval: ImpactInterval) -> Stretch:
    return Stretch(interval.level, interval.started_at, interval.ended_at)


def _words(stretch: Stretch) -> dict[str, str | None]:
    return {
        "level": stretch.level.value,
        "started_at": rfc3339(stretch.started_at),
        "ended_at": rfc3339(stretch.ended_at) if stretch.ended_at else None,
    }


def _follow(
    session: Session,
    component: Component,
    interval: ImpactInterval,
    said: tuple[str, dict[str, Any]],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Write the line about the component, and about what caused the interval; have public pages built anew."""
    action, details = said
    subjects = [("component", component.id)]
    if interval.cause_id:
        subjects.append((interval.cause.value, interval.cause_id))
    for subject in subjects:
        record(session, by, action, subject, now, interval=str(interval.id), component=component.slug, **details)
    mark_changed(component, now)
    if interval.public and component.public:
        publish(session, [f"component:{component.slug}", "site"], now)
