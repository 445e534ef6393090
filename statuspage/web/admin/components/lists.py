"""All components under their groups, with their order and the status set by hand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.actions import order_components, order_groups, set_manual_status
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.queries import components, current_statuses, groups, open_intervals
from statuspage.web.admin.desk import done, show
from statuspage.web.admin.incidents.choices import shelves, spoken
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

blueprint = Blueprint("list", __name__)
UP, DOWN = "up", "down"


@blueprint.get("")
@requires(Right.VIEW)
def page() -> ResponseReturnValue:
    """Show components and groups in the page's order."""
    return show(
        "admin/components/list.html",
        shelves=shelves(),
        groups=groups(session()),
        statuses=current_statuses(session(), public_only=False),
        by_hand=_set_by_hand(),
        levels=[(level.value, spoken(level)) for level in ComponentStatus],
    )


def _set_by_hand() -> "dict[uuid.UUID, tuple[ComponentStatus, datetime]]":
    """Return level and begin of every status that somebody set by hand, by component."""
    held = open_intervals(session(), public_only=False)
    return {row.component_id: (row.level, row.started_at) for row in held if row.cause is Cause.MANUAL}


@blueprint.post("/order")
@requires(Right.MANAGE)
def order() -> ResponseReturnValue:
    """Move a component or a group one place: `move` is `component:<slug>:up`, for example."""
    kind, _, rest = Form.sent().text("move").partition(":")
    slug, _, direction = rest.rpartition(":")
    if direction not in (UP, DOWN) or kind not in ("component", "group"):
        raise Invalid({"move": "Load the page again and use its buttons."})
    if kind == "group":
        slugs = [group.slug for group in groups(session())]
        order_groups(session(), _moved(slugs, slugs, slug, direction), by=by(), now=now())
    else:
        rows = components(session())
        group_id = next((row.group_id for row in rows if row.slug == slug), None)
        peers = [row.slug for row in rows if row.group_id == group_id]
        order_components(session(), _moved([row.slug for row in rows], peers, slug, direction), by=by(), now=now())
    return done(f"Moved {direction}.", f"{_list()}#{kind}-{slug}")


def _moved(slugs: Sequence[str], peers: Sequence[str], slug: str, direction: str) -> list[str]:
    """Return `slugs` with `slug` swapped with the peer before or after it; at the end nothing moves."""
    result = list(slugs)
    place = peers.index(slug) + (-1 if direction == UP else 1) if slug in peers else -1
    if 0 <= place < len(peers):
        here, there = result.index(slug), result.index(peers[place])
        result[here], result[there] = result[there], result[here]
    return result


@blueprint.post("/<slug>/status")
@requires(Right.PUBLISH)
def set_status(slug: str) -> ResponseReturnValue:
    """Set a component's status by hand. An incident tells customers more, so the note asks for one."""
    status = Form.sent().word("status", ComponentStatus)
    component = set_manual_status(session(), slug, status, by=by(), now=now())
    words = f"{component.name} is set to {spoken(status).lower()}."
    if status in (ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE):
        words += " Declare an incident to tell customers what they can do."
    return done(words, f"{_list()}#component-{slug}")


def _list() -> str:
    return url_for("admin.components.list.page")
