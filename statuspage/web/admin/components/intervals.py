"""When a component was impaired, and putting that right afterwards."""

from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Conflict, Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.correcting import IntervalCorrection, correct_interval, void_interval
from statuspage.domain.components.enums import ComponentStatus
from statuspage.domain.components.queries import component_by_slug, interval_by_id, intervals_page
from statuspage.web.admin.desk import done, show, zone
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form, overtaken, refused
from statuspage.web.kit.pages import older, page_before
from statuspage.web.kit.rights import requires
from statuspage.web.kit.times import read_local, write_local

if TYPE_CHECKING:
    from datetime import datetime

    from statuspage.domain.components.models import ImpactInterval

blueprint = Blueprint("intervals", __name__)
PAGE = 50
_LABELS = {"level": "Level", "started_at": "From", "ended_at": "To"}
_LEVELS = [
    (level.value, level.replace("_", " ").capitalize())
    for level in ComponentStatus
    if level is not ComponentStatus.OPERATIONAL
]


@blueprint.get("/<slug>/intervals")
@requires(Right.VIEW)
def page(slug: str) -> ResponseReturnValue:
    """List the intervals of a component, the last entered first."""
    component = component_by_slug(session(), slug)
    found = intervals_page(session(), component.id, before=page_before(), limit=PAGE + 1)
    return show(
        "admin/components/intervals.html", component=component, intervals=found[:PAGE], older=older(found, PAGE)
    )


@blueprint.get("/<slug>/intervals/<interval_id>")
@requires(Right.MANAGE)
def one(slug: str, interval_id: str) -> ResponseReturnValue:
    """Show an interval for correcting."""
    return _page(_standing(_found(slug, interval_id)), slug, interval_id)


@blueprint.post("/<slug>/intervals/<interval_id>")
@requires(Right.MANAGE)
def correct(slug: str, interval_id: str) -> ResponseReturnValue:
    """Correct an interval."""
    form, component, interval = Form.sent(), component_by_slug(session(), slug), _found(slug, interval_id)
    try:
        correct_interval(session(), component, interval, _correction(form, interval), by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, slug, interval_id))
    except Conflict as clash:
        return _overtaken(form, clash, slug, interval_id)
    return done("Corrected; bars and percentages follow.", _list(slug))


@blueprint.post("/<slug>/intervals/<interval_id>/voiding")
@requires(Right.MANAGE)
def void(slug: str, interval_id: str) -> ResponseReturnValue:
    """Let an interval count nowhere."""
    sent, component, interval = Form.sent(), component_by_slug(session(), slug), _found(slug, interval_id)
    form, why, seen = _standing(interval), sent.text("why"), sent.number_or_none("seen_version")
    form.values.setlist("why", [why])
    try:
        void_interval(session(), component, interval, why, seen_version=seen, by=by(), now=now())
    except Invalid as fault:
        return refused(form, fault, lambda typed: _page(typed, slug, interval_id), renamed={"reason": "why"})
    except Conflict as clash:
        return _overtaken(form, clash, slug, interval_id)
    return done("Voided; it counts nowhere any more.", _list(slug))


def _overtaken(form: Form, clash: Conflict, slug: str, interval_id: str) -> ResponseReturnValue:
    page = partial(_page, slug=slug, interval_id=interval_id)
    return overtaken(form, clash, lambda: _standing(_found(slug, interval_id)), page)


def _found(slug: str, interval_id: str) -> "ImpactInterval":
    return interval_by_id(session(), component_by_slug(session(), slug), interval_id)


def _correction(form: Form, interval: "ImpactInterval") -> IntervalCorrection:
    return IntervalCorrection(
        reason=form.text("reason"),
        started_at=_moved(form, "started_at", interval.started_at),
        ended_at=_moved(form, "ended_at", interval.ended_at),
        level=form.word("level", ComponentStatus),
        seen_version=form.number_or_none("seen_version"),
    )


def _moved(form: Form, name: str, stands: "datetime | None") -> "datetime | None":
    """Return the typed instant, or None for one that nobody touched: a form knows no seconds."""
    typed = form.text(name).strip()
    return None if typed == write_local(stands, zone()) else read_local(typed, zone(), name)


def _standing(interval: "ImpactInterval") -> Form:
    return Form(
        {
            "level": interval.level.value,
            "started_at": write_local(interval.started_at, zone()),
            "ended_at": write_local(interval.ended_at, zone()),
            "seen_version": str(interval.version),
        }
    )


def _page(form: Form, slug: str, interval_id: str, clash: str = "", stands: Form | None = None) -> str:
    names = dict(_LEVELS)
    return show(
        "admin/components/interval.html",
        component=component_by_slug(session(), slug),
        interval=_found(slug, interval_id),
        form=form,
        levels=_LEVELS,
        clash=clash,
        differing=[(label, names.get(value, value)) for label, value in form.differing(stands, _LABELS)],
    )


def _list(slug: str) -> str:
    return url_for("admin.components.intervals.page", slug=slug)
