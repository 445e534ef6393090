"""Impact intervals of a component: reading and correcting."""

from typing import TYPE_CHECKING

from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.correcting import IntervalCorrection, correct_interval, void_interval
from statuspage.domain.components.queries import component_by_slug, interval_by_id, intervals_page
from statuspage.web.api.pages import page_of
from statuspage.web.api.registry import Part
from statuspage.web.api.shapes.base import ListQuery, Page
from statuspage.web.api.shapes.intervals import IntervalPatch, IntervalShape, IntervalVoid
from statuspage.web.kit.current import by, now, session

if TYPE_CHECKING:
    from statuspage.domain.components.models import Component, ImpactInterval

part = Part("Impact intervals", "When components were impaired: the source of every bar and percentage.")


def _shape(component: "Component", interval: "ImpactInterval") -> IntervalShape:
    return IntervalShape(
        id=interval.id,
        component=component.slug,
        level=interval.level,
        started_at=interval.started_at,
        ended_at=interval.ended_at,
        public=interval.public,
        cause=interval.cause,
        cause_id=interval.cause_id,
        voided_at=interval.voided_at,
        version=interval.version,
    )


@part.get("/components/<slug>/intervals", Right.VIEW, asks=ListQuery, gives=Page[IntervalShape])
def list_intervals(slug: str, asked: ListQuery) -> Page[IntervalShape]:
    """List a component's intervals, the last entered first."""
    component = component_by_slug(session(), slug)
    rows = intervals_page(session(), component.id, before=asked.cursor, limit=asked.limit + 1)
    return page_of(rows, asked, lambda row: _shape(component, row))


@part.get("/components/<slug>/intervals/<interval_id>", Right.VIEW, gives=IntervalShape)
def get_interval(slug: str, interval_id: str) -> IntervalShape:
    """Read one interval."""
    component = component_by_slug(session(), slug)
    return _shape(component, interval_by_id(session(), component, interval_id))


@part.patch("/components/<slug>/intervals/<interval_id>", Right.MANAGE, takes=IntervalPatch, gives=IntervalShape)
def patch_interval(slug: str, interval_id: str, sent: IntervalPatch) -> IntervalShape:
    """Correct begin, end or level; bars and percentages follow."""
    component = component_by_slug(session(), slug)
    interval = interval_by_id(session(), component, interval_id)
    correction = IntervalCorrection(
        reason=sent.reason,
        started_at=sent.started_at,
        ended_at=sent.ended_at,
        level=sent.level,
        seen_version=sent.version,
    )
    correct_interval(session(), component, interval, correction, by=by(), now=now())
    return _shape(component, interval)


@part.delete("/components/<slug>/intervals/<interval_id>", Right.MANAGE, takes=IntervalVoid)
def remove_interval(slug: str, interval_id: str, sent: IntervalVoid) -> None:
    """Void an interval: it counts nowhere and stays in the list. 409 while it goes on."""
    component = component_by_slug(session(), slug)
    interval = interval_by_id(session(), component, interval_id)
    void_interval(session(), component, interval, sent.reason, seen_version=sent.version, by=by(), now=now())
