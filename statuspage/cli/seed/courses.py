"""How an incident went: instants, statuses and levels, imagined by chance within what the domain's rules allow.

A course holds no rows and no texts. Its instants are aware, in order and in the past.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.cli.seed.chance import Chance
from statuspage.cli.seed.components import Place
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import IncidentKind, IncidentState, PublicStatus, Severity, UpdateVisibility
from statuspage.domain.incidents.rules import CLOSES_AFTER

SETTLED = timedelta(minutes=30)
_SEVERITIES = (Severity.SEV1, Severity.SEV2, Severity.SEV3, Severity.SEV4)
_SEVERITY_WEIGHTS = (5, 20, 50, 25)
_LEVELS = {
    Severity.SEV1: ComponentStatus.MAJOR_OUTAGE,
    Severity.SEV2: ComponentStatus.PARTIAL_OUTAGE,
    Severity.SEV3: ComponentStatus.PARTIAL_OUTAGE,
    Severity.SEV4: ComponentStatus.DEGRADED_PERFORMANCE,
}
_STEPS = (PublicStatus.INVESTIGATING, PublicStatus.IDENTIFIED, PublicStatus.MONITORING)
_PUBLIC_SHARE, _INTERNAL, _DRILL, _RESTRICTED = 0.7, 0.1, 0.02, 0.15
_CORRECTED, _RETRACTED = 0.03, 0.01


@dataclass(frozen=True)
class Word:
    """Something that was said at `at`: to customers with a `status`, or inside, perhaps moving the `state`.

    `level` is how the components are from then on, None where nothing changed.
    """

    at: datetime
    status: PublicStatus | None = None
    state: IncidentState | None = None
    level: ComponentStatus | None = None
    promised_at: datetime | None = None
    corrected_at: datetime | None = None
    retracted_at: datetime | None = None

    @property
    def visibility(self) -> UpdateVisibility:
        """Who reads it."""
        if self.status:
            return UpdateVisibility.PUBLIC
        return UpdateVisibility.INTERNAL_STATUS if self.state else UpdateVisibility.INTERNAL_NOTE


@dataclass(frozen=True)
class Course:
    """An incident from first harm to closing; `ended_at` is None while it goes on, `acknowledged_at` may be."""

    kind: IncidentKind
    severity: Severity
    restricted: bool
    places: tuple[Place, ...]
    level: ComponentStatus
    started_at: datetime
    detected_at: datetime
    declared_at: datetime
    acknowledged_at: datetime | None
    ended_at: datetime | None
    closed_at: datetime | None
    words: tuple[Word, ...]

    @property
    def public(self) -> bool:
        """Whether customers were told."""
        return any(word.status for word in self.words)


def imagine(
    chance: Chance, places: Sequence[Place], declared_at: datetime, words: int, now: datetime, *, goes_on: bool = False
) -> Course:
    """Return how an incident went that was declared at `declared_at` and in which `words` were said, at least two."""
    drill = not goes_on and chance.happens(_DRILL)
    internal = drill or (not goes_on and chance.happens(_INTERNAL))
    severity = chance.choices(_SEVERITIES, _SEVERITY_WEIGHTS)[0]
    detected_at = declared_at - chance.span(0, 15)
    ended_at = None if goes_on else min(declared_at + chance.span(20, 1200), now - SETTLED)
    last = ended_at or now - (now - declared_at) / 10
    times = list(_times(chance, declared_at, last, max(2, words)))
    told = _inside(times) if internal else _told(chance, times, _LEVELS[severity], now, goes_on=goes_on)
    closed_at = ended_at + CLOSES_AFTER if ended_at and ended_at + CLOSES_AFTER < now else None
    return Course(
        kind=IncidentKind.DRILL if drill else IncidentKind.REAL,
        severity=severity,
        restricted=internal and not drill and chance.happens(_RESTRICTED),
        places=_hit(chance, places),
        level=_LEVELS[severity],
        started_at=detected_at - chance.span(0, 40),
        detected_at=detected_at,
        declared_at=declared_at,
        acknowledged_at=declared_at + (times[1] - declared_at) / 2 if chance.happens(0.9) else None,
        ended_at=ended_at,
        closed_at=closed_at,
        words=tuple(told),
    )


def _hit(chance: Chance, places: Sequence[Place]) -> tuple[Place, ...]:
    wanted = chance.choices((1, 2, 3, 5), (60, 25, 10, 5))[0]
    return tuple({(place := chance.often_first(places)).id: place for _ in range(wanted)}.values())


def _times(chance: Chance, first: datetime, last: datetime, count: int) -> Iterator[datetime]:
    """Yield `count` instants in order from `first` to `last`."""
    yield first
    for place in range(count - 2):
        yield first + (last - first) * ((place + 0.1 + 0.8 * chance.random()) / (count - 2))
    yield last


def _inside(times: Sequence[datetime]) -> Iterator[Word]:
    """Yield notes for the team; the work gets on with the second and the one in the middle."""
    states = {len(times) // 2: IncidentState.MITIGATED, 1: IncidentState.IDENTIFIED}
    for place, at in enumerate(times):
        yield Word(at, state=states.get(place))


def _told(
    chance: Chance, times: Sequence[datetime], level: ComponentStatus, now: datetime, *, goes_on: bool
) -> Iterator[Word]:
    """Yield what was said to customers from `investigating` to `resolved`, with notes for the team in between."""
    last = len(times) - 1
    steps = {place: _STEPS[min(2, place * 3 // max(1, last))] for place in range(last + 1)}
    if not goes_on:
        steps[last] = PublicStatus.RESOLVED
    shown: ComponentStatus | None = None
    for place, at in enumerate(times):
        if 0 < place < last and not chance.happens(_PUBLIC_SHARE):
            yield Word(at)
            continue
        status = steps[place]
        wanted = _level_at(status, level)
        promised = _promise(chance, times, place, now) if status is not PublicStatus.RESOLVED else None
        amends = at + (times[place + 1] - at) / 3 if 0 < place < last else None
        retracted = amends if chance.happens(_RETRACTED) and wanted is shown else None
        yield Word(
            at,
            status=status,
            level=wanted if wanted is not shown else None,
            promised_at=promised,
            corrected_at=amends if chance.happens(_CORRECTED) and not retracted else None,
            retracted_at=retracted,
        )
        shown = wanted


def _level_at(status: PublicStatus, level: ComponentStatus) -> ComponentStatus:
    if status is PublicStatus.RESOLVED:
        return ComponentStatus.OPERATIONAL
    return ComponentStatus.DEGRADED_PERFORMANCE if status is PublicStatus.MONITORING else level


def _promise(chance: Chance, times: Sequence[datetime], place: int, now: datetime) -> datetime:
    """Return when the next word was promised for: mostly after it came; of an open incident, half an hour from now."""
    if place + 1 == len(times):
        return now + timedelta(minutes=30)
    return times[place] + (times[place + 1] - times[place]) * (0.8 + chance.random()) + timedelta(minutes=1)
