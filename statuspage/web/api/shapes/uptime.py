"""How downtime counts."""

from typing import Annotated

from pydantic import Field

from statuspage.web.api.shapes.base import Patch, Shape

Percent = Annotated[int, Field(ge=0, le=100)]


class CountingShape(Shape):
    """Percent of each level's time that count as downtime, and the notice that excuses announced maintenance."""

    major: Percent
    partial: Percent
    degraded: Percent
    maintenance: Percent
    notice_hours: int
    """Maintenance announced so many hours before its start is excused."""


class CountingPatch(Patch):
    """What is to change; everything left out stays. A worse level weighs at least as much as a better one."""

    major: Percent | None = None
    partial: Percent | None = None
    degraded: Percent | None = None
    maintenance: Percent | None = None
    notice_hours: Annotated[int | None, Field(ge=0, le=720)] = None
