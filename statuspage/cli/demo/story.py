"""The demo company as it stands in the TOML files beside this module, checked. Times are relative to the day of asking.

A `When` is either minutes before now or a time of day some days before, in the company's zone.
"""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from statuspage.core.languages import Language
from statuspage.domain.accounts.enums import Role
from statuspage.domain.components.enums import ComponentStatus, Visibility
from statuspage.domain.incidents.enums import (
    Category,
    Impact,
    IncidentKind,
    IncidentState,
    PublicStatus,
    ResolutionKind,
    Severity,
    Source,
)
from statuspage.domain.maintenance.enums import MaintenanceStatus

Impacts = dict[str, ComponentStatus]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(_Told):
    """An instant: `minutes_ago`, or `at` on the day `days_ago`."""

    minutes_ago: float | None = None
    days_ago: int = 0
    at: time = time(12)

    def instant(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the instant this means at `now`, aware."""
        if self.minutes_ago is not None:
            return now - timedelta(minutes=self.minutes_ago)
        day = now.astimezone(zone).date() - timedelta(days=self.days_ago)
        return datetime.combine(day, self.at, zone).astimezone(now.tzinfo)


class Person(_Told):
    """Somebody in the team; the mail address is the key at the company's domain."""

    key: str
    name: str
    role: Role


class ToldComponent(_Told):
    """A part of the service."""

    name: str
    slug: str
    description: str = ""
    visibility: Visibility = Visibility.PUBLIC
    showcase_uptime: bool = True


class ToldGroup(_Told):
    """A heading and what stands under it."""

    name: str
    description: str = ""
    components: list[ToldComponent]


class Follower(_Told):
    """Somebody who subscribed `since` days ago."""

    email: str
    since: float
    components: tuple[str, ...] | None = None
    minimum_impact: Impact = Impact.NONE
    maintenance: bool = True
    locale: Language | None = None
    confirmed: bool = True


class Company(_Told):
    """Who and what there is."""

    name: str
    timezone: str
    people: list[Person]
    groups: list[ToldGroup]
    subscribers: list[Follower]


Deed = Literal["say", "note", "state", "acknowledge", "correct", "retract", "resolve", "close"]


class Step(_Told):
    """One thing that happened in an incident, `after` minutes from its declaration."""

    do: Deed = "say"
    by: str
    after: float = 0
    body: str = ""
    status: PublicStatus | None = None
    state: IncidentState | None = None
    components: Impacts = {}
    next_update: float | None = None
    workaround: str | None = None
    reason: str = ""
    code: str = ""
    resolution: ResolutionKind | None = None


class ToldIncident(When):
    """An incident from its declaration on; its first step at minute 0, if public, is published with it."""

    title: str
    public_title: str | None = None
    severity: Severity
    kind: IncidentKind = IncidentKind.REAL
    category: Category | None = None
    source: Source = Source.STAFF
    impact_before: float | None = None
    detected_before: float = 0
    by: str
    notify: bool = False
    components: Impacts
    steps: Annotated[list[Step], Field(alias="step")]


class MaintenanceStep(_Told):
    """One word about a maintenance, `after` minutes from its planned start; `extend` moves the end by minutes."""

    after: float
    status: MaintenanceStatus
    body: str
    extend: float = 0


class ToldMaintenance(When):
    """Work of some minutes, announced some days (or minutes before now) ahead."""

    title: str
    minutes: float
    announced_days: float = 7
    announced_minutes_ago: float | None = None
    auto_end: bool = True
    notify: bool = False
    by: str
    components: tuple[str, ...]
    body: str
    steps: Annotated[list[MaintenanceStep], Field(alias="step")] = []


class ToldReport(_Told):
    """A problem a reader reported; `into` is the title of the incident it was made part of."""

    minutes_ago: float
    component: str
    words: str
    address: str = ""
    into: str = ""


class StillSeen(_Told):
    """A reader still saw what an incident was about after its end."""

    minutes_ago: float
    incident: str
    words: str = ""


class Said(_Told):
    """How many said yes and no: of each public update, oldest first, and of the whole."""

    incident: str
    helpful: list[tuple[int, int]] = []
    told: tuple[int, int] = (0, 0)
    fixed: tuple[int, int] = (0, 0)


class Readers(_Told):
    """What readers told."""

    reports: Annotated[list[ToldReport], Field(alias="report")]
    still: list[StillSeen]
    said: list[Said]


class Story(_Told):
    """Everything."""

    company: Company
    readers: Readers
    incidents: Annotated[list[ToldIncident], Field(alias="incident")]
    maintenances: Annotated[list[ToldMaintenance], Field(alias="maintenance")]


def read_story() -> Story:
    """Read the story from the files beside this module."""
    return Story.model_validate(
        {"company": _file("company"), "readers": _file("readers"), **_file("incidents"), **_file("maintenance")}
    )


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
