"""All components under their groups, with their order and the status set by hand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from statuspage.core.errors import Invalid
from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.actions import set_manual_status
from statuspage.domain.components.enums import Cause, ComponentStatus
from statuspage.domain.components.ordering import Place, Step, move_component, move_group
from statuspage.domain.components.queries import components, current_statuses, groups, open_intervals
from statuspage.web.admin.desk import address_of_each, done, show
from statuspage.web.admin.incidents.choices import shelves, spoken
from statuspage.web.kit.current import by, now, session
from statuspage.web.kit.forms import Form
from statuspage.web.kit.rights import requires

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

blueprint = Blueprint("list", __name__)


@blueprint.get("")
@requires(Right.VIEW)
def page() -> ResponseReturnValue:
    """Show components and groups in the page's order."""
    return show(
        "admin/components/list.html",
        shelves=shelves(empty=True),
        statuses=current_statuses(session(), public_only=False),
        by_hand=_set_by_hand(),
        levels=[(level.value, spoken(level)) for level in ComponentStatus],
        edit=address_of_each("admin.components.editing.page", "slug"),
        impact=address_of_each("admin.components.intervals.page", "slug"),
        setting=address_of_each("admin.components.list.set_status", "slug"),
    )


def _set_by_hand() -> "dict[uuid.UUID, tuple[ComponentStatus, datetime]]":
    """Return level and begin of every status that somebody set by hand, by component."""
    held = open_intervals(session(), public_only=False)
    return {row.component_id: (row.level, row.started_at) for row in held if row.cause is Cause.MANUAL}


@blueprint.post("/order")
@requires(Right.MANAGE)
def order() -> ResponseReturnValue:
    """Move a component or a group: `move` is `component:<slug>:up`, for example, or ends in `:to` and names its place.

    Its place is `before` which neighbour it goes (last when empty) and, of a component, into which `group`.
    """
    form = Form.sent()
    kind, _, rest = form.text("move").partition(":")
    slug, _, direction = rest.rpartition(":")
    if direction not in (*Step, "to") or kind not in ("component", "group"):
        raise Invalid({"move": "Load the page again and use its buttons."})
    to = Step(direction) if direction in tuple(Step) else Place(form.text("before"), form.text("group"))
    if kind == "group":
        moved = move_group(session(), slug, to, by=by(), now=now())
        words = _standing(moved.name, [row.slug for row in groups(session())], slug)
    else:
        component = move_component(session(), slug, to, by=by(), now=now())
        peers = [row.slug for row in components(session()) if row.group_id == component.group_id]
        words = _standing(component.name, peers, slug, component.group.name if component.group else "")
    return done(words, f"{_list()}#{kind}-{slug}")


def _standing(name: str, peers: Sequence[str], slug: str, group: str = "") -> str:
    """Say where something stands now, as one would to somebody who cannot see the list."""
    return f"{name} is number {peers.index(slug) + 1} of {len(peers)}{' in ' if group else ''}{group}."


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
