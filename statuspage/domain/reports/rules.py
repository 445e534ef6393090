"""The honesty check: from a situation to a list of findings. Pure; all instants are aware UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.incidents.enums import PublicStatus
from statuspage.domain.reports.enums import FindingKind

RED = (ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE)
MAIL_LATE = timedelta(minutes=2)
SNAPSHOT_LATE = timedelta(minutes=1)


@dataclass(frozen=True)
class Impaired:
    """A component that is not operational; `explained` when an incident is among what holds it."""

    slug: str
    name: str
    status: ComponentStatus
    since: datetime
    explained: bool


@dataclass(frozen=True)
class OpenIncident:
    """An incident customers see as going on. `statuses` are those published of its components."""

    ref: str
    status: PublicStatus
    statuses: tuple[ComponentStatus, ...]
    over_inside: bool
    due_at: datetime | None
    since: datetime


@dataclass(frozen=True)
class Work:
    """A maintenance that is neither completed nor cancelled."""

    ref: str
    ends_at: datetime


@dataclass(frozen=True)
class Situation:
    """What stands at `now`. `waiting` mails wait since `mail_since`; `unshown_since` is when the oldest change was
    published that the stored pages do not show, None when they show everything."""

    now: datetime
    impaired: tuple[Impaired, ...] = ()
    incidents: tuple[OpenIncident, ...] = ()
    works: tuple[Work, ...] = ()
    waiting: int = 0
    mail_since: datetime | None = None
    unshown_since: datetime | None = None


@dataclass(frozen=True)
class Finding:
    """One disagreement: what it is about (a slug, a ref, or nothing), since when, and what to do next."""

    kind: FindingKind
    subject: str
    since: datetime
    message: str


def findings(situation: Situation) -> list[Finding]:
    """Return every disagreement, those that customers notice first at the head."""
    return [
        *_about_incidents(situation),
        *_about_components(situation),
        *_about_maintenance(situation),
        *_about_the_house(situation),
    ]


def _about_incidents(situation: Situation) -> Iterator[Finding]:
    for one in situation.incidents:
        if one.due_at and one.due_at < situation.now:
            words = f"{one.ref}: the promised update is overdue. Publish one, if only to say that work goes on."
            yield Finding(FindingKind.PROMISE_OVERDUE, one.ref, one.due_at, words)
        if one.over_inside:
            words = f"{one.ref} is resolved inside, but customers still see it as open. Publish the end."
            yield Finding(FindingKind.RESOLVED_INSIDE_ONLY, one.ref, one.since, words)
        elif _all_green(one):
            words = f"{one.ref} is open, but every component of it is operational. Publish the end, or what is wrong."
            yield Finding(FindingKind.INCIDENT_ALL_GREEN, one.ref, one.since, words)


def _all_green(one: OpenIncident) -> bool:
    """Tell whether nothing an incident names is impaired; while it is monitored, that is as it should be."""
    green = all(status is ComponentStatus.OPERATIONAL for status in one.statuses)
    return bool(one.statuses) and green and one.status is not PublicStatus.MONITORING


def _about_components(situation: Situation) -> Iterator[Finding]:
    for one in situation.impaired:
        if one.status in RED and not one.explained:
            level = one.status.replace("_", " ")
            words = f"{one.name} shows a {level}, and no incident says why. Declare one, or set the status back."
            yield Finding(FindingKind.COMPONENT_WITHOUT_INCIDENT, one.slug, one.since, words)


def _about_maintenance(situation: Situation) -> Iterator[Finding]:
    for one in situation.works:
        if one.ends_at < situation.now:
            words = f"{one.ref} is past its end. Complete it, extend the window, or cancel what never began."
            yield Finding(FindingKind.MAINTENANCE_OVER_END, one.ref, one.ends_at, words)


def _about_the_house(situation: Situation) -> Iterator[Finding]:
    if situation.mail_since and situation.now - situation.mail_since > MAIL_LATE:
        words = f"{situation.waiting} mails wait. See that a worker runs (`statuspage worker`), and Settings, Mail."
        yield Finding(FindingKind.MAIL_BACKLOG, "", situation.mail_since, words)
    if situation.unshown_since and situation.now - situation.unshown_since > SNAPSHOT_LATE:
        words = "The public pages are older than the database. See the disk of this host, then `statuspage site build`."
        yield Finding(FindingKind.SNAPSHOT_BEHIND, "", situation.unshown_since, words)
